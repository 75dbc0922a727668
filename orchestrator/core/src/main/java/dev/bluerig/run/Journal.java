package dev.bluerig.run;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.converge.Outcome;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Remedy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was done, line by line, on disk before the next thing is done: what remains when the controller loses power.
///
/// A line is a JSON object with `at` and `event` (`JournalEvent`). `acting` is on disk before the first command of a remedy is sent.
///
/// What could not be written once is never written later: nothing may be done that stands below a gap. A line is there whole or not at all.
public final class Journal implements AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final Object identity;
    private final InstantSource clock;
    private final Redaction redaction;
    private final Object forcing = new Object();
    private volatile long written;
    private volatile Optional<IOException> failed = Optional.empty();
    private long onDisk;

    private Journal(Path path, FileChannel file, InstantSource clock, Redaction redaction) throws IOException {
        this.path = path;
        this.file = file;
        this.identity = identity(path);
        this.clock = clock;
        this.redaction = redaction;
    }

    /// While it is open the kernel holds a lock on it, by which others see that the run is under way (`JournalLock`).
    public static Journal create(Path path, InstantSource clock, Redaction redaction) throws IOException {
        var file = PrivateFiles.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        JournalLock.take(file);
        return new Journal(path, file, clock, redaction);
    }

    public void began(String id, String mode, String inventory, String playbook, Optional<String> lab, Optional<RunStart> start) {
        append(new JournalEvent.RunBegan(clock.instant(), id, mode, inventory, playbook, lab, start));
    }

    public void acting(JournalEvent.Place place, List<Change> changes, Remedy remedy) {
        append(new JournalEvent.RemedyBegan(clock.instant(), place, changes, lines(remedy.commands()), lines(remedy.undo())));
    }

    public void acted(JournalEvent.Place place, Remedy remedy, List<Reply> replies) {
        var logged = new ArrayList<JournalEvent.LoggedReply>();
        for (int i = 0; i < replies.size(); i++) logged.add(JournalEvent.LoggedReply.of(remedy.commands().get(i), replies.get(i)));
        append(new JournalEvent.RemedyEnded(clock.instant(), place, logged));
    }

    /// When this returns it is on disk where on the machine lies what takes the next remedy back.
    public void armed(JournalEvent.Place place, ArmedChange change, String why) {
        append(new JournalEvent.Armed(clock.instant(), place, change.directory(), change.after().toSeconds(), why));
    }

    public void released(JournalEvent.Place place, ArmedChange change, String how) {
        append(new JournalEvent.Released(clock.instant(), place, change.directory(), how));
    }

    public void outcome(JournalEvent.Place place, Outcome outcome) {
        append(new JournalEvent.TaskEnded(clock.instant(), place, TaskResult.of(outcome)));
    }

    public void trialBegan(String trial, String pair) {
        append(new JournalEvent.TrialProgress(clock.instant(), trial, pair, JournalEvent.TrialProgress.BEGAN));
    }

    public void trialEnded(String trial, String pair, String how) {
        append(new JournalEvent.TrialProgress(clock.instant(), trial, pair, "ended: " + how));
    }

    public void cell(String trial, String pair, String text) {
        append(new JournalEvent.CellJudged(clock.instant(), trial, pair, text));
    }

    public void cleaned(String trial, String pair, String machine, List<String> text) {
        append(new JournalEvent.Cleaned(clock.instant(), trial, pair, machine + ": " + String.join("; ", text)));
    }

    /// When this returns it is on disk, with what puts the flags back.
    public void flipping(String trial, String pair, String machine, List<Change> changes, List<Command> off, List<Command> back) {
        append(new JournalEvent.FlipBegan(clock.instant(), trial, pair, machine, changes, lines(off), lines(back)));
    }

    public void flipped(String trial, String pair, String machine, boolean back) {
        String text = machine + (back ? ": the flags are on again" : ": the flags are NOT on again");
        append(new JournalEvent.FlipEnded(clock.instant(), trial, pair, text, machine, back));
    }

    public void purged(String machine, List<String> gone) {
        String text = machine + ": " + (gone.isEmpty() ? "nothing was there" : String.join(", ", gone));
        append(new JournalEvent.Purged(clock.instant(), "", "", text));
    }

    public void notPurged(String machine, String why) {
        append(new JournalEvent.NotPurged(clock.instant(), "", "", machine + ": " + why));
    }

    public void over(int exit) {
        append(new JournalEvent.RunEnded(clock.instant(), exit));
    }

    private static List<String> lines(List<Command> commands) {
        return commands.stream().map(Object::toString).toList();
    }

    private void append(JournalEvent event) {
        try {
            if (failed.isPresent() && !(event instanceof JournalEvent.RunEnded)) throw failed.get();
            long line = write(ByteBuffer.wrap(JournalLine.of(event, redaction).getBytes(StandardCharsets.UTF_8)));
            if (event.durable()) force(line);
        } catch (IOException full) {
            if (failed.isEmpty()) failed = Optional.of(full);
            throw new RecordError("the journal", full);
        }
    }

    /// All of the line, or nothing of it.
    private synchronized long write(ByteBuffer line) throws IOException {
        long before = file.size();
        try {
            while (line.hasRemaining()) file.write(line);
        } catch (IOException full) {
            try {
                file.truncate(before);
            } catch (IOException torn) {
                full.addSuppressed(torn);
            }
            throw full;
        }
        return ++written;
    }

    /// Machines that wait here together are served by one write to the disk. What was removed meanwhile is written in vain.
    private void force(long line) throws IOException {
        synchronized (forcing) {
            if (onDisk >= line) return;
            long all = written;
            file.force(false);
            if (!identity.equals(identity(path))) throw new IOException(path + ": it was replaced while the run wrote it");
            onDisk = all;
        }
    }

    /// Of the file that now has this name.
    private static Object identity(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return Optional.ofNullable(attributes.fileKey()).orElse(attributes.creationTime());
    }

    /// What matters is on disk before: `over` forces all of it, and says so where it cannot.
    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException late) {
            // nothing is lost by it
        }
    }
}
