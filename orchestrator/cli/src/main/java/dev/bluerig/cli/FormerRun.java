package dev.bluerig.cli;

import dev.bluerig.report.Report;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A run that is over, as its directory tells it. What cannot be read of one says nothing about the others.
record FormerRun(Path directory) {
    private static final String JOURNAL = "journal.jsonl";

    /// In the order of time.
    static List<FormerRun> all(Path runs) {
        if (!Files.isDirectory(runs)) return List.of();
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(path -> Files.exists(path.resolve(JOURNAL))).map(FormerRun::new)
                .sorted(Comparator.comparing(FormerRun::second).thenComparing(FormerRun::written).thenComparing(FormerRun::name)).toList();
        } catch (IOException unreadable) {
            throw new InvalidInput(Location.file(runs.toString()), "the runs cannot be listed: " + unreadable.getMessage());
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

    String name() {
        return directory.getFileName().toString();
    }

    Path journal() {
        return directory.resolve(JOURNAL);
    }

    private Path file() {
        return directory.resolve("report.json");
    }

    /// Throws `InvalidInput` where there is none, or none that can be read.
    Report report() {
        Location at = Location.file(file().toString());
        if (!Files.exists(file()))
            throw new InvalidInput(at, "this run ended before its report was written; see " + journal());
        return Report.read(file().toString(), BoundedFile.text(file(), BoundedFile.JSON, at, "the report"));
    }

    /// What its journal tells, of a run that has no report; empty where there is one, or where the journal tells nothing.
    /// Throws `InvalidInput` where it cannot be read.
    Optional<JournalText> killed() {
        if (Files.exists(file())) return Optional.empty();
        var read = WrittenJournal.read(journal());
        return read.events().isEmpty() ? Optional.empty() : Optional.of(new JournalText(name(), read));
    }

    /// One line, whatever its report is.
    String line() {
        try {
            var killed = killed();
            if (killed.isPresent()) return name() + "  no report: " + killed.get().line();
            var report = report();
            return report.run().id() + "  " + VisibleText.words(report.run().mode()) + "  " + report.run().inventory() + "  "
                + report.run().playbook() + "  exit " + report.exit() + report.run().lab().map(lab -> "  (" + lab + ")").orElse("");
        } catch (InvalidInput unreadable) {
            return name() + "  no report: " + unreadable.problems().getFirst();
        }
    }
}
