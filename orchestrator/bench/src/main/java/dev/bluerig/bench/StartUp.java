package dev.bluerig.bench;

import dev.bluerig.bench.measure.TimedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long commands take that connect to nothing, with and without the cache of loaded classes that the build makes.
record StartUp(Path home, Path directory) {
    private static final Map<String, List<String>> COMMANDS = Map.of(
        "--version", List.of("--version"),
        "lint, 4 machines", List.of("lint", "-i", "bench", "bring-up"),
        "lint, 800 machines", List.of("lint", "-i", "fleet", "bring-up"));

    /// `with` and `without` the cache.
    record Compared(String name, List<Cost> with, List<Cost> without) {}

    List<Compared> run(int rounds) throws IOException, InterruptedException {
        Path cache = home.resolve("orchestrator/cli/target/bluerig.aot");
        if (!Files.exists(cache)) throw new IOException("the build made no " + cache);
        var compared = new LinkedHashMap<String, Compared>();
        for (String name : COMMANDS.keySet().stream().sorted().toList())
            compared.put(name, new Compared(name, new ArrayList<>(), new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (Compared each : compared.values()) {
                each.with.add(once(each.name, List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on")));
                each.without.add(once(each.name, List.of("-XX:AOTMode=off")));
            }
        }
        return List.copyOf(compared.values());
    }

    /// The launcher's own options; AOTMode=on fails when the cache does not fit, where the launcher would go on without it.
    private Cost once(String name, List<String> options) throws IOException, InterruptedException {
        Path target = home.resolve("orchestrator/cli/target");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dbluerig.home=" + home, "-cp",
            target.resolve("bluerig-cli.jar") + ":" + target.resolve("lib") + "/*", "dev.bluerig.cli.Main"));
        command.addAll(COMMANDS.get(name));
        if (name.startsWith("lint")) command.addAll(List.of("-C", home.toString()));
        TimedCommand timed = TimedCommand.run(directory, command).succeeded(name);
        return new Cost(timed.wall(), timed.cpu(), 0, 0, 0, 0);
    }
}
