package dev.bluerig.report;

import dev.bluerig.converge.Mode;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.JournalLock;
import dev.bluerig.run.RecordError;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A run that is over, or under way, as its directory tells it. What cannot be read of one says nothing about the others.
public record FormerRun(Path directory) {
    private static final String JOURNAL = "journal.jsonl";
    private static final Pattern NAME = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}");
    private static final String LAST = "last";

    /// In the order of time. One that cannot be looked into is one of them.
    public static List<FormerRun> all(Path runs) {
        if (!Files.isDirectory(runs)) return List.of();
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(path -> Files.exists(path.resolve(JOURNAL))
                || NAME.matcher(path.getFileName().toString()).matches()).map(FormerRun::new)
                .sorted(Comparator.comparing(FormerRun::second).thenComparing(FormerRun::written).thenComparing(FormerRun::name)).toList();
        } catch (IOException unreadable) {
            throw new InvalidInput(Location.file(runs.toString()), "the runs cannot be listed: " + RecordError.words(unreadable));
        }
    }

    /// The one whose name begins so.
    public static FormerRun named(List<FormerRun> all, String wanted) {
        var matching = all.stream().filter(run -> run.name().startsWith(wanted)).toList();
        if (matching.size() == 1) return matching.getFirst();
        throw new InvalidInput(Location.file("runs"), matching.isEmpty() ? "no run begins with " + wanted + "; `bluerig runs` lists them"
            : matching.size() + " runs begin with " + wanted + "; write more of the name");
    }

    /// The one whose name begins so; `last` is the last of this kind.
    public static FormerRun named(List<FormerRun> all, String wanted, Mode mode) {
        if (!wanted.equals(LAST)) return named(all, wanted);
        return all.reversed().stream().filter(run -> run.is(mode)).findFirst().orElseThrow(() ->
            new InvalidInput(Location.file("runs"), "none of the runs is of `" + mode.name().toLowerCase(Locale.ROOT) + "`"));
    }

    private boolean is(Mode mode) {
        try {
            return WrittenJournal.read(journal()).events(JournalEvent.RunBegan.class).anyMatch(began -> began.mode().equals(mode.name()));
        } catch (InvalidInput unreadable) {
            return false;
        }
    }

    /// The name but for what tells runs of one second apart.
    private String second() {
        int dash = name().lastIndexOf('-');
        return dash < 0 ? name() : name().substring(0, dash);
    }

    /// Of two runs of one second the later one ends its journal later.
    private FileTime written() {
        try {
            return Files.getLastModifiedTime(journal());
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    public String name() {
        return directory.getFileName().toString();
    }

    public Path journal() {
        return directory.resolve(JOURNAL);
    }

    Path file() {
        return directory.resolve("report.json");
    }

    /// Its process lives.
    public boolean isUnderWay() {
        return JournalLock.isHeld(journal());
    }

    /// Throws `InvalidInput` where there is none, or none that can be read.
    public Report report() {
        Location at = Location.file(file().toString());
        if (!Files.exists(file()))
            throw new InvalidInput(at, "this run ended before its report was written; see " + journal());
        return Report.read(file().toString(), BoundedFile.text(file(), BoundedFile.JSON, at, "the report"));
    }

    /// What its journal tells, of a run that has no report; empty where there is one, or where the journal tells nothing.
    /// Throws `InvalidInput` where it cannot be read.
    public Optional<WrittenJournal> withoutReport() {
        if (Files.exists(file())) return Optional.empty();
        var read = WrittenJournal.read(journal());
        return read.events().isEmpty() ? Optional.empty() : Optional.of(read);
    }
}
