package dev.bluerig.report;

import dev.bluerig.run.RunRecord;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.diagnosis.Diagnosis;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.verdict.UnmetExpectation;
import dev.bluerig.trial.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A trial as a suite: for every cell a case per direction of each end, and one for all else that was expected of it.
final class JunitTrial {
    /// `outcome` writes what is inside the case; nothing when it passed.
    private record Case(String name, Consumer<StringBuilder> outcome, Kind kind) {}

    private enum Kind { PASSED, FAILED, ERROR, SKIPPED }

    private final List<Case> cases = new ArrayList<>();

    private JunitTrial() {}

    static String suite(RunRecord run, TrialSection section) {
        var trial = new JunitTrial();
        section.results().forEach(trial::pair);
        String name = "trial: " + section.name();
        var xml = new StringBuilder("  <testsuite name=\"").append(Junit.escape(name)).append("\" tests=\"").append(trial.cases.size())
            .append("\" failures=\"").append(trial.count(Kind.FAILED)).append("\" errors=\"").append(trial.count(Kind.ERROR))
            .append("\" skipped=\"").append(trial.count(Kind.SKIPPED)).append("\" timestamp=\"").append(run.started())
            .append("\">\n    <properties>\n")
            .append(Junit.property("inventory", run.inventory())).append(Junit.property("playbook", run.playbook()))
            .append(Junit.property("at", section.at()))
            .append(Junit.property("lab", LabNotice.of(run.lab())));
        section.results().stream().map(result -> result.terms().text()).filter(text -> !text.isEmpty()).distinct()
            .forEach(text -> xml.append(Junit.property("terms", text)));
        xml.append("    </properties>\n");
        for (Case each : trial.cases) {
            xml.append("    <testcase classname=\"").append(Junit.escape(name)).append("\" name=\"").append(Junit.escape(each.name))
                .append("\">");
            each.outcome.accept(xml);
            xml.append("</testcase>\n");
        }
        return xml.append("  </testsuite>\n").toString();
    }

    private long count(Kind kind) {
        return cases.stream().filter(each -> each.kind == kind).count();
    }

    private void pair(TrialResult result) {
        if (result.skipped().isPresent()) {
            add(result.pair(), Kind.SKIPPED, xml -> xml.append("<skipped message=\"").append(Junit.escape(result.skipped().get().words()))
                .append("\"/>"));
            return;
        }
        result.failure()
            .ifPresent(failure -> add(result.pair() + ": preconditions", Kind.ERROR,
            xml -> Junit.element("error", failure.code().name(), failure.meaning(), said(failure), xml)));
        var names = CellTable.of(new TrialFold(List.of(result))).rows();
        names.forEach(row -> cell(result.pair() + " " + row.name(), row.cell()));
    }

    private void cell(String name, Cell cell) {
        var rest = new ArrayList<>(cell.misses());
        for (Verdict verdict : cell.verdicts()) {
            var about = cell.misses().stream().filter(unmet -> unmet.isAbout(verdict)).toList();
            rest.removeAll(about);
            judged(name + ": " + VisibleText.words(verdict.half()) + " of " + verdict.machine(), about, cell, witnesses(verdict));
        }
        cell.failure().ifPresent(failure -> add(name + ": run", Kind.ERROR, xml ->
            Junit.element("error", failure.code().name(), "the pair ended early: " + failure.code(), said(failure) + diagnoses(cell),
            xml)));
        if (cell.failure().isEmpty() || !rest.isEmpty()) judged(name + ": figures", rest, cell, "");
    }

    private void judged(String name, List<UnmetExpectation> unmet, Cell cell, String more) {
        if (unmet.isEmpty()) add(name, Kind.PASSED, xml -> { });
        else add(name, Kind.FAILED,
            xml -> Junit.element("failure", "NOT_ACCEPTED", unmet.stream().map(JunitTrial::said).collect(Collectors.joining("; ")),
            unmet.stream().map(one -> said(one) + "\n").collect(Collectors.joining()) + more + diagnoses(cell), xml));
    }

    private void add(String name, Kind kind, Consumer<StringBuilder> outcome) {
        cases.add(new Case(name, outcome, kind));
    }

    private static String said(UnmetExpectation unmet) {
        return VisibleText.of(unmet.what() + ": expected " + unmet.expected() + ", found " + unmet.whole());
    }

    private static String said(AgentFailure failure) {
        return Junit.said("seen", (failure.errno().isEmpty() ? "" : failure.errno() + ": ") + failure.message());
    }

    private static String said(Failure failure) {
        return Junit.changes(failure.changes()) + (failure.detail().isBlank() ? "" : Junit.said("seen", failure.detail())) + "next: "
            + VisibleText.of(failure.next());
    }

    private static String witnesses(Verdict verdict) {
        return verdict.testimonies().stream()
            .map(testimony -> VisibleText.words(testimony.witness()) + ": " + VisibleText.words(testimony.says()) + "\n"
            + Junit.said("required", testimony.required()) + Junit.said("seen", testimony.seen())).collect(Collectors.joining());
    }

    private static String diagnoses(Cell cell) {
        return cell.diagnoses().stream().map(JunitTrial::said).collect(Collectors.joining());
    }

    private static String said(Diagnosis diagnosis) {
        return VisibleText.of(diagnosis.code() + " on " + diagnosis.machine() + ": " + diagnosis.cause()) + "\n"
            + Junit.said("seen", diagnosis.shown())
            + "check: " + VisibleText.of(diagnosis.check()) + "\nfix: " + VisibleText.of(diagnosis.fix()) + "\n";
    }
}
