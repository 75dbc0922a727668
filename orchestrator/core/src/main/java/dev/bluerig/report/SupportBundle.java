package dev.bluerig.report;

import dev.bluerig.run.RecordError;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.source.Binder;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// All that a bug report needs of one run, in one zip file, without secrets: each file is read, cleaned as values where it is one of ours,
/// and as text where it is not. What it does not know is left out.
public final class SupportBundle {
    private static final String CONTENTS = "contents.txt";

    private final String name;
    /// Name in the bundle, and text.
    private final Map<String, String> files;
    /// Name, and why.
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private SupportBundle(String name, Map<String, String> more) {
        this.name = name;
        this.files = new LinkedHashMap<>(more);
    }

    /// `more`: what is not in the run's directory, clean already. `redaction` is strict.
    public static SupportBundle of(FormerRun run, Map<String, String> more, Redaction redaction) {
        var bundle = new SupportBundle("bluerig-" + run.name(), more);
        try (Stream<Path> all = Files.walk(run.directory())) {
            for (Path file : all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).sorted().toList())
                bundle.add(run, file, redaction);
        } catch (IOException unreadable) {
            bundle.leftOut.put("run/", RecordError.words(unreadable));
        }
        return bundle;
    }

    private void add(FormerRun run, Path file, Redaction redaction) {
        String relative = run.directory().relativize(file).toString();
        try {
            if (relative.equals("report.json")) pages(run, redaction);
            else if (Reports.FILES.stream().noneMatch(page -> page.name().equals(relative))) other(relative, file, redaction);
        } catch (InvalidInput unreadable) {
            leftOut.put("run/" + relative, redaction.of(unreadable.problems().getFirst().message()));
        }
    }

    /// Made anew of the clean record.
    private void pages(FormerRun run, Redaction redaction) {
        var report = run.report();
        var clean = redaction.of(Report.class, report);
        var hidden = Binder.bind(Report.class, redaction.fields(Binder.unbind(clean))).run();
        Reports.FILES.forEach(page -> files.put("run/" + page.name(), page.text().apply(hidden)));
    }

    private void other(String relative, Path file, Redaction redaction) {
        boolean ours = relative.equals("journal.jsonl") || relative.equals("defect.txt")
            || relative.startsWith("evidence/") && (relative.endsWith(".txt") || relative.endsWith(".json"));
        if (!ours || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            leftOut.put("run/" + relative, "not a file that a run writes");
            return;
        }
        String text = new String(BoundedFile.bytes(file, BoundedFile.JSON, Location.file(file.toString()), "the file"),
            StandardCharsets.UTF_8);
        files.put("run/" + relative, relative.equals("journal.jsonl") ? WrittenJournal.cleaned(text, redaction)
            : relative.endsWith(".json") ? Json.pretty(redaction.strangers(Json.read(relative, text))) : redaction.of(text));
    }

    /// Throws `InvalidInput` where something is there already, or nothing can be written; then nothing is left.
    public void write(Path to) {
        try (OutputStream out = Files.newOutputStream(create(to), StandardOpenOption.WRITE); var zip = new ZipOutputStream(out)) {
            put(zip, CONTENTS, String.join("\n", contents()) + "\n");
            for (var file : files.entrySet()) put(zip, file.getKey(), file.getValue());
        } catch (IOException full) {
            try {
                Files.deleteIfExists(to);
            } catch (IOException stays) {
                full.addSuppressed(stays);
            }
            throw new InvalidInput(Location.file(to.toString()), "the bundle cannot be written: " + RecordError.words(full));
        }
    }

    /// For its owner alone: what is secret to a site is more than what looks like it.
    private static Path create(Path to) {
        refuseExisting(to);
        try {
            return Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException unwritable) {
            throw new InvalidInput(Location.file(to.toString()), "the bundle cannot be written: " + RecordError.words(unwritable));
        }
    }

    /// Throws `InvalidInput`: a bundle replaces nothing.
    public static void refuseExisting(Path to) {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS))
            throw new InvalidInput(Location.file(to.toString()), "it is there already; name another file with --to");
    }

    private void put(ZipOutputStream zip, String file, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name + "/" + file));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /// What is in it and what is not, a line each.
    public List<String> contents() {
        var lines = new ArrayList<String>();
        files.forEach((file, text) -> lines.add(file + "  " + text.getBytes(StandardCharsets.UTF_8).length + " bytes"));
        leftOut.forEach((file, why) -> lines.add("left out: " + file + ": " + why));
        return List.copyOf(lines);
    }
}
