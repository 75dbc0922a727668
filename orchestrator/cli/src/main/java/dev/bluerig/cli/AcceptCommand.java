package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import dev.bluerig.run.ExitCode;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;

/// `bluerig accept`.
@CommandLine.Command(name = "accept", mixinStandardHelpOptions = true, defaultValueProvider = DefaultPlaybook.class)
final class AcceptCommand extends PlaybookCommand {
    @CommandLine.Option(names = "--purge", description = "at the end, remove from the hosts what trials have brought there; the next"
        + " trial brings it again")
    private boolean purge;

    @CommandLine.Option(names = "--trial", paramLabel = "NAME", description = "only this trial of the playbook; its plays are asked all"
        + " the same")
    private Optional<String> trial = Optional.empty();

    AcceptCommand(Terminal terminal, CliContext context) {
        super(terminal, context);
    }

    @Override
    public ExitCode call() throws IOException {
        return run(Mode.ACCEPT, new PlaybookRun.RunChoice(trial, purge), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
