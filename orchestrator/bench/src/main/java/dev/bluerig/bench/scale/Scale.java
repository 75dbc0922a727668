package dev.bluerig.bench.scale;

import dev.bluerig.bench.measure.WorkDirectory;
import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bring-up` on simulated fleets: from factory state, with nothing to do, and once more while its heap is looked at.
@Command(name = "scale", mixinStandardHelpOptions = true, description = "what a run costs and says on 10 to 2000 simulated machines")
public final class Scale implements Callable<Integer> {
    @Option(names = "--machines", split = ",", defaultValue = "10,100,1000,2000",
        description = "how many, rounded up to whole pairs, which are 4 each (default: ${DEFAULT-VALUE})")
    private List<Integer> machines = List.of();

    @Option(names = "--to", description = "a directory for scale.md and scale.json, and for the report.html of each first run")
    private Optional<Path> to = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException, LabFailed {
        Path home = Path.of(System.getProperty("bluerig.home"));
        var runs = new ArrayList<FleetRun>();
        try (var work = new WorkDirectory()) {
            for (int number : machines) {
                int pairs = Math.ceilDiv(number, SimFleet.MACHINES_OF_A_PAIR);
                runs.addAll(onFleet(home, work, pairs));
                if (to.isPresent()) keep(to.get(), new ScaleTable(runs));
            }
            System.out.print(new ScaleTable(runs).markdown());
        }
        return 0;
    }

    private List<FleetRun> onFleet(Path home, WorkDirectory work, int pairs) throws IOException, InterruptedException, LabFailed {
        Path own = work.path().resolve("pairs-" + pairs);
        try (var fleet = work.holds(SimFleet.up(List.of(home.resolve("bluerig").toString()), home, own, pairs))) {
            var runs = new ArrayList<FleetRun>();
            for (FleetRun.Kind kind : FleetRun.Kind.values()) {
                runs.add(FleetRun.on(fleet, kind));
                System.err.println(runs.getLast());
                if (kind == FleetRun.Kind.FIRST && to.isPresent())
                    Files.copy(fleet.runs(kind).resolve("report.html"), Files.createDirectories(to.get())
                        .resolve("report-" + fleet.machines() + ".html"), StandardCopyOption.REPLACE_EXISTING);
            }
            return runs;
        }
    }

    private static void keep(Path directory, ScaleTable table) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("scale.md"), table.markdown());
        Files.writeString(directory.resolve("scale.json"), table.json() + "\n");
    }
}
