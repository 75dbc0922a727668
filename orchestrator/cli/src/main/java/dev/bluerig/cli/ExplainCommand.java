package dev.bluerig.cli;

import dev.bluerig.cli.StyledLine.Style;
import dev.bluerig.diagnostic.Code;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.playbook.ExplainPages;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.report.TaskReference;
import dev.bluerig.run.ExitCode;
import dev.bluerig.run.RunCode;
import dev.bluerig.source.Description;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.trial.verdict.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/// `bluerig explain`: what can be written in a playbook, and what a code means.
@CommandLine.Command(name = "explain", mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<ExitCode> {
    private static final List<String> WORDS = List.of("trial", "witnesses", "inventory");

    private final Terminal terminal;

    @CommandLine.Parameters(arity = "0..1", paramLabel = "TASK|CODE|trial|witnesses|inventory",
        description = "a task of a playbook, a code that a run printed, or one of these words")
    private Optional<String> subject = Optional.empty();

    @CommandLine.Option(names = "--reference", hidden = true, description = "the whole reference as Markdown")
    private boolean reference;

    ExplainCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
    }

    static ExplainPages guide() {
        return ExplainPages.of(TaskNames.of(TaskCatalogue.all()), RunCode.values());
    }

    @Override
    public ExitCode call() {
        var guide = guide();
        if (reference) terminal.print(TaskReference.of(guide));
        else if (subject.isEmpty()) all(guide);
        else one(guide, subject.get());
        return ExitCode.DONE;
    }

    private void all(ExplainPages guide) {
        int width = guide.tasks().keySet().stream().mapToInt(String::length).max().orElse(0);
        guide.tasks()
            .forEach((name, description) ->
            terminal.say(Style.STRONG.of(name).and(" ".repeat(width - name.length()) + "  " + description.text())));
        terminal.say(Style.STRONG.of("trial").and(" ".repeat(Math.max(0, width - "trial".length())) + "  " + guide.trial().text()));
        terminal.say("");
        terminal.say("bluerig explain TASK for the fields of a task, bluerig explain CODE for the meaning of a code,");
        terminal.say("bluerig explain trial, witnesses or inventory");
    }

    private void one(ExplainPages guide, String name) {
        if (name.equals("inventory")) {
            fields("", InventoryReader.description());
            return;
        }
        if (name.equals("witnesses")) {
            witnesses();
            return;
        }
        if (name.equals("trial")) {
            trial(guide.trial());
            return;
        }
        Description task = guide.tasks().get(name);
        if (task != null) {
            task(name, task);
            return;
        }
        Code code = guide.code(name).orElseThrow(() -> {
            var known = Stream.concat(guide.tasks().keySet().stream(), guide.codes().stream().map(Code::name))
                .collect(Collectors.toCollection(ArrayList::new));
            known.addAll(WORDS);
            String near = NearestName.to(name, known).map(meant -> "; did you mean `" + meant + "`?").orElse("");
            return new InvalidInput(Location.file("explain"), "neither a task, a code, nor one of " + String.join(", ", WORDS) + ": "
                + name + near);
        });
        terminal.say(Style.STRONG.of(code.name()).and(": " + code.meaning()));
        terminal.say("next: " + code.next());
    }

    private void trial(Description trial) {
        terminal.say(Style.STRONG.of("trial")
            .and(": " + trial.text() + " An item of a playbook beside its plays, run by `bluerig accept`."));
        terminal.paragraph("  - " + trial.example().replace("\n", "\n    "));
        fields("  ", trial);
    }

    private void witnesses() {
        terminal.say(StyledLine.of("A direction of an end (tx: what it sends, rx: what it receives) is ").and(Style.STRONG, "hardware")
            .and(" only when every one of these that was called says so:"));
        for (Witness witness : Witness.values())
            terminal.say(StyledLine.of("  ").and(Style.STRONG, VisibleText.words(witness)).and(": " + witness.text()));
        terminal.say("One that is silent (it cannot be heard) or objects (it contradicts another, or shows an error) makes the verdict"
            + " unknown. flip and path are called only when");
        terminal.say("the trial says `flip: true`, and when the DPUs are in the inventory. Where the lines are drawn: `bars` of bluerig"
            + " explain trial.");
    }

    private void task(String name, Description task) {
        terminal.say(Style.STRONG.of(name).and(": " + task.text() + (task.list() ? " One, or a list of them." : "")));
        if (!task.example().isEmpty()) terminal.paragraph("  " + ExplainPages.example(name, task).replace("\n", "\n  "));
        fields("  ", task);
        terminal.say("  or `from: NAME.yaml.j2`: a template that yields all of this");
    }

    private void fields(String indent, Description description) {
        for (Description.Field field : description.fields()) {
            String absent = field.absent().map(text -> text.isEmpty() ? "may be absent" : "absent: " + text).orElse("mandatory");
            terminal.say(StyledLine.of(indent).and(Style.STRONG, field.name())
                .and(" (" + field.type() + "; " + absent + ") " + field.text())
                .and(Style.FAINT, field.example().isEmpty() ? "" : " e.g. " + field.example()));
            field.inner().ifPresent(inner -> fields(indent + "  ", inner));
        }
    }
}
