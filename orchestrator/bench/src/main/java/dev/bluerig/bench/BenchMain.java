package dev.bluerig.bench;

import dev.bluerig.bench.fleet.Fleet;
import dev.bluerig.bench.fleet.FleetPlan;
import dev.bluerig.bench.fleet.Way;
import dev.bluerig.bench.measure.TimedCommand;
import dev.bluerig.bench.measure.WorkDirectory;
import dev.bluerig.bench.parts.Parts;
import dev.bluerig.bench.path.DataPath;
import dev.bluerig.bench.scale.Scale;
import dev.bluerig.bench.start.StartUp;
import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Where `orchestrator/bench/run` enters: measures, and prints medians and ratios.
@CommandLine.Command(name = "bench", mixinStandardHelpOptions = true,
    subcommands = {StartUp.class, Parts.class, DataPath.class, Scale.class},
    description = "bluerig apply against a shell script over parallel ssh, and what else does the job")
public final class BenchMain implements Callable<Integer> {
    @Option(names = "--machines", split = ",", defaultValue = "4,50",
        description = "how many, half of them DPUs (default: ${DEFAULT-VALUE})")
    private List<Integer> machines = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "of each comparison (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--way", defaultValue = "direct", description = "how DPUs are reached: direct, or through their host")
    private Way way = Way.DIRECT;

    @Option(names = "--peers-up-to", defaultValue = "50",
        description = "ansible, ansible-mitogen and clustershell, too, on up to so many machines; 0 for none (default: ${DEFAULT-VALUE})")
    private int peersUpTo;

    @Option(names = "--to", description = "a directory for bench.md, bench.json and bench.svg")
    private Optional<Path> to = Optional.empty();

    public static void main(String[] words) {
        System.exit(new CommandLine(new BenchMain()).setCaseInsensitiveEnumValuesAllowed(true).execute(words));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, LabFailed {
        if (rounds < 1) throw new IllegalArgumentException("rounds: at least 1");
        List<FleetPlan> plans = machines.stream().map(number -> new FleetPlan(number, way)).toList();
        Path home = Path.of(System.getProperty("bluerig.home"));
        try (var work = new WorkDirectory()) {
            String conditions = Runtime.version() + ", Linux " + System.getProperty("os.version") + ", "
                + TimedCommand.run(work.path(), List.of("ssh", "-V")).output().strip() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, " + rounds + " rounds, load " + load();
            System.out.println(conditions);
            var results = new ArrayList<Result>();
            for (FleetPlan plan : plans) {
                results.add(comparison(plan, home, work));
                System.out.println(ResultTable.of(results.getLast()));
                if (to.isPresent()) new ResultFiles(to.get()).write(conditions + "; then " + load(), results);
            }
            System.out.println("load at the end " + load());
            return 0;
        }
    }

    private Result comparison(FleetPlan plan, Path home, WorkDirectory work) throws IOException, InterruptedException, LabFailed {
        Path own = work.path().resolve("on-" + plan.number());
        try (var fleet = work.holds(Fleet.up(own.resolve("fleet"), plan))) {
            var tools = new ComparedTools(own, fleet);
            var chosen = new ArrayList<>(List.of(tools.floor(), tools.bluerig(List.of(home.resolve("bluerig").toString()))));
            var absent = new LinkedHashMap<String, String>();
            if (plan.number() <= peersUpTo)
                for (Peers.Peer peer : new Peers(own, fleet).all()) {
                    chosen.addAll(peer.tool());
                    if (peer.tool().isEmpty()) absent.put(peer.name(), peer.absence());
                }
            var comparison = new JobComparison(fleet, chosen);
            return new Result(plan,
                comparison.run(rounds, () -> System.err.println(plan.number() + " machines: a round ends, load " + load())), absent);
        }
    }

    private static String load() {
        try {
            return String.join(" ", List.of(Files.readString(Path.of("/proc/loadavg")).split(" ")).subList(0, 3));
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
