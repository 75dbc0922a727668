package dev.bluerig.lab.machine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How a lab runs programs of the controller.
public final class LabPrograms {
    private LabPrograms() {}

    /// On the PATH, or where a user's PATH often does not look.
    public static boolean present(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
        return Stream.of(path.split(File.pathSeparator)).anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /// A process with the sbin directories on its PATH and nothing on its standard input.
    public static ProcessBuilder process(List<String> words) {
        var process = new ProcessBuilder(words).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        process.environment().merge("PATH", "/usr/sbin:/sbin", (path, sbin) -> path + ":" + sbin);
        process.environment().put("LC_ALL", "C");
        return process;
    }

    /// The words of a running process, from the kernel; one empty word when it has ended, or is the kernel's own.
    public static List<String> arguments(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException ended) {
            return List.of("");
        }
    }

    /// What a program printed, standard error included, and how it ended.
    public record Ran(int status, String output) {}

    public static Ran run(List<String> words) throws LabFailed {
        try {
            Process process = process(words).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabFailed("no answer within 60 s: " + String.join(" ", words));
            }
            return new Ran(process.exitValue(), output);
        } catch (IOException cannotStart) {
            throw new LabFailed("cannot run " + words.getFirst(), cannotStart);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted during " + words.getFirst(), stopped);
        }
    }

    public static void succeed(String... words) throws LabFailed {
        Ran ran = run(List.of(words));
        if (ran.status != 0) throw new LabFailed(String.join(" ", words) + " exited " + ran.status + ": " + ran.output.strip());
    }
}
