package dev.bluerig.cli;

import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.playbook.ResolvedTask;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.run.ExitCode;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;
import dev.bluerig.source.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig render`: what each machine's tasks and each pair's trials are when every template is filled in.
@CommandLine.Command(name = "render", mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<ExitCode> {
    private static final Location MADE = Location.file("(rendered)");

    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Option(names = "--output", paramLabel = "text|json", description = "YAML for people, or JSON for programs")
    private RunOptions.Output output = RunOptions.Output.TEXT;

    @CommandLine.Parameters(paramLabel = "PLAYBOOK", defaultValue = "bring-up",
        description = "a file, or a name in playbooks/ (default: ${DEFAULT-VALUE})")
    private String playbook;

    RenderCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var machines = new LinkedHashMap<String, List<Tree>>();
        var pairs = new LinkedHashMap<String, List<Tree>>();
        for (ResolvedItem item : project.ready(context, playbook).stages()) {
            switch (item) {
                case ResolvedPlay stage -> stage.machines()
                    .forEach((name, assignments) -> machines.computeIfAbsent(name, any -> new ArrayList<>()).add(play(stage, assignments)));
                case ResolvedTrial stage -> stage.pairs()
                    .forEach(pair -> pairs.computeIfAbsent(pair.pair(), any -> new ArrayList<>()).add(Binder.unbind(pair.trial())));
            }
        }
        var all = new LinkedHashMap<String, Tree>();
        machines.forEach((name, plays) -> all.put(name, project.redaction().tree(new Tree.Sequence(MADE, plays))));
        pairs.forEach((name, trials) -> all.put("pair " + name, new Tree.Sequence(MADE, trials)));
        Tree tree = mapping(all);
        terminal.print(output == RunOptions.Output.JSON ? Json.pretty(tree) : Yaml.write(tree));
        return ExitCode.DONE;
    }

    private static Tree play(ResolvedPlay stage, List<ResolvedTask> assignments) {
        var tasks = assignments.stream().map(assignment -> mapping(Map.of(assignment.written().task(), assignment.rendered()))).toList();
        var play = new LinkedHashMap<String, Tree>();
        play.put("play", new Tree.Scalar(MADE, stage.play().name(), false));
        play.put("tasks", new Tree.Sequence(MADE, tasks));
        return mapping(play);
    }

    private static Tree mapping(Map<String, ? extends Tree> fields) {
        var entries = new LinkedHashMap<String, Tree.Entry>();
        fields.forEach((name, value) -> entries.put(name, new Tree.Entry(MADE, value)));
        return new Tree.Mapping(MADE, entries);
    }
}
