package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// This very machine as a session: commands run as local processes, words straight to the program, no shell in between.
public class LocalMachine extends FakeSession {
    private final Path scratch;
    private final Map<String, String> environment;
    private final List<Command> ran = new ArrayList<>();
    private int uploads;

    /// `scratch` is a directory that the caller removes.
    public LocalMachine(Path scratch, Map<String, String> environment) {
        this.scratch = scratch;
        this.environment = Map.copyOf(environment);
    }

    @Override
    protected Reply run(Command command) {
        return run(command, command.words());
    }

    /// The same with other words in its place, such as the command behind `ip netns exec`.
    Reply run(Command command, List<String> words) {
        ran.add(command);
        try {
            Path out = Files.createTempFile(scratch, "out", "");
            Path err = Files.createTempFile(scratch, "err", "");
            Path in = Files.writeString(Files.createTempFile(scratch, "in", ""), command.stdin());
            Process process = builder(words).redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            if (process.waitFor(command.deadline().toMillis(), TimeUnit.MILLISECONDS))
                return ended(command, process.exitValue(), Files.readString(out), Files.readString(err));
            process.destroyForcibly();
            return new Reply.TimedOut(Files.readString(out), Files.readString(err));
        } catch (IOException failed) {
            if (failed.getMessage().contains("Permission denied"))
                return new Reply.Ran(126, "", words.getFirst() + ": Permission denied\n");
            if (failed.getMessage().matches("(?s).*(No such file or directory|Not a directory).*"))
                return new Reply.Ran(127, "", words.getFirst() + ": not found\n");
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static Reply ended(Command command, int status, String out, String err) {
        return new Reply.Ran(command.judged(status, out), out, err);
    }

    /// Every command that was run, in order.
    public List<Command> ran() {
        return List.copyOf(ran);
    }

    @Override
    public void upload(Path file, String target, String mode) throws Unreachable {
        try {
            Files.copy(file, Path.of(target), StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(Path.of(target), PosixFilePermissions.fromString(letters(mode)));
            uploads++;
        } catch (IOException refused) {
            throw new Unreachable(ConnectionCode.UPLOAD_REFUSED, "this machine: could not write " + target + ": " + refused, refused);
        }
    }

    /// Files that were copied so far.
    public int uploads() {
        return uploads;
    }

    @Override
    public RunningProgram launch(Command command) throws Unreachable {
        try {
            ran.add(command);
            return new LocalProgram(builder(command.words()), Files.createTempFile(scratch, "err", ""));
        } catch (IOException failed) {
            throw new Unreachable(ConnectionCode.SHELL_UNUSABLE, "this machine: " + failed.getMessage(), failed);
        }
    }

    /// `0640` is `rw-r-----`.
    private static String letters(String mode) {
        int bits = Integer.parseInt(mode, 8);
        var letters = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) letters.append((bits >> bit & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
        return letters.toString();
    }

    private ProcessBuilder builder(List<String> words) {
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    @Override
    protected int commands() {
        return ran.size();
    }
}
