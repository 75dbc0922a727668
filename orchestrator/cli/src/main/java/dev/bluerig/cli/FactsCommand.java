package dev.bluerig.cli;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.run.Connections;
import dev.bluerig.run.ExitCode;
import dev.bluerig.run.Redaction;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Tree;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.FactCatalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
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
        var answers = new ConcurrentHashMap<String, Tree>();
        try (var dialing = context.dialing().open(read.inventory(), read.file()); var connections =
            new Connections(read.inventory(), dialing.dialer())) {
            var redaction = Redaction.of(read.inventory());
            ask(machines, machine -> answer(machine, connections, redaction), answers);
        }
        var ordered = new LinkedHashMap<String, Tree>();
        machines.forEach(machine -> ordered.put(machine.name(), answers.get(machine.name())));
        Tree all = Binder.unbind(ordered);
        terminal.print(output == RunOptions.Output.JSON ? Json.pretty(all) : Yaml.write(all));
        boolean silent = ordered.values().stream()
            .anyMatch(tree -> tree instanceof Tree.Mapping mapping && mapping.get("unreachable").isPresent());
        return silent ? ExitCode.UNREACHABLE : ExitCode.DONE;
    }

    private void ask(List<Machine> machines, Function<Machine, Tree> answer, Map<String, Tree> answers) {
        var turns = new Semaphore(forks);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            machines.forEach(machine -> threads.execute(() -> {
                turns.acquireUninterruptibly();
                answers.put(machine.name(), answer.apply(machine));
                turns.release();
            }));
        }
    }

    private static void known(String fact, List<Machine> machines) {
        var all = new TreeSet<String>();
        machines.forEach(machine -> all.addAll(FactCatalogue.of(machine).facts().keySet()));
        if (!all.contains(fact)) throw new InvalidInput(Location.file("facts"), "no fact is named " + fact
            + NearestName.to(fact, all).map(meant -> "; did you mean `" + meant + "`?").orElse("") + "; there are "
            + String.join(", ", all));
    }

    private Tree answer(Machine machine, Connections connections, Redaction redaction) {
        try {
            var facts = new Facts(connections.to(machine));
            var wanted = new LinkedHashMap<String, Fact.Question<?>>(FactCatalogue.of(machine).facts());
            name.ifPresent(fact -> wanted.keySet().retainAll(List.of(fact)));
            facts.ask(wanted.values());
            var seen = new LinkedHashMap<String, Object>();
            wanted.forEach((fact, question) -> seen.put(fact, value(facts.get(question))));
            return redaction.tree(seen);
        } catch (Unreachable dead) {
            return Binder.unbind(Map.of("unreachable", dead.reason() + ": " + redaction.of(String.valueOf(dead.getMessage()))));
        }
    }

    private static Object value(Reading<?> reading) {
        return switch (reading) {
            case Reading.Known<?>(Object value) -> value;
            case Reading.Unknown<?>(String why) -> Map.of("unknown", why);
        };
    }
}
