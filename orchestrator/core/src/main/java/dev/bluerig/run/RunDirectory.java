package dev.bluerig.run;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.random.RandomGenerator;

/// Where one run leaves what it knows: `journal.jsonl`, `evidence/`, and the reports.
public record RunDirectory(String id, Path path) {
    private static final DateTimeFormatter SORTABLE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int TRIES = 20;

    /// A new directory below `runs`; its name sorts by time and is unlike any other.
    public static RunDirectory create(Path runs, Instant now, RandomGenerator random) {
        try {
            Files.createDirectories(runs);
            for (int i = 0; i < TRIES; i++) {
                String id = SORTABLE.format(now) + "-" + String.format("%04x", random.nextInt(0x10000));
                try {
                    Files.createDirectory(runs.resolve(id));
                    Files.createDirectory(runs.resolve(id).resolve("evidence"), PrivateFiles.DIRECTORY);
                    return new RunDirectory(id, runs.resolve(id));
                } catch (FileAlreadyExistsException taken) {
                    // the same second and the same four digits: draw again
                }
            }
        } catch (IOException unwritable) {
            throw new InvalidInput(Location.file(runs.toString()), RunCode.JOURNAL_UNWRITABLE + ": cannot keep a record of the run here: "
                + RecordError.words(unwritable) + "; make room, or name another place with --runs");
        }
        throw new IllegalStateException("no free name in " + runs);
    }

    /// Of a run that never began: nothing may look like one. What has a journal stays.
    public void discard() {
        try {
            if (Files.exists(journal()) && Files.size(journal()) > 0) return;
            for (Path each : List.of(journal(), evidence(), path)) Files.deleteIfExists(each);
        } catch (IOException stays) {
            // an empty directory more, and `runs` says that it tells nothing
        }
    }

    public Path journal() {
        return path.resolve("journal.jsonl");
    }

    public Path evidence() {
        return path.resolve("evidence");
    }
}
