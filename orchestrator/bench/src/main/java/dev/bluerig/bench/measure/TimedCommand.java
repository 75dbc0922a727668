package dev.bluerig.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command that ended: seconds elapsed, seconds of CPU of it and of every process that it waited for, and what it printed.
///
/// bash's `time` is the clock, because it tells milliseconds where /proc tells hundredths of a second. The machines of a lab are no
/// children of the command, so their CPU is not in it.
public record TimedCommand(double wall, double cpu, int status, String output) {
    private static final String CLOCK = "TIMEFORMAT='%3R %3U %3S'; time \"$@\" >\"$0\" 2>&1";

    /// `directory` is the command's home, where no file of the user's is found, and takes its output.
    public static TimedCommand run(Path directory, List<String> command) throws IOException, InterruptedException {
        return run(directory, List.of(), command);
    }

    /// `place`: the words of a program that goes to another place (a network namespace, say) and starts the clock there.
    public static TimedCommand run(Path directory, List<String> place, List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path output = directory.resolve("output");
        var words = new ArrayList<>(place);
        words.addAll(List.of("bash", "-c", CLOCK, output.toString()));
        words.addAll(command);
        var builder = new ProcessBuilder(words).directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("SSH_AUTH_SOCK", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "BLUERIG_INVENTORY"));
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        String[] seconds = said.substring(said.lastIndexOf('\n') + 1).split("\\s+"); // before it bash may say that the command was ended
        if (seconds.length != 3) throw new IOException("bash did not tell the time of " + command + ": " + said);
        return new TimedCommand(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]), status,
            Files.readString(output));
    }

    /// Fails aloud: a figure of a command that failed means nothing.
    public TimedCommand succeeded(String what) {
        if (status != 0) throw new IllegalStateException(what + " exited " + status + ":\n" + output);
        return this;
    }
}
