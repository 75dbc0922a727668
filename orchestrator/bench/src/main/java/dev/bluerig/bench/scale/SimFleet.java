package dev.bluerig.bench.scale;

import dev.bluerig.lab.machine.LabFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Simulated machines in a process of their own, so that nothing of theirs counts as the controller's.
final class SimFleet implements AutoCloseable {
    static final int MACHINES_OF_A_PAIR = 4;

    private final List<String> launcher;
    private final Path project;
    private final Path directory;
    private final int machines;
    private final Process process;

    private SimFleet(List<String> launcher, Path project, Path directory, int machines, Process process) {
        this.launcher = launcher;
        this.project = project;
        this.directory = directory;
        this.machines = machines;
        this.process = process;
    }

    /// `launcher`: the words that start bluerig; `project`: where its playbooks are.
    static SimFleet up(List<String> launcher, Path project, Path directory, int pairs) throws IOException, LabFailed {
        Files.createDirectories(directory);
        var builder = new ProcessBuilder(words(launcher, "lab", "sim", "up", "--pairs", Integer.toString(pairs), "--directory",
            directory.resolve("lab").toString())).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        var fleet = new SimFleet(launcher, project, directory, MACHINES_OF_A_PAIR * pairs, process);
        BufferedReader said = process.inputReader();
        var heard = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            heard.append(line).append('\n');
            if (line.startsWith("next, ")) return fleet;
        }
        throw new LabFailed("the simulated lab did not come up: " + heard);
    }

    int machines() {
        return machines;
    }

    Path directory() {
        return directory;
    }

    List<String> apply(FleetRun.Kind kind) {
        return words(launcher, "apply", "-C", project.toString(), "-i", directory.resolve("lab/inventory.yaml").toString(), "--runs",
            above(kind).toString(), "bring-up");
    }

    private static List<String> words(List<String> launcher, String... more) {
        return Stream.concat(launcher.stream(), Stream.of(more)).toList();
    }

    private Path above(FleetRun.Kind kind) {
        return directory.resolve("runs-" + kind.title());
    }

    /// What that run left.
    Path runs(FleetRun.Kind kind) throws IOException {
        try (Stream<Path> all = Files.list(above(kind))) {
            return all.filter(run -> Files.exists(run.resolve("report.json"))).findFirst().orElseThrow();
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
