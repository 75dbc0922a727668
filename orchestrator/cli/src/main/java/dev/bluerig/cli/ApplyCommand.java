package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig apply`.
@CommandLine.Command(name = "apply", mixinStandardHelpOptions = true, description = "make every machine as the playbook wants it")
final class ApplyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CliContext world;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    @CommandLine.Parameters(paramLabel = "PLAYBOOK", defaultValue = "bring-up", description = "a file, or a name in playbooks/ (default: ${DEFAULT-VALUE})")
    private String playbook;

    @CommandLine.Option(names = "--plan", paramLabel = "FILE", description = "a saved plan; a machine that needs another change is left as it is")
    private Optional<Path> plan = Optional.empty();

    ApplyCommand(Terminal terminal, CliContext world) {
        this.terminal = terminal;
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        return new PlaybookRun(terminal, world, project, options).go(Mode.APPLY, playbook, Optional.empty(), plan);
    }
}
