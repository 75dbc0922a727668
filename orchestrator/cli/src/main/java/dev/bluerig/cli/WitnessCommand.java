package dev.bluerig.cli;

import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Pair;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.run.Connections;
import dev.bluerig.run.ExitCode;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.trial.run.TrafficObserver;
import dev.bluerig.trial.spec.PairTrial;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.TrafficJudge;
import dev.bluerig.trial.verdict.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig witness`: the witnesses of a trial around a user's own traffic.
@CommandLine.Command(name = "witness", mixinStandardHelpOptions = true,
    footer = {"", "Exit: 0 every direction that carried TLS was handled by the card and the command ended with 0, else 1.",
        "Example: bluerig witness --pair bench -- ssh host-b iperf3 -c 192.0.2.1 -t 10"})
final class WitnessCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Option(names = "--pair", required = true, paramLabel = "NAME", description = "whose cable carries the traffic")
    private String pair;

    @CommandLine.Option(names = "--cable", paramLabel = "N", defaultValue = "0",
        description = "which of its cables, from 0 (default: ${DEFAULT-VALUE})")
    private int cable;

    @CommandLine.Option(names = "--seconds", paramLabel = "N", description = "how long at most; without a command: how long to look")
    private Optional<Integer> seconds = Optional.empty();

    @CommandLine.Parameters(arity = "0..*", paramLabel = "COMMAND", description = "what to run here, after `--`")
    private List<String> command = List.of();

    WitnessCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    @Override
    public ExitCode call() {
        if (command.isEmpty() && seconds.isEmpty())
            throw new InvalidInput(Location.file("witness"), "a command after `--`, or --seconds N to look without one");
        if (seconds.filter(count -> count < 1).isPresent())
            throw new InvalidInput(Location.file("--seconds"), "at least 1, found " + seconds.get());
        var read = project.inventory(context);
        Pair chosen = pair(read.inventory());
        var cable = cable(read.inventory(), chosen);
        try (var dialing = context.dialing().open(read.inventory(), read.file()); var connections =
            new Connections(read.inventory(), dialing.dialer())) {
            return looked(TrafficObserver.at(cable, read.inventory().machines().get(chosen.first()),
                read.inventory().machines().get(chosen.second()), connections::to), read.inventory());
        } catch (Unreachable lost) {
            terminal.complain(lost.reason() + ": " + project.redaction().of(String.valueOf(lost.getMessage())));
            terminal.complain("next: " + lost.reason().next());
            return ExitCode.UNREACHABLE;
        } catch (IllegalArgumentException portless) {
            throw new InvalidInput(Location.file(read.file().toString()), portless.getMessage());
        }
    }

    private ExitCode looked(TrafficObserver onlooker, Inventory inventory) {
        onlooker.observe();
        var subject = new WatchedCommand(command, seconds, context);
        WatchedCommand.Ended ended;
        try {
            ended = subject.run(onlooker::observe);
        } catch (IOException unstartable) {
            terminal.complain("cannot run " + command.getFirst() + ": " + unstartable.getMessage());
            return ExitCode.BAD_INPUT;
        }
        onlooker.observe();
        var traffic = onlooker.seen();
        var verdicts = project.redaction().of(Verdict.class, TrafficJudge.of(traffic, Thresholds.DEFAULT));
        new WitnessText(terminal, project.redaction()).say(traffic, verdicts, ended, inventory.lab());
        boolean carried = verdicts.stream().filter(WitnessText::carried).findAny().isPresent();
        boolean hardware = verdicts.stream().filter(WitnessText::carried).allMatch(verdict -> verdict.ruling() == TlsPlacement.HARDWARE);
        return carried && ended.exit() == 0 && hardware ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Pair pair(Inventory inventory) {
        Pair found = inventory.pairs().get(pair);
        if (found != null) return found;
        throw new InvalidInput(Location.file("--pair"), "the inventory has no pair `" + pair + "`"
            + NearestName.to(pair, inventory.pairs().keySet()).map(near -> "; did you mean `" + near + "`?")
            .orElse(inventory.pairs().isEmpty() ? ", and no other" : "; it has " + String.join(", ", inventory.pairs().keySet())));
    }

    private PairTrial.Cable cable(Inventory inventory, Pair chosen) {
        if (cable < 0 || cable >= chosen.cables().size())
            throw new InvalidInput(Location.file("--cable"), "the pair " + pair + " has " + chosen.cables().size()
                + " cables, counted from 0; found " + cable);
        var ports = chosen.cables().get(cable);
        return new PairTrial.Cable(new CableId(pair, cable), port(inventory.machines().get(chosen.first()), ports.firstPort()),
            port(inventory.machines().get(chosen.second()), ports.secondPort()));
    }

    private static PairTrial.Port port(Machine host, int index) {
        Machine.Port port = host.ports().get(index);
        return new PairTrial.Port(port.pci(), port.address().orElseThrow(() ->
            new InvalidInput(Location.file("--cable"), "port " + index + " of " + host.name() + " (" + port.pci()
            + ") has no `address` in the inventory")));
    }
}
