package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig accept`.
@CommandLine.Command(name = "accept", mixinStandardHelpOptions = true, 
    description = "say whether everything is as wanted, and run the trials; any difference fails and nothing is changed")
final class AcceptCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CliContext world;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    @CommandLine.Parameters(paramLabel = "PLAYBOOK", defaultValue = "acceptance", description = "a file, or a name in playbooks/ (default: ${DEFAULT-VALUE})")
    private String playbook;

    @CommandLine.Option(names = "--purge", description = "at the end, remove from the hosts what trials have brought there; the next trial brings it again")
    private boolean purge;

    @CommandLine.Option(names = "--trial", paramLabel = "NAME", description = "only this trial of the playbook; its plays are asked all the same")
    private Optional<String> trial = Optional.empty();

    AcceptCommand(Terminal terminal, CliContext world) {
        this.terminal = terminal;
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        return new PlaybookRun(terminal, world, project, options, new PlaybookRun.Trying(trial, purge)).go(Mode.ACCEPT, playbook, Optional.empty(), Optional.empty());
    }
}
