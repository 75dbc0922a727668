package dev.bluerig.fuzz;

import dev.bluerig.cases.CaseDirectory;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The transcripts of all cases from which a fact can tell something, of whatever they are a case.
///
/// With the property `bluerig.samples` the outputs in that directory, `TOOL-WORDS/*.txt`, stand for those of the same commands, too.
final class TranscriptSeeds {
    private static final String SAMPLES = System.getProperty("bluerig.samples", "");
    private static final int LARGEST = 24 << 10;
    private static final List<String> WHOLE = texts(CaseDirectory.in("dev/bluerig/fact").getFirst().path().getParent().getParent(),
        "output.txt");

    private TranscriptSeeds() {}

    static List<byte[]> of(List<Fact<?>> facts) {
        Set<String> commands = facts.stream().flatMap(fact -> asked(fact, "").stream()).collect(Collectors.toSet());
        var seeds = new ArrayList<>(WHOLE.stream().filter(text -> commands.stream().anyMatch(line -> text.contains("$ " + line + "\n")))
            .toList());
        Set<String> known = facts.stream().flatMap(fact -> seeds.stream().flatMap(seed -> asked(fact, seed).stream()))
            .collect(Collectors.toSet());
        known.addAll(commands);
        if (seeds.isEmpty()) known.forEach(line -> seeds.add("$ " + line + "\n1\n"));
        if (!SAMPLES.isEmpty()) known.forEach(line -> seeds.addAll(samples(line)));
        return seeds.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).filter(seed -> seed.length <= LARGEST).toList();
    }

    private static List<String> asked(Fact<?> fact, String text) {
        var machine = new SpokenMachine(text);
        try {
            new Facts(machine).see(fact);
        } catch (Unreachable impossible) {
            throw new AssertionError(impossible);
        }
        return machine.asked().stream().map(Command::line).toList();
    }

    /// `ethtool-k` holds what `ethtool -k LINK` prints.
    private static List<String> samples(String line) {
        var words = Arrays.stream(line.split(" ")).map(word -> word.replaceFirst("^-+", "")).toList();
        try (var tools = Files.list(Path.of(SAMPLES))) {
            return tools.filter(tool -> words.containsAll(List.of(tool.getFileName().toString().split("-"))))
                .flatMap(tool -> texts(tool, ".txt").stream()).map(text -> "$ " + line + "\n" + text).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> texts(Path below, String end) {
        try (var files = Files.walk(below)) {
            var texts = new ArrayList<String>();
            for (Path file : files.filter(each -> each.toString().endsWith(end)).sorted().toList())
                texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
