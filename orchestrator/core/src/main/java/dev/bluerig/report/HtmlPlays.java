package dev.bluerig.report;

import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The plays of a run on the page to sign, machines folded.
final class HtmlPlays {
    private final String label;
    private final List<Html> parts = new ArrayList<>();

    private HtmlPlays(String label) {
        this.label = label;
    }

    static List<Html> of(List<RunRecord.PlayRecord> plays, String label) {
        var page = new HtmlPlays(label);
        if (!plays.isEmpty()) page.parts.add(Html.of("h2", "Requirements"));
        plays.forEach(page::play);
        return page.parts;
    }

    private void play(RunRecord.PlayRecord play) {
        parts.add(Html.of("h3", play.name()));
        if (play.machines().isEmpty()) {
            parts.add(Html.of("p", "No machine is selected."));
            return;
        }
        var table = new HtmlTable("plays", play.name(), label).heads(List.of("task", "machines", "outcome", ""));
        for (RunRecord.TaskRecord task : play.tasks()) for (FoldedResults fold : FoldedResults.of(task)) row(task, fold, table);
        parts.add(table.table());
    }

    private static void row(RunRecord.TaskRecord task, FoldedResults fold, HtmlTable table) {
        TaskResult result = fold.result();
        String mark = task.escape() ? " (a command of the user's own: bluerig does not know what it does)" : "";
        table.row(List.of(HtmlTable.td(task.task() + mark), HtmlTable.td(fold.names()),
            Html.of("td", Html.of("span", result.outcome().text()).with("class", style(result.outcome()))),
            Html.of("td", said(task, result))));
    }

    private static List<Html> said(RunRecord.TaskRecord task, TaskResult result) {
        if (result.failure().isPresent()) return failure(result.failure().get(), task.at());
        if (result.changes().isEmpty()) return List.of(new Html.Text(result.note()));
        return List.of(new Html.Text(result.changes().stream()
            .map(change -> change.what() + ": " + change.found() + " -> " + change.expected()).collect(Collectors.joining("; "))
            + (result.note().isEmpty() ? "" : " (" + result.note() + ")")));
    }

    static List<Html> failure(Failure failure, String at) {
        var lines = new ArrayList<Html>();
        lines.add(Html.of("p", Html.of("strong", failure.code().name()), new Html.Text(": " + failure.meaning())));
        failure.changes()
            .forEach(change -> lines.add(Html.of("p", change.what() + ": expected " + change.expected() + ", found " + change.found())));
        if (!failure.detail().isBlank())
            lines.add(Html.of("p", Html.of("span", "seen ").with("class", "key"), Html.said(failure.detail())));
        lines.add(Html.of("p", Html.of("span", "where ").with("class", "key"), new Html.Text(at)));
        lines.add(Html.of("p", Html.of("span", "next ").with("class", "key"), new Html.Text(failure.next())));
        return lines;
    }

    private static String style(OutcomeStatus status) {
        return switch (status) {
            case OK -> "good";
            case CHANGED, WOULD_CHANGE -> "change";
            case FAILED, UNKNOWN, UNREACHABLE -> "bad";
            case SKIPPED -> "faint";
        };
    }
}
