package dev.bluerig.lab.kernel;

import dev.bluerig.ktls.guest.RunTests;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// Tests of the agent, taken into the guest with the jar and the runtime that hosts get, and run there by one JVM: the shipped classes are
/// what is tested.
record GuestTests(Path pair, List<String> ssh) {
    private static final String HOME = "/tmp/bluerig-tests";
    private static final List<Class<?>> RUNNER =
        List.of(API.class, Test.class, JupiterTestEngine.class, ParameterizedTest.class, AnnotationSupport.class, TestEngine.class,
        Launcher.class, AssertionFailedError.class);

    /// In which network namespace, over which NIC, and how many of the combinations with OpenSSL (`few` or `rest`).
    record Where(String namespace, String nic, String openssl) {}

    /// One line of `RunTests`.
    record Line(String kind, String test, List<String> rest) {
        static Line of(String text) {
            List<String> fields = List.of(text.split("\t", -1));
            return new Line(fields.get(0), fields.size() > 1 ? fields.get(1) : "",
                fields.subList(Math.min(2, fields.size()), fields.size()));
        }
    }

    /// `ssh`: the words that run a command in the guest as root. The pair is there after the phase `package`; without it this skips aloud,
    /// or fails where labs are required.
    static GuestTests with(List<String> ssh) {
        Path pair = Path.of("..", "ktls", "target", "pair");
        if (!Files.exists(pair.resolve("bluerig-pair.jar"))) {
            String said = "no bluerig-pair.jar in " + pair.toAbsolutePath().normalize() + ": run ./mvnw package first";
            if ("required".equals(System.getenv("BLUERIG_LABS"))) throw new AssertionError(said);
            System.err.println("SKIPPED: " + said);
            throw new TestAbortedException(said);
        }
        return new GuestTests(pair, ssh);
    }

    void ship(Path staging) throws Exception {
        Path libraries = Files.createDirectories(staging.resolve("lib"));
        for (Path entry : classPath()) {
            if (Files.isDirectory(entry)) run("cp", "-a", entry.toString(), staging.resolve("tests").toString());
            else Files.copy(entry, libraries.resolve(entry.getFileName()));
        }
        Files.copy(pair.resolve("bluerig-pair.jar"), libraries.resolve("bluerig-pair.jar"));
        Path archive;
        try (Stream<Path> files = Files.list(pair)) {
            archive = files.filter(file -> file.getFileName().toString().matches("runtime-.*\\.tar\\.gz")).findFirst().orElseThrow();
        }
        run("mkdir", staging.resolve("runtime").toString());
        run("tar", "-xzf", archive.toString(), "-C", staging.resolve("runtime").toString());
        Path all = staging.resolveSibling("tests.tar");
        run("tar", "-cf", all.toString(), "-C", staging.toString(), ".");
        guest(Optional.of(all), "mkdir", "-p", HOME);
        guest(Optional.of(all), "tar", "-xf", "-", "-C", HOME);
    }

    void remove() throws Exception {
        guest(Optional.empty(), "rm", "-rf", HOME);
    }

    /// Runs them in this network namespace. TieredStopAtLevel: the emulation of more than one processor may let a thread see half of a jump
    /// that another writes over the code of a method when a better compiled one replaces it (SIGSEGV); with one compiler none is replaced
    /// for that reason.
    List<Line> run(Where where, List<String> classes, long seconds) throws Exception {
        var words = new ArrayList<>(List.of("timeout", Long.toString(seconds), "ip", "netns", "exec", where.namespace(), "env",
            "BLUERIG_LABS=required", "BLUERIG_KERNEL_TLS=required", "'BLUERIG_NIC=" + where.nic() + "'",
            "BLUERIG_OPENSSL=" + where.openssl(), "BLUERIG_PAIR_JAR=" + HOME + "/lib/bluerig-pair.jar",
            HOME + "/runtime/bin/java", "-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
            "-cp", "'" + HOME + "/lib/*:" + HOME + "/tests'", RunTests.class.getName()));
        words.addAll(classes);
        Process process = start(Optional.empty(), words.toArray(String[]::new)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var lines = new ArrayList<Line>();
        try (BufferedReader reader = process.inputReader()) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                System.err.println("guest: " + text);
                lines.add(Line.of(text));
            }
        }
        if (process.waitFor() != 0)
            throw new AssertionError("the tests in the guest ended with " + process.exitValue() + " after " + lines.size() + " lines");
        return lines;
    }

    /// A command in the guest, whose words the shell there takes apart.
    String guest(Optional<Path> input, String... words) throws Exception {
        Process process = start(input, words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0)
            throw new IOException(String.join(" ", words) + " in the guest ended with " + process.exitValue() + ": " + said);
        return said;
    }

    private ProcessBuilder start(Optional<Path> input, String... words) {
        var all = new ArrayList<>(ssh);
        all.addAll(List.of(words));
        return new ProcessBuilder(all).redirectInput(input.map(Path::toFile).orElse(new File("/dev/null")));
    }

    private static void run(String... words) throws Exception {
        Process process = new ProcessBuilder(words).inheritIO().start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) throw new IOException(String.join(" ", words) + " failed");
    }

    private static Set<Path> classPath() throws URISyntaxException {
        var entries = new LinkedHashSet<Path>();
        entries.add(home(RunTests.class));
        for (Class<?> part : RUNNER) entries.add(home(part));
        return entries;
    }

    private static Path home(Class<?> part) throws URISyntaxException {
        return Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
