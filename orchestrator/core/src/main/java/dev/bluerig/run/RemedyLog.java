package dev.bluerig.run;

import dev.bluerig.remote.Reply;
import dev.bluerig.source.Json;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.run.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the machines answered to remedies, one readable file each: `evidence/MACHINE/PLAY-TASK-NAME.txt`. `$` is a command, `|` and `!` are
/// lines that it printed, `#` how it ended. For nobody but the user's own eyes: it is all that tools printed.
public record RemedyLog(Path directory, Redaction redaction) {
    /// Characters of a trial's name that a directory's name takes.
    private static final int LONGEST = 60;

    public void of(String machine, TaskId task, Remedy remedy, List<Reply> replies) {
        var text = new StringBuilder();
        for (int i = 0; i < replies.size(); i++) {
            var logged = JournalEvent.LoggedReply.of(remedy.commands().get(i), replies.get(i));
            text.append("$ ").append(VisibleText.of(redaction.of(logged.command()))).append('\n').append(lines("| ", logged.out()))
                .append(lines("! ", logged.err()))
                .append("# ").append(logged.reply()).append('\n');
        }
        write(directory.resolve(machine).resolve(task.fileName() + ".txt"), text.toString());
    }

    /// What one cell of a trial was judged by, and the judgement: `evidence/trials/TRIAL/PAIR/CELL.json`, where TRIAL is its place in the
    /// playbook and its name.
    public void of(int trial, String name, String pair, int cell, TrialCell all) {
        String title = String.format("%02d-%s", trial + 1, name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|(?<=^.{" + LONGEST + "}).*|-$", ""));
        write(directory.resolve("trials").resolve(title).resolve(pair).resolve(String.format("%03d.json", cell)),
            Json.pretty(redaction.tree(all)));
    }

    /// `evidence` is empty when the cell failed before there was any.
    public record TrialCell(Cell cell, List<Evidence> evidence) {}

    private void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent(), PrivateFiles.DIRECTORY);
            PrivateFiles.write(file, text);
        } catch (IOException full) {
            throw new RecordError("the evidence", full);
        }
    }

    /// Every line behind a mark, so that none can pass for a command or for how one ended.
    private String lines(String mark, String text) {
        return redaction.of(text).lines().map(line -> mark + VisibleText.of(line) + "\n").collect(Collectors.joining());
    }
}
