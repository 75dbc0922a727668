package dev.bluerig.bench.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The job that all do, as each of them is told it.
public final class JobFiles {
    private JobFiles() {}

    /// A file that is shipped with the bench.
    public static String text(String name) throws IOException {
        try (InputStream in = JobFiles.class.getResourceAsStream(name)) {
            if (in == null) throw new IOException("not in this build: " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Writes one to a directory.
    public static Path unpack(String name, Path place) throws IOException {
        Files.createDirectories(place);
        return Files.writeString(place.resolve(name), text(name));
    }

    /// bluerig's playbook `job`, and its templates.
    public static void project(Path directory) throws IOException {
        unpack("job.yaml", directory.resolve("playbooks"));
        for (String template : List.of("ports.yaml.j2", "flags.yaml.j2", "bridges.yaml.j2", "uplinks.yaml.j2"))
            unpack(template, directory.resolve("templates"));
    }
}
