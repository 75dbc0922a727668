package dev.bluerig.report;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.playbook.ExplainPages;
import dev.bluerig.source.Description;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.verdict.Witness;
import java.util.ArrayList;
import java.util.List;

/// The page `docs/tasks.md`: all tasks with their fields, the trial with its witnesses, and all codes, taken from the code itself.
public final class TaskReference {
    private final List<String> lines = new ArrayList<>();

    private TaskReference() {}

    public static String of(ExplainPages guide) {
        var page = new TaskReference();
        page.add("# Tasks, the trial and codes", "", "Generated from the records that bind a playbook; `bluerig explain TASK`, `trial`,"
            + " `witnesses` or CODE prints the same.", "",
            "A task takes its whole state from a template with `from: NAME.yaml.j2`; a `file` takes its content with `from: NAME.j2`.", "");
        guide.tasks().forEach(page::task);
        page.trial(guide.trial());
        page.codes(guide.codes());
        return String.join("\n", page.lines) + "\n";
    }

    private void task(String name, Description description) {
        add("## " + name, "", description.text() + (description.list() ? " One, or a list of them." : ""), "");
        if (!description.example().isEmpty()) add("```yaml", ExplainPages.example(name, description), "```", "");
        table(description);
    }

    private void trial(Description trial) {
        add("# The trial", "", trial.text() + " An item of a playbook beside its plays, run by `bluerig accept`.", "", "```yaml",
            "- " + trial.example().replace("\n", "\n  "), "```", "");
        table(trial);
        add("A verdict is *hardware* only when every witness that was called says so:", "", "| witness | says |", "|---|---|");
        for (Witness witness : Witness.values()) add("| " + VisibleText.words(witness) + " | " + cell(witness.text()) + " |");
        add("");
    }

    private void table(Description description) {
        if (description.fields().isEmpty()) return;
        add("| field | is | absent | |", "|---|---|---|---|");
        fields("", description);
        add("");
    }

    private void fields(String prefix, Description description) {
        for (Description.Field field : description.fields()) {
            String absent = field.absent().map(text -> text.isEmpty() ? "nothing" : "`" + text + "`").orElse("mandatory");
            String example = field.example().isEmpty() ? "" : " Example: `" + cell(field.example()) + "`";
            add("| `" + prefix + field.name() + "` | " + cell(field.type()) + " | " + cell(absent) + " | " + cell(field.text()) + example
                + " |");
            field.inner().ifPresent(inner -> fields(prefix + field.name() + ".", inner));
        }
    }

    private void codes(List<Code> codes) {
        add("# Codes", "", "| code | meaning | next |", "|---|---|---|");
        codes.forEach(code -> add("| `" + code.name() + "` | " + cell(code.meaning()) + " | " + cell(code.next()) + " |"));
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
