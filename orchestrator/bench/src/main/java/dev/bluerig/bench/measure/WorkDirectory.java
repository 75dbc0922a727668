package dev.bluerig.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A temporary directory that goes with the bench, also when the user ends it with Ctrl-C; what runs in it ends first.
public final class WorkDirectory implements AutoCloseable {
    private final Path path;
    private final Thread hook = new Thread(this::clear);
    private volatile AutoCloseable running = () -> {};

    public WorkDirectory() throws IOException {
        path = Files.createTempDirectory("bluerig-bench");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public Path path() {
        return path;
    }

    /// Remembers what must have ended before its files go.
    public <T extends AutoCloseable> T holds(T started) {
        running = started;
        return started;
    }

    private void clear() {
        try {
            running.close();
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
            }
        } catch (Exception stays) {
            System.err.println("bench: " + path + " stays: " + stays.getMessage());
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        clear();
    }
}
