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

    ApplyCommand(Terminal terminal, CliContext context) {
        super(terminal, context);
    }

    @Override
    public ExitCode call() throws IOException {
        return run(Mode.APPLY, PlaybookRun.TrialOptions.all(), Optional.empty(), plan);
    }
}
