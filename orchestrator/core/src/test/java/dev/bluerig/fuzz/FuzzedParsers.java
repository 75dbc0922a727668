package dev.bluerig.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All parsers that are fuzzed, and what they begin with: the cases, and the inputs of `dev/bluerig/fuzz/NAME`, among them each that a
/// parser once fell over.
final class FuzzedParsers {
    static final List<FuzzedParser> ALL = Stream.concat(FuzzedFacts.parsers().stream(), FuzzedFiles.parsers().stream()).toList();

    private FuzzedParsers() {}

    static FuzzedParser named(String name) {
        return ALL.stream().filter(parser -> parser.name().equals(name)).findFirst()
            .orElseThrow(() -> new AssertionError("no parser " + name + " in " + ALL.stream().map(FuzzedParser::name).toList()));
    }

    static List<byte[]> seeds(FuzzedParser parser) {
        var seeds = new ArrayList<>(parser.seeds().get());
        URL kept = FuzzedParsers.class.getResource("/dev/bluerig/fuzz/" + parser.name());
        try {
            if (kept != null) seeds.addAll(files(Path.of(kept.toURI())));
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
        if (seeds.isEmpty()) throw new AssertionError("no seed of " + parser.name());
        return seeds;
    }

    static List<byte[]> files(Path directory) {
        try (var files = Files.list(directory)) {
            var all = new ArrayList<byte[]>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) all.add(Files.readAllBytes(file));
            return all;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
