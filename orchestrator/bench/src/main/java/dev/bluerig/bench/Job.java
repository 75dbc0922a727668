package dev.bluerig.bench;

import dev.bluerig.bench.measure.TimedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The same job, done by one of two programs. `changes`: what it says it changed, counted in the way that `said` reads its output.
record Job(String name, Path directory, List<String> command, Pattern said) {
    private static final List<String> SCRIPTS = List.of("fleet.sh", "job.sh");

    /// One shell script on the standard input of an `ssh` for each machine.
    static Job shell(Path directory, Fleet fleet) throws IOException {
        Files.createDirectories(directory.resolve("out"));
        for (String script : SCRIPTS) unpack(script, directory.resolve(script));
        Files.writeString(directory.resolve("machines"), fleet.addresses());
        return new Job("ssh", directory, List.of("sh", directory.resolve("fleet.sh").toString(), fleet.directory().toString(),
            directory.resolve("machines").toString(), directory.resolve("job.sh").toString(), directory.resolve("out").toString()),
            Pattern.compile("changed=(\\d+)"));
    }

    /// `launcher`: the words that start bluerig.
    static Job bluerig(Path directory, Fleet fleet, List<String> launcher) throws IOException {
        unpack("job.yaml", directory.resolve("playbooks/job.yaml"));
        for (String template : List.of("ports.yaml.j2", "flags.yaml.j2"))
            unpack(template, directory.resolve("templates").resolve(template));
        var command = new ArrayList<>(launcher);
        command.addAll(List.of("apply", "-C", directory.toString(), "-i", fleet.directory().resolve("inventory.yaml").toString(),
            "--limit", "hosts",
            "--forks", Integer.toString(fleet.size()), "job"));
        return new Job("bluerig", directory, command, Pattern.compile("(\\d+) changed"));
    }

    private static void unpack(String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = Job.class.getResourceAsStream(resource)) {
            if (in == null) throw new IOException("not in this build: " + resource);
            Files.write(file, in.readAllBytes());
        }
    }

    /// Runs it once; `changing`: whether it must find something to do, which is checked.
    JobCost run(Fleet fleet, boolean changing) throws IOException, InterruptedException {
        double before = fleet.cpu();
        TimedCommand timed = TimedCommand.run(directory.resolve("home"), command).succeeded(name);
        double managed = fleet.cpu() - before;
        int changes = said.matcher(timed.output()).results().map(MatchResult::group).map(text -> text.replaceAll("\\D", ""))
            .mapToInt(Integer::parseInt).sum();
        if (changing != changes > 0)
            throw new IllegalStateException(name
                + (changing ? " changed nothing in its first run:\n" : " changed something in its second run:\n") + timed.output());
        return new JobCost(timed.wall(), timed.cpu(), managed);
    }
}
