package dev.bluerig.bench;

import dev.bluerig.bench.fleet.Fleet;
import dev.bluerig.bench.fleet.FleetPlan;
import dev.bluerig.bench.job.JobFiles;
import dev.bluerig.lab.machine.LabTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tools for one fleet, with all their files below a directory.
record ComparedTools(Path directory, Fleet fleet) {
    /// The plain script: the floor, to which all others are compared.
    ComparedTool floor() throws IOException {
        Path own = Files.createDirectories(directory.resolve("floor"));
        Files.createDirectories(own.resolve("out"));
        Path script = JobFiles.unpack("floor.sh", own);
        Path job = JobFiles.unpack("job.sh", own);
        Path machines = Files.writeString(own.resolve("machines"), machines());
        return new ComparedTool("ssh", own, List.of("sh", script.toString(), fleet.directory().toString(), machines.toString(),
            job.toString(), own.resolve("out").toString()), Pattern.compile("changed=(\\d+)"));
    }

    /// `launcher`: the words that start bluerig.
    ComparedTool bluerig(List<String> launcher) throws IOException {
        Path own = directory.resolve("bluerig");
        JobFiles.project(own);
        var command = new ArrayList<>(launcher);
        command.addAll(List.of("apply", "-C", own.toString(), "-i", fleet.directory().resolve("inventory.yaml").toString(),
            "--forks", Integer.toString(fleet.size()), "job"));
        return new ComparedTool("bluerig", own, command, Pattern.compile("(\\d+) changed"));
    }

    /// A line `NAME ADDRESS HOST KIND ADDRESS0 ADDRESS1` for each machine.
    private String machines() {
        FleetPlan plan = fleet.plan();
        return plan.members().stream().map(member -> switch (member.kind()) {
            case HOST -> member.name() + " " + plan.address(member) + " - host " + String.join(" ", plan.data(member.end()));
            case DPU -> member.name() + switch (plan.way()) {
                case DIRECT -> " " + plan.address(member) + " -";
                case HOST -> " " + LabTopology.DPU_ADDRESS + " " + plan.address(plan.host(member.end()));
            } + " dpu - -";
        } + "\n").collect(Collectors.joining());
    }
}
