package dev.bluerig.report;

import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Verdict;
import dev.bluerig.trial.verdict.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Who said what: first a mark for each witness of each direction, then every testimony with its numbers.
final class HtmlWitnesses {
    private HtmlWitnesses() {}

    static List<Html> of(TrialResult result, CellTable table, String label) {
        var parts = new ArrayList<Html>();
        if (table.rows().stream().allMatch(row -> row.cell().verdicts().isEmpty())) return parts;
        parts.add(marks(result, table, label));
        parts.add(Html.of("p", "\u2713 hardware, \u2717 not hardware, ! objects, ? silent, \u2013 not called. A missing witness never"
            + " gives hardware.").with("class", "note"));
        table.rows().stream().filter(row -> !row.cell().verdicts().isEmpty()).forEach(row -> parts.add(numbers(result, row, label)));
        return parts;
    }

    private static Html marks(TrialResult result, CellTable table, String label) {
        var grid = new HtmlTable("marks", "Witnesses of " + result.pair(), label)
            .heads(Stream.of(Stream.of("direction"), Stream.of(Witness.values()).map(VisibleText::words), Stream.of("verdict"))
            .flatMap(texts -> texts).toList());
        for (CellTable.Row row : table.rows()) {
            if (row.cell().verdicts().isEmpty()) continue;
            grid.group(List.of(new Html.Text(row.name())));
            row.cell().verdicts().forEach(verdict -> grid.row(marks(verdict)));
        }
        return grid.table();
    }

    private static List<Html> marks(Verdict verdict) {
        var cells =
            new ArrayList<Html>(
            List.of(HtmlTable.td(VisibleText.words(verdict.half()) + " of " + verdict.machine() + " (" + VisibleText.words(verdict.role())
            + ")")));
        for (Witness witness : Witness.values()) {
            var said = verdict.testimonies().stream().filter(testimony -> testimony.witness() == witness).map(Testimony::says).findFirst()
                .orElse(Testimony.Statement.NOT_CALLED);
            cells.add(HtmlTable.td(mark(said)).with("class", style(said)));
        }
        cells.add(Html.of("td", ruling(verdict.ruling())));
        return cells;
    }

    private static Html ruling(TlsPlacement ruling) {
        return Html.of("span", VisibleText.words(ruling)).with("class", switch (ruling) {
            case HARDWARE -> "good";
            case SOFTWARE, USER_SPACE, MIXED -> "change";
            case UNKNOWN -> "bad";
        });
    }

    private static String mark(Testimony.Statement says) {
        return switch (says) {
            case HARDWARE -> "\u2713";
            case SOFTWARE, USER_SPACE, MIXED -> "\u2717";
            case SILENT -> "?";
            case OBJECTS -> "!";
            case NOT_CALLED -> "\u2013";
        };
    }

    private static String style(Testimony.Statement says) {
        return switch (says) {
            case HARDWARE -> "good";
            case SOFTWARE, USER_SPACE, MIXED -> "change";
            case SILENT, OBJECTS -> "bad";
            case NOT_CALLED -> "faint";
        };
    }

    private static Html numbers(TrialResult result, CellTable.Row row, String label) {
        var table = new HtmlTable("numbers", "Testimonies of " + result.pair() + ", " + row.name(), label)
            .heads(List.of("witness", "says", "required", "seen"));
        for (VerdictText.SharedVerdict verdict : VerdictText.all(row.cell())) {
            table.group(List.of(new Html.Text(verdict.ends() + " "), ruling(verdict.ruling())));
            verdict.testimonies().forEach(testimony -> table.row(List.of(HtmlTable.td(VisibleText.words(testimony.witness())),
                HtmlTable.td(VisibleText.words(testimony.says())).with("class", style(testimony.says())),
                HtmlTable.td(testimony.required()), Html.of("td", Html.said(testimony.seen())))));
        }
        return table.table();
    }
}
