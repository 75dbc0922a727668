package dev.bluerig.lab.namespace;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A named network namespace as the kernel shows it: which processes are inside says what a lab owns, whatever its files say.
record Namespace(String name) {
    private static final Path NAMES = Path.of("/run/netns");

    static List<Namespace> startingWith(String prefix) throws LabFailed {
        if (!Files.isDirectory(NAMES)) return List.of();
        try (Stream<Path> names = Files.list(NAMES)) {
            return names.map(path -> path.getFileName().toString()).filter(name -> name.startsWith(prefix)).sorted().map(Namespace::new)
                .toList();
        } catch (IOException unreadable) {
            throw new LabFailed("cannot list " + NAMES, unreadable);
        }
    }

    boolean exists() {
        return Files.exists(NAMES.resolve(name));
    }

    Path path() {
        return NAMES.resolve(name);
    }

    /// One process inside.
    record NamespaceProcess(long pid, String program) {}

    /// Every process whose network is this namespace.
    List<NamespaceProcess> processes() throws LabFailed {
        Optional<String> wanted = identity();
        if (wanted.isEmpty()) return List.of();
        var inside = new ArrayList<NamespaceProcess>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(path -> path.getFileName().toString().matches("\\d+")).toList())
                if (network(process).equals(wanted)) program(process).ifPresent(program ->
                    inside.add(new NamespaceProcess(Long.parseLong(process.getFileName().toString()), program)));
        } catch (IOException unreadable) {
            throw new LabFailed("cannot list /proc", unreadable);
        }
        return inside;
    }

    boolean holds(long pid) {
        return identity().isPresent() && network(Path.of("/proc", Long.toString(pid))).equals(identity());
    }

    private Optional<String> identity() {
        try {
            return Optional.of("net:[" + Files.getAttribute(path(), "unix:ino") + "]");
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static Optional<String> network(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("ns/net")).toString());
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private static Optional<String> program(Path process) {
        try {
            return Optional.of(Files.readString(process.resolve("comm")).strip());
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
