package dev.bluerig.lab.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// How a lab takes its files away.
public final class LabRemoval {
    private LabRemoval() {}

    /// A file or a whole directory, following no link out of it; nothing, where there is none.
    public static void of(Path top) throws IOException {
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) return;
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    /// These of a lab's directory; the directory itself only when nothing of the user's is in it.
    public static void of(Path directory, List<String> names) throws IOException {
        for (String name : names) of(directory.resolve(name));
        try (Stream<Path> left = Files.list(directory)) {
            if (left.findAny().isPresent()) return;
        }
        Files.delete(directory);
    }
}
