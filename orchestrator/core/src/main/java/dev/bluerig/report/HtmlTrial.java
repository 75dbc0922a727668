package dev.bluerig.report;

import dev.bluerig.playbook.CodeCatalogue;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.HardwareSheet;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A trial on the page to sign: every pair for itself, with all numbers.
final class HtmlTrial {
    private final String label;
    private final List<Html> parts = new ArrayList<>();

    private HtmlTrial(String label) {
        this.label = label;
    }

    static List<Html> of(TrialSection section, String label) {
        var page = new HtmlTrial(label);
        page.parts.add(Html.of("h2", "Trial: " + section.name()));
        section.results().forEach(page::pair);
        return page.parts;
    }

    /// A row of the summary.
    static List<Html> summary(TrialSection section, TrialFold fold) {
        TrialResult first = fold.first();
        var table = CellTable.of(fold);
        String verdicts = first.skipped().map(TrialSkip::words)
            .or(() -> first.failure().map(failure -> failure.code() + ": " + failure.meaning()))
            .orElseGet(() -> joined(table, "verdict"));
        return List.of(HtmlTable.td(section.name()), HtmlTable.td(fold.names()), Html.of("td", badge(first)), HtmlTable.td(verdicts),
            HtmlTable.td(joined(table, "Gbit/s")), HtmlTable.td(joined(table, "CPU s/GB")), HtmlTable.td(joined(table, "saves")));
    }

    /// Each different value of a column once.
    private static String joined(CellTable table, String head) {
        int column = table.heads().indexOf(head);
        if (column < 0) return "";
        var values = table.rows().stream().map(row -> row.fields().get(column)).filter(text -> !text.isEmpty()).distinct().toList();
        return values.size() <= 4 ? String.join("; ", values) : values.subList(0, 3).stream().reduce((a, b) -> a + "; " + b).orElseThrow()
            + "; and " + (values.size() - 3) + " more";
    }

    private static Html badge(TrialResult result) {
        return Html.of("span", TrialSection.word(result))
            .with("class", result.accepted() ? "good" : result.skipped().isEmpty() ? "bad" : "faint");
    }

    private void pair(TrialResult result) {
        parts.add(Html.of("h3", new Html.Text(result.pair() + " "), badge(result)));
        result.skipped().ifPresent(why -> parts.add(Html.of("p", "Not tried: " + why.words())));
        if (!result.terms().text().isEmpty()) parts.add(Html.of("p", VerdictText.sentence(result.terms().text())));
        result.failure().ifPresent(failure -> parts.add(Html.of("div", HtmlPlays.failure(failure, result.at())).with("class", "finding")));
        var table = CellTable.of(new TrialFold(List.of(result)));
        if (!table.rows().isEmpty()) {
            matrix(result, table);
            table.rows().forEach(row -> findings(row));
            comparison(result, table);
            parts.addAll(HtmlWitnesses.of(result, table, label));
        }
        result.sheets().forEach(this::sheet);
    }

    private void matrix(TrialResult result, CellTable table) {
        if (!table.same().isEmpty()) parts.add(Html.of("p", VerdictText.sentence(table.same())));
        var matrix = new HtmlTable("matrix", "Matrix of " + result.pair(), label).heads(table.heads());
        for (CellTable.Row row : table.rows()) {
            var cells = new ArrayList<Html>();
            row.fields().subList(0, row.fields().size() - 1).forEach(text -> cells.add(HtmlTable.td(text)));
            cells.add(Html.of("td", Html.of("span", row.fields().getLast())
                .with("class", row.cell().accepted() ? hardware(row.cell()) ? "good" : "change" : "bad")));
            matrix.row(cells);
        }
        parts.add(matrix.table());
        CellTable.notes(List.of(result)).forEach(note -> parts.add(Html.of("p", note + ".").with("class", "note")));
    }

    private static boolean hardware(Cell cell) {
        return cell.verdicts().stream().allMatch(verdict -> verdict.ruling() == TlsPlacement.HARDWARE);
    }

    private void findings(CellTable.Row row) {
        Cell cell = row.cell();
        if (cell.accepted() && cell.diagnoses().isEmpty()) return;
        var lines = new ArrayList<Html>(List.of(Html.of("h4", row.name() + (cell.accepted() ? "" : ": not accepted"))));
        cell.failure().ifPresent(failure -> {
            lines.add(Html.of("p", Html.of("strong", failure.code().name()),
                new Html.Text(CodeCatalogue.find(failure.code().name()).map(code -> ": " + code.meaning()).orElse(""))));
            lines.add(said((failure.errno().isEmpty() ? "" : failure.errno() + ": ") + failure.message()));
            CodeCatalogue.find(failure.code().name()).ifPresent(code -> lines.add(keyed("next", code.next())));
        });
        cell.misses()
            .forEach(unmet ->
            lines.add(Html.of("p", Html.of("strong", unmet.what()),
            new Html.Text(": expected " + unmet.expected() + ", found " + unmet.whole()))));
        cell.diagnoses().forEach(diagnosis -> {
            lines.add(Html.of("p", Html.of("strong", diagnosis.code().text()),
                new Html.Text(" on " + diagnosis.machine() + ": " + diagnosis.cause())));
            lines.add(said(diagnosis.shown()));
            lines.add(keyed("check", diagnosis.check()));
            lines.add(keyed("fix", diagnosis.fix()));
        });
        parts.add(Html.of("div", lines).with("class", cell.accepted() ? "finding mild" : "finding"));
    }

    private static Html said(String text) {
        return Html.of("p", Html.of("span", "seen ").with("class", "key"), Html.said(text)).with("class", "keyed");
    }

    private static Html keyed(String key, String text) {
        return Html.of("p", Html.of("span", key + " ").with("class", "key"), new Html.Text(text)).with("class", "keyed");
    }

    private void comparison(TrialResult result, CellTable table) {
        var rows = new HtmlTable("comparison", "Offload on and off, " + result.pair(), label)
            .heads(List.of("cell", "offload", "Gbit/s to server", "to client", "of line", "CPU s/GB server", "client", "sent again"));
        boolean compared = false;
        boolean nothing = false;
        for (CellTable.Row row : table.rows()) {
            Optional<Measurement> on = row.cell().on();
            Optional<Measurement> off = row.cell().off();
            if (on.isEmpty() || off.isEmpty()) continue;
            rows.texts(measured(row.name(), "on", on.get()));
            rows.texts(measured("", "off", off.get()));
            if (!CellTable.offloaded(row.cell())) {
                rows.texts(List.of("", "ratio", CellTable.NOTHING, CellTable.NOTHING, "", CellTable.NOTHING, CellTable.NOTHING, ""));
                nothing = true;
                continue;
            }
            rows.row(List.of(HtmlTable.td(""), Html.of("td", "ratio"), ratio(on.get().gigabitsToServer(), off.get().gigabitsToServer()),
                ratio(on.get().gigabitsToClient(), off.get().gigabitsToClient()),
                HtmlTable.td(""), ratio(off.get().cpuPerGigabyteServer(), on.get().cpuPerGigabyteServer()),
                ratio(off.get().cpuPerGigabyteClient(), on.get().cpuPerGigabyteClient()), HtmlTable.td("")));
            compared = true;
        }
        if (rows.isEmpty()) return;
        parts.add(rows.table());
        if (compared)
            parts.add(Html.of("p", "Ratios above 1 speak for the offload: throughput on over off, CPU off over on.").with("class", "note"));
        if (nothing)
            parts.add(Html.of("p", "Where no direction was in hardware there is no ratio: nothing was offloaded, so the two runs differ"
                + " by chance.").with("class", "note"));
    }

    private static List<String> measured(String name, String offload, Measurement measured) {
        return List.of(name, offload, FigureText.number(measured.gigabitsToServer()), FigureText.number(measured.gigabitsToClient()),
            measured.lineShare() < 0 ? "" : FigureText.percent(measured.lineShare()),
            cpu(measured.cpuPerGigabyteServer()), cpu(measured.cpuPerGigabyteClient()), measured.retransmits() < 0 ? ""
            : FigureText.percent(measured.retransmits()));
    }

    private static String cpu(double seconds) {
        return seconds < 0 ? "" : FigureText.number(seconds);
    }

    private static Html ratio(double over, double under) {
        return Html.of("td", under > 0 && over >= 0 ? FigureText.times(over / under) : "").with("class", "ratio");
    }

    private void sheet(HardwareSheet sheet) {
        if (sheet.rows().isEmpty()) return;
        var table = new HtmlTable("sheet", "Sheet of " + sheet.machine(), label).heads(List.of("", "what", "start", "end", "note"));
        for (int i = 0; i < sheet.rows().size(); i++) {
            HardwareSheet.Row row = sheet.rows().get(i);
            boolean again = i > 0 && sheet.rows().get(i - 1).group().equals(row.group());
            var cells =
                new ArrayList<Html>(List.of(Html.of("th", again ? "" : row.group()).with("scope", "row"),
                HtmlTable.td(row.what().equals(row.group()) ? "" : row.what())));
            if (row.start().isEmpty() && row.end().isEmpty()) cells.add(HtmlTable.td(row.note()).with("colspan", "3"));
            else cells.addAll(values(row));
            table.row(cells);
        }
        parts.add(table.table());
    }

    private static List<Html> values(HardwareSheet.Row row) {
        Html note = HtmlTable.td(row.note()).with("class", "faint");
        if (row.start().equals(row.end())) return List.of(HtmlTable.td(row.start()).with("colspan", "2"), note);
        return List.of(HtmlTable.td(row.start()), HtmlTable.td(row.end()).with("class", "moved"), note);
    }
}
