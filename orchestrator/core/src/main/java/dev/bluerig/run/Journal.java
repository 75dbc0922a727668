package dev.bluerig.run;

import dev.bluerig.converge.Outcome;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.Json;
import dev.bluerig.source.TrustedText;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What was done, line by line, on disk before the next thing is done: what remains when the controller loses power.
///
/// A line is a JSON object with `at` and `event`. `acting` is on disk before the first command of a remedy is sent.
public final class Journal implements AutoCloseable {
    private final FileChannel file;
    private final InstantSource clock;
    private final Redaction redaction;
    private final Object forcing = new Object();
    private volatile long written;
    private long onDisk;

    private Journal(FileChannel file, InstantSource clock, Redaction redaction) {
        this.file = file;
        this.clock = clock;
        this.redaction = redaction;
    }

    public static Journal create(Path path, InstantSource clock, Redaction redaction) throws IOException {
        return new Journal(PrivateFiles.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            clock, redaction);
    }

    /// Where something happened.
    @TrustedText
    public record Place(String play, String machine, String task, String at) {}

    @TrustedText
    record Began(Instant at, String event, String id, String mode, String inventory, String playbook) {}

    record Acting(Instant at, @TrustedText String event, Place place, List<Change> changes, List<String> commands, List<String> undo) {}

    record Said(String command, @TrustedText String reply, String out, String err) {}

    record Acted(Instant at, @TrustedText String event, Place place, List<Said> said) {}

    record Ended(Instant at, @TrustedText String event, Place place, TaskResult result) {}

    record Trying(Instant at, @TrustedText String event, @TrustedText String trial, @TrustedText String pair, String said) {}

    record Flipping(Instant at, @TrustedText String event, @TrustedText String trial, @TrustedText String pair,
        @TrustedText String machine, List<Change> changes, List<String> commands, List<String> undo) {}

    @TrustedText
    record Over(Instant at, String event, int exit) {}

    public void began(String id, String mode, String inventory, String playbook) {
        append(new Began(clock.instant(), "began", id, mode, inventory, playbook), true);
    }

    public void acting(Place place, List<Change> changes, Remedy remedy) {
        append(new Acting(clock.instant(), "acting", place, changes, lines(remedy.commands()), lines(remedy.undo())), true);
    }

    public void acted(Place place, Remedy remedy, List<Reply> replies) {
        var said = new ArrayList<Said>();
        for (int i = 0; i < replies.size(); i++) said.add(said(remedy.commands().get(i), replies.get(i)));
        append(new Acted(clock.instant(), "acted", place, said), true);
    }

    /// On disk with whatever is forced next: the replies that it was judged by are there already.
    public void outcome(Place place, Outcome outcome) {
        append(new Ended(clock.instant(), "outcome", place, TaskResult.of(outcome)), false);
    }

    /// What happens in a trial: it began, a cell was judged, flags are back, it ended.
    public void trial(String event, String trial, String pair, String said) {
        append(new Trying(clock.instant(), event, trial, pair, said), !event.equals("cell"));
    }

    /// On disk before the first flag is switched off, with what puts it back.
    public void flipping(String trial, String pair, String machine, List<Change> changes, List<dev.bluerig.remote.Command> off,
        List<dev.bluerig.remote.Command> back) {
        append(new Flipping(clock.instant(), "flipping", trial, pair, machine, changes, lines(off), lines(back)), true);
    }

    public void over(int exit) {
        append(new Over(clock.instant(), "over", exit), true);
    }

    static Said said(dev.bluerig.remote.Command command, Reply reply) {
        String line = command.toString();
        return switch (reply) {
            case Reply.Ran ran when command.secret() -> new Said(line, "exit " + ran.status(), "***", "***");
            case Reply.Ran(int status, String out, String err) -> new Said(line, "exit " + status, out, err);
            case Reply.TimedOut(String out, String err) ->
                new Said(line, "timed out", command.secret() ? "***" : out, command.secret() ? "***" : err);
            case Reply.TooMuch(String out, String err) -> new Said(line, "printed too much", "", "");
            case Reply.NotRun() -> new Said(line, "not run", "", "");
        };
    }

    private static List<String> lines(List<dev.bluerig.remote.Command> commands) {
        return commands.stream().map(Object::toString).toList();
    }

    private void append(Record event, boolean force) {
        try {
            long line = write(ByteBuffer.wrap((Json.write(redaction.tree(event)) + "\n").getBytes(StandardCharsets.UTF_8)));
            if (force) force(line);
        } catch (IOException full) {
            throw new UncheckedIOException("the journal cannot be written, so nothing more is done", full);
        }
    }

    private synchronized long write(ByteBuffer line) throws IOException {
        while (line.hasRemaining()) file.write(line);
        return ++written;
    }

    /// Machines that wait here together are served by one write to the disk.
    private void force(long line) throws IOException {
        synchronized (forcing) {
            if (onDisk >= line) return;
            long all = written;
            file.force(false);
            onDisk = all;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
