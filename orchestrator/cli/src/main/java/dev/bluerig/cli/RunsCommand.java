package dev.bluerig.cli;

import dev.bluerig.report.Report;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;

/// `bluerig runs`: former runs, and one of them in full.
@CommandLine.Command(name = "runs", mixinStandardHelpOptions = true, description = "list former runs, or show one")
final class RunsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final World world;

    @CommandLine.Mixin
    private Project project = new Project();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    @CommandLine.Parameters(arity = "0..1", paramLabel = "ID", description = "the beginning of a run's name, or `last`")
    private Optional<String> id = Optional.empty();

    RunsCommand(Terminal terminal, World world) {
        this.terminal = terminal;
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        var all = all(options.runs(project, world));
        if (id.isEmpty()) {
            if (all.isEmpty()) terminal.complain("no run is recorded in " + options.runs(project, world));
            for (Path run : all) terminal.say(line(run));
        } else {
            show(one(all, id.get()));
        }
        return 0;
    }

    private static List<Path> all(Path runs) throws IOException {
        if (!Files.isDirectory(runs)) return List.of();
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(path -> Files.exists(path.resolve("journal.jsonl"))).sorted().toList();
        }
    }

    private static Path one(List<Path> all, String wanted) {
        var matching = wanted.equals("last") && !all.isEmpty() ? List.of(all.getLast())
            : all.stream().filter(run -> run.getFileName().toString().startsWith(wanted)).toList();
        if (matching.size() == 1) return matching.getFirst();
        throw new InvalidInput(Location.file("runs"), matching.isEmpty() ? "no run begins with " + wanted + "; `bluerig runs` lists them"
            : matching.size() + " runs begin with " + wanted + "; write more of the name");
    }

    private static String line(Path directory) throws IOException {
        Path file = directory.resolve("report.json");
        if (!Files.exists(file)) return directory.getFileName() + "  ended before its report was written; see " + directory.resolve("journal.jsonl");
        var report = Report.read(file.toString(), Files.readString(file));
        return report.run().id() + "  " + report.run().mode().name().toLowerCase(Locale.ROOT) + "  " + report.run().inventory() + "  "
            + report.run().playbook() + "  exit " + report.exit() + report.run().lab().map(lab -> "  (" + lab + ")").orElse("");
    }

    private void show(Path directory) throws IOException {
        Path file = directory.resolve("report.json");
        if (!Files.exists(file)) throw new InvalidInput(Location.file(directory.toString()), "this run ended before its report was written; read " + directory.resolve("journal.jsonl"));
        String json = Files.readString(file);
        if (options.json()) terminal.print(json);
        else new TextReport(terminal).whole(Report.read(file.toString(), json).run());
    }
}
