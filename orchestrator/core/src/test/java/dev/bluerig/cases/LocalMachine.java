package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Live;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// This very machine as a session: commands run as local processes, words straight to the program, no shell in between.
public final class LocalMachine implements Session {
    private final Path scratch;
    private final Map<String, String> environment;
    private final List<Command> ran = new ArrayList<>();
    private int roundTrips;

    /// `scratch` is a directory that the caller removes.
    public LocalMachine(Path scratch, Map<String, String> environment) {
        this.scratch = scratch;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Reply> exchange(Exchange exchange) {
        roundTrips++;
        var replies = new ArrayList<Reply>();
        boolean failed = false;
        for (Command step : exchange.steps()) {
            Reply reply = failed ? new Reply.NotRun() : run(step, step.words());
            failed = !(reply instanceof Reply.Ran really && really.ok());
            replies.add(reply);
        }
        exchange.questions().forEach(question -> replies.add(run(question, question.words())));
        return replies;
    }

    /// The same with other words in its place, such as the command behind `ip netns exec`.
    Reply run(Command command, List<String> words) {
        ran.add(command);
        try {
            Path out = Files.createTempFile(scratch, "out", "");
            Path err = Files.createTempFile(scratch, "err", "");
            Path in = Files.writeString(Files.createTempFile(scratch, "in", ""), command.stdin());
            var builder = new ProcessBuilder(words).redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            if (process.waitFor(command.deadline().toMillis(), TimeUnit.MILLISECONDS)) return new Reply.Ran(process.exitValue(), Files.readString(out), Files.readString(err));
            process.destroyForcibly();
            return new Reply.TimedOut(Files.readString(out), Files.readString(err));
        } catch (IOException failed) {
            if (failed.getMessage().contains("No such file or directory")) return new Reply.Ran(127, "", words.getFirst() + ": not found\n");
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Every command that was run, in order.
    public List<Command> ran() {
        return List.copyOf(ran);
    }

    @Override
    public Session fresh() {
        return this;
    }

    @Override
    public void upload(Path file, String target, String mode) {
        throw new AssertionError("nothing is uploaded to this machine");
    }

    @Override
    public Live launch(Command command) throws Unreachable {
        throw new AssertionError("the fake was not told about programs that go on running");
    }

    @Override
    public Traffic traffic() {
        return new Traffic(1, 1, roundTrips, ran.size());
    }

    @Override
    public void close() {}
}
