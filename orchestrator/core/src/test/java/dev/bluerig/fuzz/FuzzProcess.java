package dev.bluerig.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Jazzer in a process of its own: it changes the classes that it watches, which no other test may notice. With the same classes and seeds
/// it draws the same inputs each time.
///
/// - `parser`: its name, or empty for all.
/// - `runs`: how many inputs.
record FuzzProcess(String parser, int runs, Path directory) {
    private static final int LONGEST = 24 << 10;
    private static final int SHORT = 4 << 10;
    private static final int A_FEW = 2;
    private static final int SECONDS_FOR_ONE = 300;

    void mustFindNothing() throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        seeds(Files.createDirectories(directory.resolve("seeds")));
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(words(corpus)).directory(directory.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        try {
            assertEquals(0, process.waitFor(), () -> said(log));
        } finally {
            process.destroyForcibly();
        }
    }

    private void seeds(Path into) throws IOException {
        for (int i = 0; i < FuzzedParsers.ALL.size(); i++) {
            FuzzedParser each = FuzzedParsers.ALL.get(i);
            if (!parser.isEmpty() && !parser.equals(each.name())) continue;
            int number = 0;
            for (byte[] seed : chosen(FuzzedParsers.seeds(each))) {
                Path file = into.resolve(each.name() + "-" + number++);
                Files.write(file, parser.isEmpty() ? picking(i, seed) : seed);
            }
        }
    }

    /// One process for all has no time for all.
    private List<byte[]> chosen(List<byte[]> seeds) {
        return parser.isEmpty() ? seeds.stream().filter(seed -> seed.length < SHORT).limit(A_FEW).toList() : seeds;
    }

    private static byte[] picking(int which, byte[] seed) {
        var bytes = new byte[seed.length + 1];
        bytes[0] = (byte) which;
        System.arraycopy(seed, 0, bytes, 1, seed.length);
        return bytes;
    }

    private List<String> words(Path corpus) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-Dbluerig.parser=" + parser, "-cp", System.getProperty("java.class.path")));
        words.addAll(List.of("com.code_intelligence.jazzer.Jazzer", "--target_class=" + ParserFuzz.class.getName(),
            "--instrumentation_includes=dev.bluerig.**", "--instrumentation_excludes=dev.bluerig.fuzz.**:dev.bluerig.cases.**",
            "--disabled_hooks=*", "-runs=" + runs, "-seed=1", "-max_len=" + LONGEST, "-timeout=" + SECONDS_FOR_ONE,
            "-rss_limit_mb=0", corpus.toString(), "seeds"));
        return words;
    }

    private static String said(Path log) {
        try {
            String text = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
            return text.substring(Math.max(0, text.length() - 12_000));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
