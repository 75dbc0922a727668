package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import dev.bluerig.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;

/// `bluerig apply`.
@CommandLine.Command(name = "apply", mixinStandardHelpOptions = true, defaultValueProvider = DefaultPlaybook.class)
final class ApplyCommand extends PlaybookCommand {
    @CommandLine.Option(names = "--plan", paramLabel = "FILE", description = "a saved plan; a machine that needs another change is left"
        + " as it is")
    private Optional<Path> plan = Optional.empty();

    @CommandLine.Option(names = "--resume", paramLabel = "RUN", description = "go on with a run that did not end well: the beginning of"
        + " its name, or `last` for the last apply; inventory, playbook, limit, forks and plan are as it had them, unless given")
    private Optional<String> resume = Optional.empty();

    @CommandLine.Mixin
    private ArmOption arm = new ArmOption();

    ApplyCommand(Terminal terminal, CliContext context) {
        super(terminal, context);
    }

    @Override
    public ExitCode call() throws IOException {
        return run(Mode.APPLY, PlaybookRun.RunChoice.armed(arm.after()), Optional.empty(), plan, resume);
    }
}
