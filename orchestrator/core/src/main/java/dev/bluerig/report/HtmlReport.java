package dev.bluerig.report;

import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.remote.Session;
import dev.bluerig.run.ExitCode;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.trial.evidence.FigureText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The report to sign: one file without anything from elsewhere, for a browser and for A4 paper; the lab's notice is on every page.
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final RunRecord run;
    private final String label;
    private final List<Html> parts = new ArrayList<>();

    private HtmlReport(RunRecord run) {
        this.run = run;
        this.label = LabNotice.label(run.lab());
    }

    public static String of(RunRecord run) {
        var page = new HtmlReport(run);
        page.head();
        page.summary();
        TrialSection.of(run.trials()).forEach(trial -> page.parts.addAll(HtmlTrial.of(trial, page.label)));
        page.parts.addAll(HtmlPlays.of(run.plays(), page.label));
        page.signatures();
        var out = new StringBuilder("<!DOCTYPE html>\n");
        page.whole().write(out);
        return out.append('\n').toString();
    }

    private Html whole() {
        String title = title() + " " + run.id() + (label.isEmpty() ? "" : " (" + label + ")");
        var head = Html.of("head", meta("charset", "utf-8"),
            meta("http-equiv", "Content-Security-Policy").with("content", "default-src 'none'; style-src 'unsafe-inline'"),
            meta("name", "viewport").with("content", "width=device-width, initial-scale=1"),
            Html.of("title", title), new Html.Sheet(style()));
        // The head of a table is printed again on every page, in every browser.
        var running = Html.of("div", Stream.concat(Stream.of(Html.of("span", "bluerig " + title() + " " + run.id())),
            label.isEmpty() ? Stream.<Html>empty() : Stream.of(Html.of("strong", LabNotice.of(run.lab())))).toList())
            .with("class", label.isEmpty() ? "running" : "running lab");
        var frame = Html.of("table", Html.of("thead", Html.of("tr", Html.of("td", running))),
            Html.of("tbody", Html.of("tr", Html.of("td", Html.of("main", parts))))).with("class", "frame");
        return Html.of("html", head, Html.of("body", frame)).with("lang", "en");
    }

    private static Html.Element meta(String name, String value) {
        return Html.of("meta").with(name, value);
    }

    private String title() {
        return switch (run.mode()) {
            case ACCEPT -> "acceptance report";
            case APPLY -> "report of what was applied";
            case CHECK -> "report of what would change";
        };
    }

    private void head() {
        parts.add(Html.of("h1", Character.toUpperCase(title().charAt(0)) + title().substring(1)));
        parts.add(Html.of("p", Html.of("span", word()).with("class", "result " + (run.exit() == ExitCode.DONE ? "good" : "bad")),
            new Html.Text(" " + counts())).with("class", "outcome"));
        var facts = new ArrayList<Html>();
        fact(facts, "inventory", run.inventory());
        fact(facts, "playbook", run.playbook());
        fact(facts, "started", TIME.format(run.started()));
        fact(facts, "ended", TIME.format(run.ended()) + " (" + lasted(Duration.between(run.started(), run.ended())) + ")");
        fact(facts, "run by", run.by());
        fact(facts, "with", run.program());
        fact(facts, "run", run.id() + ", exit code " + run.exit().number());
        run.resumes().ifPresent(former -> fact(facts, "resumes", former));
        fact(facts, "lab", run.lab().isEmpty() ? "none: real machines" : LabNotice.of(run.lab()));
        parts.add(Html.of("dl", facts));
    }

    private String word() {
        if (run.interrupted()) return "interrupted";
        if (run.mode() == Mode.ACCEPT) return run.exit() == ExitCode.DONE ? "accepted" : "not accepted";
        return run.exit() == ExitCode.DONE ? "done" : run.exit() == ExitCode.CHANGES ? "changes" : "failed";
    }

    private String counts() {
        var counts = new ArrayList<String>();
        if (!run.trials().isEmpty()) counts.add("trials: " + said(Report.trials(run)));
        if (!run.plays().isEmpty()) counts.add("tasks: " + said(Report.counts(run)));
        return String.join("; ", counts);
    }

    private static String said(Map<String, Integer> counts) {
        return counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey()).collect(Collectors.joining(", "));
    }

    private static void fact(List<Html> facts, String name, String value) {
        if (!value.isEmpty()) facts.addAll(List.of(Html.of("dt", name), Html.of("dd", value)));
    }

    private static String lasted(Duration time) {
        if (time.toMinutes() == 0) return FigureText.number(time.toMillis() / 1000.0) + " s";
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() + " min "
            + time.toSecondsPart() + " s";
    }

    private void summary() {
        var trials = new HtmlTable("summary", "Trials", label)
            .heads(List.of("trial", "pairs", "result", "verdicts", "Gbit/s", "CPU s/GB", "saves"));
        for (TrialSection section : TrialSection.of(run.trials()))
            for (TrialFold fold : TrialFold.of(section.results())) trials.row(HtmlTrial.summary(section, fold));
        var plays = new HtmlTable("summary", "Requirements", label).heads(List.of("play", "machines", "results"));
        for (RunRecord.PlayRecord play : run.plays())
            plays.texts(List.of(play.name(), FoldedNames.names(play.machines()), words(play)));
        parts.add(Html.of("h2", "Summary"));
        if (!trials.isEmpty()) parts.add(trials.table());
        if (!plays.isEmpty()) parts.add(plays.table());
        Session.Traffic all = run.traffic().values().stream().reduce(new Session.Traffic(0, 0, 0, 0), Session.Traffic::plus);
        parts.add(Html.of("p", run.traffic().size() + " machines answered: " + all.connections() + " connections, " + all.execs()
            + " shells, " + all.roundTrips() + " round trips, "
            + all.commands() + " commands.").with("class", "note"));
    }

    private static String words(RunRecord.PlayRecord play) {
        return Stream.of(OutcomeStatus.values()).map(status -> {
            long count = play.tasks().stream().flatMap(task -> task.results().values().stream())
                .filter(result -> result.outcome() == status)
                .count();
            return count == 0 ? "" : count + " " + status.text();
        }).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    }

    private void signatures() {
        if (run.mode() != Mode.ACCEPT) return;
        var table = new HtmlTable("signatures", "Signatures", label).heads(List.of("", "name", "place and date", "signature"));
        for (String who : List.of("tested by", "witnessed by", "accepted by")) table.texts(List.of(who, "", "", ""));
        var inside = new ArrayList<Html>(List.of(Html.of("h2", "Signatures")));
        if (!label.isEmpty())
            inside.add(Html.of("p", LabNotice.of(run.lab()) + ". This report says nothing about hardware.").with("class", "warning"));
        inside.add(table.table());
        inside.add(Html.of("p", "Signed is what stands on these pages for run " + run.id()
            + "; report.json and journal.jsonl of the same run hold it in full.").with("class", "note"));
        parts.add(Html.of("section", inside).with("class", "signing"));
    }

    private static String style() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            if (css == null) throw new IllegalStateException("report.css is not beside the program");
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
