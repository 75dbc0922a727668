package dev.bluerig.run;

import dev.bluerig.remote.Reply;
import dev.bluerig.task.Remedy;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the machines answered to remedies, one readable file each: `evidence/MACHINE/PLAY-TASK-NAME.txt`.
public record Evidence(Path directory, Redaction redaction) {
    public void of(String machine, int play, int position, String task, Remedy remedy, List<Reply> replies) {
        var text = new StringBuilder();
        for (int i = 0; i < replies.size(); i++) {
            var said = Journal.said(remedy.commands().get(i), replies.get(i));
            text.append("$ ").append(said.command()).append('\n').append(lines(said.out(), "")).append(lines(said.err(), "! "))
                .append("# ").append(said.reply()).append('\n');
        }
        write(directory.resolve(machine).resolve(String.format("%02d-%02d-%s.txt", play + 1, position + 1, task)), text.toString());
    }

    /// What one cell of a trial was judged by, and the judgement: `evidence/trials/TRIAL/PAIR/CELL.json`, where TRIAL is its place in the playbook and its name.
    public void of(int trial, String name, String pair, int cell, TrialCell all) {
        String title = String.format("%02d-%s", trial + 1, name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
        write(directory.resolve("trials").resolve(title).resolve(pair).resolve(String.format("%03d.json", cell)), Json.pretty(Binder.unbind(all)));
    }

    /// `evidence` is empty when the cell failed before there was any.
    public record TrialCell(dev.bluerig.trial.Cell cell, List<dev.bluerig.trial.Evidence> evidence) {}

    private void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, redaction.of(text));
        } catch (IOException full) {
            throw new UncheckedIOException("the evidence cannot be written, so nothing more is done", full);
        }
    }

    private static String lines(String text, String mark) {
        var lines = new StringBuilder();
        text.lines().forEach(line -> lines.append(mark).append(line).append('\n'));
        return lines.toString();
    }
}
