package dev.bluerig.report;

import dev.bluerig.playbook.CodeCatalogue;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.HardwareSheet;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialSkip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// A trial as a section of the Markdown page: the matrix folded over pairs, then what each pair that is not as expected has to say.
final class MarkdownTrial {
    private final List<String> lines = new ArrayList<>();

    private MarkdownTrial() {}

    /// `notice`: the lab's, empty for real hardware.
    static List<String> of(TrialSection section, String notice) {
        var page = new MarkdownTrial();
        page.add("## Trial: " + Markdown.text(section.name()), "");
        if (!notice.isEmpty()) page.add("**" + Markdown.text(notice) + ".**", "");
        TrialFold.of(section.results()).forEach(page::fold);
        CellTable.notes(section.results()).forEach(note -> page.add(note + ".", ""));
        return page.lines;
    }

    private void fold(TrialFold fold) {
        TrialResult first = fold.first();
        var table = CellTable.of(fold);
        String note = first.skipped().map(TrialSkip::words).orElse(table.same());
        add("**" + Markdown.text(fold.names()) + ": " + TrialSection.word(first) + "**"
            + (note.isEmpty() ? "" : " (" + Markdown.text(note) + ")"), "");
        if (!first.terms().text().isEmpty()) add(VerdictText.sentence(Markdown.text(first.terms().text())), "");
        first.failure().ifPresent(this::failure);
        if (!table.rows().isEmpty()) {
            row(table.heads());
            add("|" + String.join("|", Collections.nCopies(table.heads().size(), "---")) + "|");
            table.rows().forEach(row -> row(row.fields()));
            add("");
        }
        if (fold.results().size() > 1 && !first.accepted() && first.skipped().isEmpty())
            add("Of " + Markdown.text(first.pair()) + ", as an example:", "");
        table.rows().forEach(this::details);
        if (fold.results().size() == 1) first.sheets().forEach(this::sheet);
    }

    private void failure(Failure failure) {
        add("- " + Markdown.text(failure.code() + ": " + failure.meaning()));
        failure.changes()
            .forEach(change -> add("- " + Markdown.text(change.what() + ": expected " + change.expected() + ", found " + change.found())));
        if (!failure.detail().isBlank()) lines.addAll(Markdown.said("- seen:", failure.detail()));
        add("- next: " + Markdown.text(failure.next()), "");
    }

    private void details(CellTable.Row row) {
        Cell cell = row.cell();
        var heard = VerdictText.remarkable(cell);
        if (heard.isEmpty() && cell.accepted()) return;
        add("### " + Markdown.text(row.name()) + (cell.accepted() ? "" : ": not accepted"), "");
        cell.failure()
            .ifPresent(failure ->
            add("- " + Markdown.text(failure.code() + ": " + (failure.errno().isEmpty() ? "" : failure.errno() + ": ") + failure.message())
            + CodeCatalogue.find(failure.code().name()).map(code -> "; next: " + Markdown.text(code.next())).orElse("")));
        cell.misses()
            .forEach(unmet -> add("- " + Markdown.text(unmet.what() + ": expected " + unmet.expected() + ", found " + unmet.whole())));
        cell.diagnoses()
            .forEach(diagnosis ->
            add("- " + Markdown.text(diagnosis.code() + " on " + diagnosis.machine() + ": " + diagnosis.cause() + " Seen: "
            + diagnosis.shown()
            + "; check: " + diagnosis.check() + "; fix: " + diagnosis.fix())));
        add("");
        if (heard.isEmpty()) return;
        row(List.of("direction", "verdict", "witness", "says", "required", "seen"));
        add("|---|---|---|---|---|---|");
        heard.forEach(each -> each.testimonies()
            .forEach(testimony -> row(List.of(each.ends(), VisibleText.words(each.ruling()), VisibleText.words(testimony.witness()),
            VisibleText.words(testimony.says()), testimony.required(), testimony.seen()))));
        add("");
    }

    private void sheet(HardwareSheet sheet) {
        if (sheet.rows().isEmpty()) return;
        add("### " + Markdown.text(sheet.machine()), "");
        row(List.of("", "what", "start", "end", "note"));
        add("|---|---|---|---|---|");
        sheet.rows().forEach(row -> row(List.of(row.group(), row.what(), row.start(), row.end(), row.note())));
        add("");
    }

    private void row(List<String> fields) {
        add(fields.stream().map(Markdown::text).collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }
}
