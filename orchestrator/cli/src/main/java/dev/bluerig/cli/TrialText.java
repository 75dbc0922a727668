package dev.bluerig.cli;

import dev.bluerig.cli.StyledLine.Style;
import dev.bluerig.playbook.CodeCatalogue;
import dev.bluerig.report.CellTable;
import dev.bluerig.report.TrialFold;
import dev.bluerig.report.TrialSection;
import dev.bluerig.report.VerdictText;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.diagnosis.Diagnosis;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony;
import java.util.List;
import java.util.stream.IntStream;

/// A trial in words on a terminal: a line per cell, and below it what the witnesses said where it is not hardware, or not what was
/// expected.
final class TrialText {
    private static final String CELL = "    ";
    private static final String DETAIL = "      ";
    private static final String DEEPER = "        ";

    private final Terminal terminal;

    TrialText(Terminal terminal) {
        this.terminal = terminal;
    }

    void trial(TrialSection section) {
        terminal.say(Style.STRONG.of("trial: " + section.name()));
        if (section.results().isEmpty()) terminal.say("  no pair is selected");
        TrialFold.of(section.results()).forEach(this::fold);
        CellTable.notes(section.results()).forEach(note -> terminal.say(StyledLine.of("  ").and(Style.FAINT, note)));
    }

    private void fold(TrialFold fold) {
        TrialResult first = fold.first();
        var table = CellTable.of(fold);
        String note = first.skipped().map(TrialSkip::words).orElse(table.same());
        terminal.say(StyledLine.of("  " + fold.names() + ": ").and(style(first), TrialSection.word(first))
            .and(Style.FAINT, note.isEmpty() ? "" : " (" + note + ")"));
        if (!first.terms().text().isEmpty()) terminal.say(StyledLine.of(CELL).and(Style.FAINT, first.terms().text()));
        first.failure().ifPresent(failure -> failure(first, failure));
        if (table.rows().isEmpty()) return;
        lines(table);
        String of = fold.results().size() > 1 ? " of " + first.pair() + ", as an example" : "";
        table.rows().forEach(row -> details(row, of));
    }

    private void failure(TrialResult result, Failure failure) {
        terminal.say(StyledLine.of(CELL).and(Style.BAD, failure.code().name()).and(": " + failure.meaning()));
        failure.changes()
            .forEach(change -> terminal.say(CELL + change.what() + ": expected " + change.expected() + ", found " + change.found()));
        if (!failure.detail().isBlank()) terminal.say(StyledLine.block(CELL, "seen:", failure.detail()));
        terminal.say(CELL + "where: " + result.at());
        terminal.say(CELL + "next: " + failure.next());
    }

    private void lines(CellTable table) {
        int last = table.heads().size() - 1;
        var widths = IntStream.range(0, last)
            .map(i -> Math.max(table.heads().get(i).length(), table.rows().stream().mapToInt(row -> row.fields().get(i).length()).max()
            .orElse(0))).toArray();
        terminal.say(StyledLine.of(CELL).and(Style.FAINT, line(table.heads(), widths) + table.heads().getLast()));
        table.rows()
            .forEach(row -> terminal.say(StyledLine.of(CELL + line(row.fields(), widths)).and(style(row.cell()), row.fields().getLast())));
    }

    private static String line(List<String> fields, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) line.append(fields.get(i)).append(" ".repeat(widths[i] - fields.get(i).length() + 2));
        return line.toString();
    }

    private void details(CellTable.Row row, String of) {
        Cell cell = row.cell();
        var heard = VerdictText.remarkable(cell);
        if (heard.isEmpty() && cell.accepted()) return;
        terminal.say(StyledLine.of(CELL).and(Style.STRONG, row.name()).and(of + (cell.accepted() ? "" : ": "))
            .and(Style.BAD, cell.accepted() ? "" : "not accepted"));
        cell.failure().ifPresent(this::failure);
        cell.misses().forEach(unmet -> terminal.say(DETAIL + unmet.what() + ": expected " + unmet.expected() + ", found " + unmet.found()));
        heard.forEach(each -> heard(each, cell.accepted()));
        cell.diagnoses().forEach(this::diagnosis);
    }

    private void failure(AgentFailure failure) {
        var code = CodeCatalogue.find(failure.code().name());
        terminal.say(StyledLine.of(DETAIL).and(Style.BAD, failure.code().name()).and(code.map(known -> ": " + known.meaning()).orElse("")));
        terminal.say(StyledLine.block(DETAIL, "seen:", (failure.errno().isEmpty() ? "" : failure.errno() + ": ") + failure.message()));
        code.ifPresent(known -> terminal.say(DETAIL + "next: " + known.next()));
    }

    private void heard(VerdictText.SharedVerdict verdict, boolean accepted) {
        terminal.say(StyledLine.of(DETAIL + verdict.ends() + ": ")
            .and(style(verdict.ruling(), accepted), VisibleText.words(verdict.ruling()))
            .and(verdict.testimonies().isEmpty() ? "" : ", because"));
        for (Testimony testimony : verdict.testimonies()) {
            terminal.say(StyledLine.of(DEEPER + VisibleText.words(testimony.witness()) + ": ").and(says(testimony.says())));
            terminal.say(StyledLine.block(DEEPER + "  ", Style.FAINT.of("required:"), testimony.required()));
            terminal.say(StyledLine.block(DEEPER + "  ", Style.FAINT.of("seen:    "), testimony.seen()));
        }
    }

    private void diagnosis(Diagnosis diagnosis) {
        terminal.say(StyledLine.of(DETAIL).and(Style.BAD, diagnosis.code().text())
            .and(" on " + diagnosis.machine() + ": " + diagnosis.cause()));
        terminal.say(StyledLine.block(DEEPER, "seen:", diagnosis.shown()));
        terminal.say(DEEPER + "check: " + diagnosis.check());
        terminal.say(DEEPER + "fix: " + diagnosis.fix());
    }

    private static StyledLine says(Testimony.Statement says) {
        return switch (says) {
            case HARDWARE -> Style.GOOD.of("hardware");
            case SOFTWARE, USER_SPACE, MIXED -> Style.CHANGE.of(VisibleText.words(says));
            case SILENT, OBJECTS -> Style.BAD.of(VisibleText.words(says));
            case NOT_CALLED -> Style.FAINT.of("not called");
        };
    }

    private static Style style(TlsPlacement ruling, boolean accepted) {
        return switch (ruling) {
            case HARDWARE -> accepted ? Style.GOOD : Style.BAD;
            case SOFTWARE, USER_SPACE, MIXED -> accepted ? Style.CHANGE : Style.BAD;
            case UNKNOWN -> Style.BAD;
        };
    }

    private static Style style(Cell cell) {
        if (!cell.accepted()) return Style.BAD;
        return cell.verdicts().stream().allMatch(verdict -> verdict.ruling() == TlsPlacement.HARDWARE) ? Style.GOOD : Style.CHANGE;
    }

    private static Style style(TrialResult result) {
        if (result.skipped().isPresent()) return Style.FAINT;
        return result.accepted() ? Style.GOOD : Style.BAD;
    }
}
