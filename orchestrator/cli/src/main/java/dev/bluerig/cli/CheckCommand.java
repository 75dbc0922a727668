package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import dev.bluerig.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;

/// `bluerig check`.
@CommandLine.Command(name = "check", mixinStandardHelpOptions = true, defaultValueProvider = DefaultPlaybook.class)
final class CheckCommand extends PlaybookCommand {
    @CommandLine.Option(names = "--save", paramLabel = "FILE", description = "keep the changes as a plan for `apply --plan`")
    private Optional<Path> save = Optional.empty();

    @CommandLine.Mixin
    private ArmOption arm = new ArmOption();

    CheckCommand(Terminal terminal, CliContext context) {
        super(terminal, context);
    }

    @Override
    public ExitCode call() throws IOException {
        return run(Mode.CHECK, PlaybookRun.RunChoice.armed(arm.after()), save, Optional.empty(), Optional.empty());
    }
}
