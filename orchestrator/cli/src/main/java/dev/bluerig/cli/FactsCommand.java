package dev.bluerig.cli;

import dev.bluerig.inventory.Machine;
import dev.bluerig.run.Connections;
import dev.bluerig.run.ExitCode;
import dev.bluerig.run.MachineFacts;
import dev.bluerig.run.Redaction;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Tree;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.FactCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig facts`: what can be seen on machines right now.
@CommandLine.Command(name = "facts", mixinStandardHelpOptions = true)
final class FactsCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Option(names = "--forks", paramLabel = "N", defaultValue = "50",
        description = "machines asked at the same time (default: ${DEFAULT-VALUE})")
    private int forks;

    @CommandLine.Option(names = "--output", paramLabel = "text|json", description = "YAML for people, or JSON for programs")
    private RunOptions.Output output = RunOptions.Output.TEXT;

    @CommandLine.Parameters(arity = "0..1", paramLabel = "FACT", description = "one fact (default: all)")
    private Optional<String> name = Optional.empty();

    FactsCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    @Override
    public ExitCode call() {
        if (forks < 1) throw new InvalidInput(Location.file("--forks"), "at least 1, found " + forks);
        var read = project.inventory(context);
        var machines = project.limited(read.inventory());
        name.ifPresent(fact -> known(fact, machines));
        Map<String, Tree> answers;
        try (var dialing = context.dialing().open(read.inventory(), read.file()); var connections =
            new Connections(read.inventory(), dialing.dialer())) {
            answers = new MachineFacts(name, connections, Redaction.of(read.inventory())).of(machines, forks);
        }
        Tree all = Binder.unbind(answers);
        terminal.print(output == RunOptions.Output.JSON ? Json.pretty(all) : Yaml.write(all));
        return answers.values().stream().anyMatch(MachineFacts::isSilent) ? ExitCode.UNREACHABLE : ExitCode.DONE;
    }

    private static void known(String fact, List<Machine> machines) {
        var all = new TreeSet<String>();
        machines.forEach(machine -> all.addAll(FactCatalogue.of(machine).facts().keySet()));
        if (!all.contains(fact)) throw new InvalidInput(Location.file("facts"), "no fact is named " + fact
            + NearestName.to(fact, all).map(meant -> "; did you mean `" + meant + "`?").orElse("") + "; there are "
            + String.join(", ", all));
    }
}
