package dev.bluerig.cli;

import dev.bluerig.cli.StyledLine.Style;
import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.report.FormerRun;
import dev.bluerig.report.LabNotice;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.RunStart;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.run.WrittenJournal.RemedyTrace;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A run without a report, in words: what its journal says that it had done to each machine.
record JournalText(String id, WrittenJournal journal, boolean underWay) {
    private static final String INDENT = "    ";
    private static final String DEEPER = "      ";

    static JournalText of(FormerRun run, WrittenJournal journal) {
        return new JournalText(run.name(), journal, run.isUnderWay());
    }

    /// On one line: machines of which the same is told stand together.
    String line() {
        var parts = new ArrayList<String>();
        parts.add(end());
        var counts = new LinkedHashMap<String, String>();
        journal.remedies().forEach((machine, remedies) -> counts.put(machine, counted(remedies)));
        FoldedNames.byValue(counts).forEach((said, machines) -> parts.add(FoldedNames.names(machines) + ": " + said));
        journal.stillArmed().forEach(armed -> parts.add(armed.place().machine() + ": armed, the machine takes it back by itself"));
        flagsOff().forEach(flags -> parts.add(flags.machine() + ": flags switched off, not known to be on again"));
        trials().forEach(trial -> parts.add(trial));
        return head() + "  " + String.join("; ", parts) + lab().map(lab -> "  (" + lab + ")").orElse("");
    }

    /// In full. What was begun and did not end stands with its commands, because somebody must look there.
    List<StyledLine> whole() {
        var lines = new ArrayList<StyledLine>();
        lines.add(Style.STRONG.of("run " + id).and(": " + head() + ", " + journal.events().getFirst().at() + " to "
            + journal.events().getLast().at() + ", no report: " + end()));
        var told = new LinkedHashMap<String, List<StyledLine>>();
        journal.remedies().forEach((machine, remedies) -> told.put(machine, remedies.stream().flatMap(one -> told(one).stream()).toList()));
        for (Map.Entry<List<StyledLine>, List<String>> same : FoldedNames.byValue(told).entrySet()) {
            String names = FoldedNames.names(same.getValue());
            lines.add(StyledLine.of("  " + names + ": " + counted(journal.remedies().get(same.getValue().getFirst()))));
            lines.addAll(same.getKey());
        }
        journal.stillArmed().forEach(armed -> lines.add(StyledLine.of("  " + armed.place().machine() + ": ")
            .and(Style.BAD, "armed, not known to be disarmed").and(": the machine takes it back by itself, " + armed.seconds()
                + " s after it was armed; " + armed.directory())));
        flagsOff().forEach(flags -> lines.addAll(told(flags)));
        trials().forEach(trial -> lines.add(StyledLine.of("  ").and(Style.CHANGE, trial)));
        if (lab().isPresent()) lines.add(Style.STRONG.of(LabNotice.of(lab())));
        return List.copyOf(lines);
    }

    /// What of the journal is not told above, each a sentence.
    List<String> gaps() {
        var gaps = new ArrayList<String>();
        if (journal.torn()) gaps.add("its last line is not whole: the run ended while it was written");
        if (journal.broken() > 0) gaps.add("lines that cannot be read: " + journal.broken());
        if (journal.foreign() > 0) gaps.add("lines of another bluerig, which are passed over: " + journal.foreign());
        return List.copyOf(gaps);
    }

    private String head() {
        return began()
            .map(began -> began.mode().toLowerCase(Locale.ROOT) + " of " + began.playbook() + " with " + began.inventory()
                + began.start().flatMap(RunStart::resumes).map(former -> ", resumes " + former).orElse(""))
            .orElse("how it began is not told");
    }

    private Optional<JournalEvent.RunBegan> began() {
        return journal.events(JournalEvent.RunBegan.class).findFirst();
    }

    private Optional<String> lab() {
        return began().flatMap(JournalEvent.RunBegan::lab);
    }

    private String end() {
        return journal.events(JournalEvent.RunEnded.class).findFirst().map(over -> "it ended with exit " + over.exit())
            .orElseGet(() -> underWay ? "it is still under way" + began().flatMap(JournalEvent.RunBegan::start)
                .map(start -> ", as process " + start.process() + " of " + start.by()).orElse("")
                : began().flatMap(JournalEvent.RunBegan::start).isPresent() ? "it was killed" : "it was killed, or is still under way");
    }

    private static String counted(List<RemedyTrace> remedies) {
        if (remedies.isEmpty()) return "no remedy was begun";
        long open = remedies.stream().filter(RemedyTrace::open).count();
        long ended = remedies.size() - open;
        return "remedies ended: " + ended + (open == 0 ? "" : ", begun and not ended: " + open);
    }

    private static List<StyledLine> told(RemedyTrace remedy) {
        var begun = remedy.begun();
        String where = ": play " + begun.place().play() + ", `" + begun.place().task() + "` (" + begun.place().at() + ")";
        String judged = remedy.judged().map(end -> end.result().outcome().text() + end.result().failure()
            .map(failure -> " (" + failure.code().name() + ")").orElse("")).orElse("");
        if (!remedy.open()) return List.of(StyledLine.of(INDENT + "ended, " + (judged.isEmpty() ? "not judged" : judged) + where));
        var lines = new ArrayList<StyledLine>();
        lines.add(StyledLine.of(INDENT).and(Style.BAD, "begun and not ended" + (judged.isEmpty() ? "" : ", " + judged)).and(where));
        lines.addAll(told(begun.changes(), begun.commands(), begun.undo()));
        return lines;
    }

    private static List<StyledLine> told(JournalEvent.FlipBegan flags) {
        var lines = new ArrayList<StyledLine>();
        lines.add(StyledLine.of("  " + flags.machine() + ": ").and(Style.BAD, "flags switched off, not known to be on again")
            .and(": trial " + flags.trial() + " on " + flags.pair()));
        lines.addAll(told(flags.changes(), flags.commands(), flags.undo()));
        return lines;
    }

    private static List<StyledLine> told(List<Change> changes, List<String> commands, List<String> undo) {
        var lines = new ArrayList<StyledLine>();
        changes.forEach(change -> lines.add(StyledLine.of(DEEPER + change.what() + ": " + change.found() + " -> " + change.expected())));
        commands.forEach(command -> lines.add(StyledLine.of(DEEPER + "$ " + command)));
        undo.forEach(command -> lines.add(StyledLine.of(DEEPER + "undone by: " + command)));
        return lines;
    }

    private List<JournalEvent.FlipBegan> flagsOff() {
        return journal.flagsOff();
    }

    private List<String> trials() {
        return journal.trialsInProgress().stream().map(trial -> "trial " + trial.trial() + " on " + trial.pair()
            + ": in progress since " + trial.since() + ", cells judged: " + trial.cells()).map(VisibleText::of).toList();
    }
}
