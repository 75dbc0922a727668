package dev.bluerig.cli;

import dev.bluerig.cli.StyledLine.Style;
import dev.bluerig.run.ExitCode;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig demo`: a simulated pair from factory state to accepted, by the same commands that a user types.
@CommandLine.Command(name = "demo", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
        description = "where runs are recorded (default: ${DEFAULT-VALUE})")
    private Path runs;

    DemoCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    /// One command of the walk, why it comes, and the exit code that shows that the demo went as it should.
    private record Step(String why, ExitCode expected, String... words) {}

    @Override
    public ExitCode call() throws IOException {
        Path directory = Files.createTempDirectory("bluerig-demo-");
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory);
            terminal.say("Two hosts and two DPUs run inside this process, reached by real SSH: " + inventory);
            ExitCode exit = walk(inventory);
            lab.unknownCommands().forEach((machine, commands) -> terminal.complain(machine + " is not modelled for: " + commands));
            Path kept = context.directory().resolve(runs).toAbsolutePath().normalize();
            if (exit == ExitCode.DONE)
                terminal.paragraph("\nThe demo is over, and its machines and their inventory are gone, so the commands above cannot be"
                    + " given again: `bluerig lab sim up` starts such machines to stay. "
                + "`bluerig runs --runs " + kept + " last` shows the last run again; the reports are in " + kept);
            return exit;
        } finally {
            remove(directory);
        }
    }

    private ExitCode walk(Path inventory) {
        for (Step step : steps()) {
            if (context.stop().getAsBoolean()) return ExitCode.INTERRUPTED;
            var words = new ArrayList<>(List.of(step.words));
            words.addAll(1, List.of("-C", project().toString(), "-i", inventory.toString(), "--runs", runs.toString()));
            terminal.say("");
            terminal.say(Style.FAINT.of("# " + step.why));
            terminal.say(Style.STRONG.of("$ bluerig " + String.join(" ", words)));
            ExitCode exit = new Bluerig(terminal, context).run(words.toArray(String[]::new));
            if (exit != step.expected) {
                terminal.complain("the demo expected exit code " + step.expected.number() + " here and got " + exit.number());
                return exit == ExitCode.DONE || exit == ExitCode.CHANGES ? ExitCode.FAILED : exit;
            }
            terminal.say(Style.FAINT.of("# exit code " + exit.number()));
        }
        return ExitCode.DONE;
    }

    private Path project() {
        Path home = context.home();
        return home.toString().isEmpty() ? Path.of(".") : home;
    }

    private static List<Step> steps() {
        return List.of(new Step("what would be changed; nothing is", ExitCode.CHANGES, "check", "bring-up"),
            new Step("make it so", ExitCode.DONE, "apply", "bring-up"),
            new Step("a second apply changes nothing", ExitCode.DONE, "apply", "bring-up"),
            new Step("the same tasks as an acceptance test, then the trials: TLS between the hosts, and the proof of where encryption"
            + " happened", ExitCode.DONE, "accept", "acceptance"));
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(directory);
    }
}
