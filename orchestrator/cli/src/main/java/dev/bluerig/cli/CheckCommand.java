package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig check`.
@CommandLine.Command(name = "check", mixinStandardHelpOptions = true, description = "say what apply would change; changes nothing")
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CliContext world;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    @CommandLine.Parameters(paramLabel = "PLAYBOOK", defaultValue = "bring-up", description = "a file, or a name in playbooks/ (default: ${DEFAULT-VALUE})")
    private String playbook;

    @CommandLine.Option(names = "--save", paramLabel = "FILE", description = "keep the changes as a plan for `apply --plan`")
    private Optional<Path> save = Optional.empty();

    CheckCommand(Terminal terminal, CliContext world) {
        this.terminal = terminal;
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        return new PlaybookRun(terminal, world, project, options).go(Mode.CHECK, playbook, save, Optional.empty());
    }
}
