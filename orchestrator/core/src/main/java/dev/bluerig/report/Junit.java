package dev.bluerig.report;

import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A run as JUnit XML, which every CI system shows: a suite per play, a case per task and machine; a suite per trial.
public final class Junit {
    private Junit() {}

    public static String of(RunRecord run) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        String notice = LabNotice.of(run.lab());
        double seconds = Duration.between(run.started(), run.ended()).toMillis() / 1000.0;
        xml.append("<testsuites name=\"").append(escape("bluerig " + run.mode() + " " + run.id() + (notice.isEmpty() ? "" : " " + notice)))
            .append("\" time=\"").append(seconds).append("\">\n");
        run.plays().forEach(play -> suite(run, play, xml));
        TrialSection.of(run.trials()).forEach(trial -> xml.append(JunitTrial.suite(run, trial)));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(RunRecord run, RunRecord.PlayRecord play, StringBuilder xml) {
        var results = play.tasks().stream().flatMap(task -> task.results().values().stream()).toList();
        xml.append("  <testsuite name=\"").append(escape(play.name())).append("\" tests=\"").append(results.size())
            .append("\" failures=\"").append(results.stream().filter(Junit::failed).count())
            .append("\" errors=\"").append(results.stream().filter(Junit::error).count())
            .append("\" skipped=\"").append(results.stream().filter(result -> result.outcome() == OutcomeStatus.SKIPPED).count())
            .append("\" timestamp=\"").append(run.started()).append("\">\n    <properties>\n")
            .append(property("inventory", run.inventory())).append(property("playbook", run.playbook()))
            .append(property("lab", LabNotice.of(run.lab()))).append("    </properties>\n");
        for (RunRecord.TaskRecord task : play.tasks())
            for (Map.Entry<String, TaskResult> each : task.results().entrySet()) testcase(play, task, each.getKey(), each.getValue(), xml);
        xml.append("  </testsuite>\n");
    }

    static String property(String name, String value) {
        return value.isEmpty() ? "" : "      <property name=\"" + name + "\" value=\"" + escape(value) + "\"/>\n";
    }

    private static void testcase(RunRecord.PlayRecord play, RunRecord.TaskRecord task, String machine, TaskResult result,
        StringBuilder xml) {
        xml.append("    <testcase classname=\"").append(escape(play.name())).append("\" name=\"")
            .append(escape(machine + ": " + task.task() + " (" + task.at() + ")" + (task.escape() ? " [command of the user's own]" : "")))
            .append("\">");
        switch (result.outcome()) {
            case OK, CHANGED -> { }
            case WOULD_CHANGE -> element("failure", "WOULD_CHANGE", "would change", changes(result), xml);
            case SKIPPED -> xml.append("<skipped message=\"").append(escape(result.note())).append("\"/>");
            case FAILED -> failure("failure", result, xml);
            case UNKNOWN, UNREACHABLE -> failure("error", result, xml);
        }
        xml.append("</testcase>\n");
    }

    private static void failure(String element, TaskResult result, StringBuilder xml) {
        Failure failure = result.failure().orElseThrow();
        element(element, failure.code().name(), failure.meaning(), changes(result)
            + (failure.detail().isBlank() ? "" : said("seen", failure.detail())) + "next: " + VisibleText.of(failure.next()), xml);
    }

    static void element(String element, String type, String message, String text, StringBuilder xml) {
        xml.append('<').append(element).append(" type=\"").append(escape(type)).append("\" message=\"").append(escape(message))
            .append("\">")
            .append(lines(text)).append("</").append(element).append('>');
    }

    private static String changes(TaskResult result) {
        return changes(result.changes());
    }

    static String changes(List<Change> changes) {
        return changes.stream()
            .map(change -> VisibleText.of(change.what() + ": expected " + change.expected() + ", found " + change.found()) + "\n")
            .collect(Collectors.joining());
    }

    private static boolean failed(TaskResult result) {
        return result.outcome() == OutcomeStatus.FAILED || result.outcome() == OutcomeStatus.WOULD_CHANGE;
    }

    private static boolean error(TaskResult result) {
        return result.outcome() == OutcomeStatus.UNKNOWN || result.outcome() == OutcomeStatus.UNREACHABLE;
    }

    /// `key: text`, and a line feed; text of more than one line stands below, behind bars, so that none of it passes for a line of ours.
    static String said(String key, String text) {
        var all = VisibleText.lines(text);
        if (all.size() <= 1) return key + ": " + String.join("", all) + "\n";
        return key + ":\n" + all.stream().map(line -> "  | " + line + "\n").collect(Collectors.joining());
    }

    /// One line; XML 1.0 has no way to say control characters, so they are escapes.
    static String escape(String text) {
        return xml(VisibleText.of(text));
    }

    /// Lines of ours, each clean.
    private static String lines(String text) {
        return text.lines().map(Junit::escape).collect(Collectors.joining("\n"));
    }

    private static String xml(String text) {
        return text
            .replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
