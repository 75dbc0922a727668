package dev.bluerig.bench;

import dev.bluerig.bench.measure.TimedCommand;
import dev.bluerig.bench.path.DataPath;
import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Where `orchestrator/bench/run` enters: measures, and prints medians and ratios.
@CommandLine.Command(name = "bench", mixinStandardHelpOptions = true, subcommands = DataPath.class,
    description = "bluerig apply against a shell script over parallel ssh, and start-up")
public final class BenchMain implements Callable<Integer> {
    @Option(names = "--machines", split = ",", defaultValue = "4,50",
        description = "how many, even numbers up to 64 (default: ${DEFAULT-VALUE})")
    private List<Integer> machines = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "of each contest (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--starts", defaultValue = "10", description = "of each start-up command, 0 for none (default: ${DEFAULT-VALUE})")
    private int starts;

    public static void main(String[] words) {
        System.exit(new CommandLine(new BenchMain()).execute(words));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, LabFailed {
        if (rounds < 1 || starts < 0 || machines.stream().anyMatch(number -> number < 2 || number % 2 != 0))
            throw new IllegalArgumentException("rounds: at least 1; machines: even numbers from 2 on");
        Path home = Path.of(System.getProperty("bluerig.home"));
        Path work = Files.createTempDirectory("bluerig-bench");
        try {
            System.out.println(Runtime.version() + ", Linux " + System.getProperty("os.version") + ", "
                + TimedCommand.run(work, List.of("ssh", "-V")).output().strip()
                + ", " + Runtime.getRuntime().availableProcessors() + " cores, load " + load());
            for (int number : machines) System.out.println(comparison(number, home, work.resolve("on-" + number)));
            if (starts > 0) System.out.println(ResultTable.of(new StartUp(home, work.resolve("start-up")).run(starts)));
            System.out.println("load at the end " + load());
            return 0;
        } finally {
            remove(work);
        }
    }

    private String comparison(int number, Path home, Path work) throws IOException, InterruptedException, LabFailed {
        try (var fleet = Fleet.up(work.resolve("lab"), number / 2); var _ = LabShutdown.of(fleet)) {
            var comparison = new JobComparison(fleet, List.of(Job.shell(work.resolve("shell"), fleet),
                Job.bluerig(work.resolve("bluerig"), fleet, List.of(home.resolve("bluerig").toString()))));
            return ResultTable.of(number, comparison.run(rounds, () -> System.err.println(number + " machines: a round ends")));
        }
    }

    private static String load() throws IOException {
        return String.join(" ", List.of(Files.readString(Path.of("/proc/loadavg")).split(" ")).subList(0, 3));
    }

    private static void remove(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }
}
