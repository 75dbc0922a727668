package dev.bluerig.bench.start;

import dev.bluerig.bench.measure.Median;
import dev.bluerig.bench.measure.TimedCommand;
import dev.bluerig.bench.measure.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What commands cost that connect to nothing, as the launcher starts them. All in turns, so that a busy moment meets all.
@Command(name = "starts", mixinStandardHelpOptions = true, description = "CPU of commands that connect to nothing")
public final class StartUp implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "5", description = "of all commands in turn (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--fleets", split = ",", defaultValue = "2000,10000", description = "machines to lint (default: ${DEFAULT-VALUE})")
    private List<Integer> fleets = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("bluerig.home"));
        try (var work = new WorkDirectory()) {
            System.out.print(table(home, work.path()));
            return 0;
        }
    }

    private String table(Path home, Path directory) throws IOException, InterruptedException {
        var ran = new LinkedHashMap<String, List<TimedCommand>>();
        Map<String, List<String>> commands = commands(home, directory);
        for (int round = 0; round < rounds; round++)
            for (String name : commands.keySet()) {
                var command = new ArrayList<>(List.of(home.resolve("bluerig").toString()));
                command.addAll(commands.get(name));
                ran.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(TimedCommand.run(directory.resolve("home"), command).succeeded(name));
            }
        var table = new StringBuilder("| | CPU seconds, median | least |\n|---|--:|--:|\n");
        ran.forEach((name, all) -> table.append(String.format(Locale.ROOT, "| %s | %.3f | %.3f |%n", name,
            Median.of(all.stream().mapToDouble(TimedCommand::cpu)),
            all.stream().mapToDouble(TimedCommand::cpu).min().orElseThrow())));
        return table.toString();
    }

    private Map<String, List<String>> commands(Path home, Path directory) throws IOException {
        var commands = new LinkedHashMap<String, List<String>>();
        commands.put("--version", List.of("--version"));
        commands.put("--help", List.of("--help"));
        commands.put("explain ovs_bridge", List.of("explain", "ovs_bridge"));
        commands.put("lint, 4 machines (bench)", lint(home, "bench"));
        commands.put("lint, 800 machines (fleet)", lint(home, "fleet"));
        for (int number : fleets)
            commands.put("lint, " + number + " machines", lint(home, Files.writeString(directory.resolve("fleet-" + number + ".yaml"),
                new RangedFleet(number).text()).toString()));
        return commands;
    }

    private static List<String> lint(Path home, String inventory) {
        return List.of("lint", "-C", home.toString(), "-i", inventory, "bring-up");
    }
}
