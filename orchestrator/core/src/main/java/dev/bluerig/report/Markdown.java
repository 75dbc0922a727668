package dev.bluerig.report;

import dev.bluerig.remote.Session;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A run as a page to read, to mail and to keep with a test-bed.
public final class Markdown {
    /// An underscore between letters or digits opens nothing (CommonMark 6.2), so codes stay readable.
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*\\[\\]!~#|$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");
    /// What GitHub's Markdown makes a link of without being asked.
    private static final Pattern AUTOMATIC = Pattern.compile("(?i)(?<=[a-z])(?=://)|(?<=www)(?=\\.)|(?=@)");
    /// What begins a list or a line below a heading.
    private static final Pattern LEADING = Pattern.compile("(?<=^ {0,9})(?=[-+=])|(?<=^[0-9]{1,9})(?=[.)]( |$))");
    private final RunRecord run;
    private final List<String> lines = new ArrayList<>();

    private Markdown(RunRecord run) {
        this.run = run;
    }

    public static String of(RunRecord run) {
        var page = new Markdown(run);
        page.head();
        run.plays().forEach(page::play);
        TrialSection.of(run.trials()).forEach(trial -> page.lines.addAll(MarkdownTrial.of(trial, LabNotice.of(run.lab()))));
        page.cost();
        return String.join("\n", page.lines) + "\n";
    }

    private void head() {
        add("# bluerig " + VisibleText.words(run.mode()) + " " + text(run.id()), "");
        notice();
        add("- inventory: " + text(run.inventory()), "- playbook: " + text(run.playbook()), "- started: " + run.started(),
            "- ended: " + run.ended(),
            "- exit code: " + run.exit().number() + (run.interrupted() ? " (interrupted)" : ""),
            "- by: " + text(run.by() + " with " + run.program()));
        run.resumes().ifPresent(former -> add("- resumes: " + text(former)));
        add("- results: " + Report.counts(run).entrySet().stream().map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", ")));
        if (!run.trials().isEmpty())
            add("- trials: " + Report.trials(run).entrySet().stream().map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ")));
        add("");
    }

    private void notice() {
        String notice = LabNotice.of(run.lab());
        if (!notice.isEmpty()) add("**" + text(notice) + ".**", "");
    }

    private void play(RunRecord.PlayRecord play) {
        add("## Play: " + text(play.name()), "");
        notice();
        if (play.machines().isEmpty()) {
            add("No machine is selected.", "");
            return;
        }
        add("| task | machines | outcome | |", "|---|---|---|---|");
        for (RunRecord.TaskRecord task : play.tasks()) for (FoldedResults fold : FoldedResults.of(task)) add(row(task, fold));
        add("");
        for (RunRecord.TaskRecord task : play.tasks())
            for (FoldedResults fold : FoldedResults.of(task)) fold.result().failure().ifPresent(failure -> failure(task, fold, failure));
    }

    private static String row(RunRecord.TaskRecord task, FoldedResults fold) {
        TaskResult result = fold.result();
        String mark = task.escape() ? " (a command of the user's own: bluerig does not know what it does)" : "";
        String said = result.failure().map(failure -> failure.code() + ": " + failure.meaning()).orElse(result.note());
        if (result.failure().isEmpty() && !result.changes().isEmpty())
            said = result.changes().stream().map(Markdown::change).collect(Collectors.joining("; "))
                + (result.note().isEmpty() ? "" : " (" + result.note() + ")");
        return "| " + text(task.task() + mark) + " | " + text(fold.names()) + " | " + result.outcome().text()
            + (result.provisional() ? " (provisional)" : "") + " | " + text(said) + " |";
    }

    private void failure(RunRecord.TaskRecord task, FoldedResults fold, Failure failure) {
        add("### " + text(failure.code() + ": " + task.task()) + " on " + text(fold.names()), "");
        add("- meaning: " + text(failure.meaning()));
        failure.changes()
            .forEach(change -> add("- " + text(change.what()) + ": expected " + text(change.expected()) + ", found "
            + text(change.found())));
        if (!failure.detail().isBlank()) lines.addAll(said("- seen:", failure.detail()));
        add("- where: " + text(task.at()), "- next: " + text(failure.next()));
        if (fold.result().acted()) add("- a remedy was started on the machine; what it printed is below `evidence/`");
        add("");
    }

    private void cost() {
        add("## Cost", "");
        notice();
        Session.Traffic all = run.traffic().values().stream().reduce(new Session.Traffic(0, 0, 0, 0), Session.Traffic::plus);
        add(run.traffic().size() + " machines answered: " + all.connections() + " connections, " + all.execs() + " shells, "
            + all.roundTrips() + " round trips, " + all.commands() + " commands.");
    }

    private static String change(Change change) {
        return change.what() + ": " + change.found() + " -> " + change.expected();
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    /// `key text`; text of more than one line is a list below it.
    static List<String> said(String key, String text) {
        var all = VisibleText.lines(text);
        if (all.size() == 1) return List.of(key + " " + text(all.getFirst()));
        return Stream.concat(Stream.of(key), all.stream().map(line -> "  - " + text(line))).toList();
    }

    /// What machines print must not become markup, a link or a picture, and must stay on its line.
    static String text(String text) {
        String dead = MARKUP.matcher(VisibleText.of(text)).replaceAll("\\\\$0").replace("&", "&amp;").replace("<", "&lt;")
            .replace(">", "&gt;");
        return LEADING.matcher(AUTOMATIC.matcher(dead).replaceAll("\\\\")).replaceFirst("\\\\");
    }
}
