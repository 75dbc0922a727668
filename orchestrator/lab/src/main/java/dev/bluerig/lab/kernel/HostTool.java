package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How the tools of this machine are run while a lab is made: with a deadline, and with everything they say in one log, because that is
/// where the reason of a failure stands.
record HostTool(Path log, Map<String, String> environment, LabProgress progress) {
    private static final int TAIL = 15;
    private static final long GLANCE = 200;

    HostTool {
        environment = Map.copyOf(environment);
    }

    static HostTool logging(Path log, LabProgress progress) {
        return new HostTool(log, Map.of(), progress);
    }

    HostTool with(String name, String value) {
        return new HostTool(log, Map.of(name, value), progress);
    }

    /// Runs to a good end, or fails with the last lines of what was said.
    void run(Duration deadline, String... words) throws LabFailed {
        note(words);
        long start = size();
        ProcessBuilder process = LabPrograms.process(List.of(words)).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().putAll(environment);
        int status = finish(process, deadline, words);
        if (status != 0)
            throw new LabFailed(String.join(" ", words) + " exited " + status + ":\n" + tail(start) + "\nEverything it said: " + log);
    }

    /// What the program printed on its standard output; its standard error goes to the log.
    String output(Duration deadline, String... words) throws LabFailed {
        note(words);
        long start = size();
        try {
            Path printed = Files.createTempFile(log.toAbsolutePath().getParent(), "output", "");
            try {
                ProcessBuilder process = LabPrograms.process(List.of(words)).redirectOutput(printed.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
                process.environment().putAll(environment);
                int status = finish(process, deadline, words);
                if (status != 0)
                    throw new LabFailed(String.join(" ", words) + " exited " + status + ":\n" + tail(start) + "\nEverything it said: "
                        + log);
                return Files.readString(printed);
            } finally {
                Files.deleteIfExists(printed);
            }
        } catch (IOException unwritable) {
            throw new LabFailed("cannot keep what " + words[0] + " prints beside " + log, unwritable);
        }
    }

    private int finish(ProcessBuilder builder, Duration deadline, String... words) throws LabFailed {
        try {
            Process process = builder.start();
            try {
                long end = System.nanoTime() + deadline.toNanos();
                while (!process.waitFor(GLANCE, TimeUnit.MILLISECONDS)) {
                    if (progress.stopped()) throw new LabFailed("interrupted during " + words[0]);
                    if (System.nanoTime() > end)
                        throw new LabFailed(String.join(" ", words) + " has not ended after " + deadline.toSeconds()
                            + " s. Everything it said: " + log);
                }
                return process.exitValue();
            } finally {
                process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException cannotStart) {
            throw new LabFailed("cannot run " + words[0], cannotStart);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted during " + words[0], stopped);
        }
    }

    private void note(String... words) throws LabFailed {
        try {
            Files.writeString(log, "$ " + String.join(" ", words) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new LabFailed("cannot write " + log, unwritable);
        }
    }

    private long size() throws LabFailed {
        try {
            return Files.size(log);
        } catch (IOException unreadable) {
            throw new LabFailed("cannot read " + log, unreadable);
        }
    }

    private String tail(long start) throws LabFailed {
        return tail(log, start);
    }

    /// The last lines that a file has after this byte.
    static String tail(Path file, long start) throws LabFailed {
        try {
            byte[] all = Files.readAllBytes(file);
            int from = (int) Math.min(start, all.length);
            var lines = new ArrayList<>(new String(all, from, all.length - from, StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank()).toList());
            return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException unreadable) {
            throw new LabFailed("cannot read " + file, unreadable);
        }
    }
}
