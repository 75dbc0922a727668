package dev.bluerig.cli;

import dev.bluerig.cli.StyledLine.Style;
import dev.bluerig.report.FoldedChanges;
import dev.bluerig.report.FoldedResults;
import dev.bluerig.report.LabNotice;
import dev.bluerig.report.Report;
import dev.bluerig.report.TrialSection;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.run.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A run in words on a terminal: equal outcomes of many machines are one line, every failure says what to do next.
final class TextReport {
    private static final String DEEPER = "      ";

    private final Terminal terminal;

    TextReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void play(RunRecord.PlayRecord play) {
        terminal.say(Style.STRONG.of("play: " + play.name()));
        if (play.machines().isEmpty()) terminal.say("  no machine is selected");
        int width = play.tasks().stream().mapToInt(task -> task.task().length()).max().orElse(0);
        for (RunRecord.TaskRecord task : play.tasks()) if (!play.machines().isEmpty()) task(task, width);
    }

    void trials(List<TrialResult> trials) {
        var text = new TrialText(terminal);
        TrialSection.of(trials).forEach(text::trial);
    }

    private void task(RunRecord.TaskRecord task, int width) {
        for (FoldedResults fold : FoldedResults.of(task)) {
            TaskResult result = fold.result();
            String note = (result.provisional() ? " (provisional)" : "") + (result.note().isEmpty() ? "" : " (" + result.note() + ")")
                + (task.escape() ? " [a command of the user's own]" : "");
            terminal.say(StyledLine.of("  " + task.task() + " ".repeat(width - task.task().length()) + "  " + fold.names() + ": ")
                .and(style(result.outcome()), result.outcome().text()).and(Style.FAINT, note));
            if (result.failure().isPresent()) failure(task, result, result.failure().get());
            else FoldedChanges.lines(result.changes()).forEach(line -> terminal.say(DEEPER + line));
        }
    }

    private void failure(RunRecord.TaskRecord task, TaskResult result, Failure failure) {
        terminal.say(StyledLine.of(DEEPER).and(Style.BAD, failure.code().name()).and(": " + failure.meaning()));
        failure.changes()
            .forEach(change -> terminal.say(DEEPER + change.what() + ": expected " + change.expected() + ", found " + change.found()));
        if (!failure.detail().isBlank()) terminal.say(StyledLine.block(DEEPER, "seen:", failure.detail()));
        if (result.acted()) terminal.say(DEEPER + "a remedy was started on the machine");
        terminal.say(DEEPER + "where: " + task.at());
        terminal.say(DEEPER + "next: " + failure.next());
    }

    static Style style(OutcomeStatus status) {
        return switch (status) {
            case OK -> Style.GOOD;
            case CHANGED, WOULD_CHANGE -> Style.CHANGE;
            case FAILED, UNKNOWN, UNREACHABLE -> Style.BAD;
            case SKIPPED -> Style.FAINT;
        };
    }

    void notice(RunRecord run) {
        String notice = LabNotice.of(run.lab());
        if (!notice.isEmpty()) terminal.say(Style.STRONG.of(notice));
    }

    void whole(RunRecord run) {
        notice(run);
        run.plays().forEach(this::play);
        trials(run.trials());
        counts(run);
    }

    void counts(RunRecord run) {
        var said = new ArrayList<String>();
        if (!run.plays().isEmpty()) said.add(counts(Report.counts(run)));
        if (!run.trials().isEmpty()) said.add("trials: " + counts(Report.trials(run)));
        terminal.say(StyledLine.of(String.join("; ", said)).and(Style.BAD, run.interrupted() ? " interrupted" : ""));
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream().map(TextReport::count).collect(Collectors.joining(", "));
    }

    private static String count(Map.Entry<String, Integer> count) {
        return count.getValue() + " " + count.getKey();
    }
}
