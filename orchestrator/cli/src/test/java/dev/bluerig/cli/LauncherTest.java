package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The launcher on a computer where a JDK 25 is hard or impossible to find. The directories of the system are replaced by one of the
/// test's.
@Isolated("writes programs and runs them: a child of another test that is being started may hold them open, ETXTBSY of execve(2)")
class LauncherTest {
    /// All that it may start, because each costs every command a millisecond or two.
    private static final List<String> PROGRAMS = List.of("readlink", "find");

    @TempDir
    private Path directory;

    private record Result(int exit, String text) {}

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(directory.resolve("orchestrator/cli/target"));
        Files.writeString(directory.resolve("orchestrator/cli/target/bluerig-cli.jar"), "");   // no mvnw beside it: nothing is built
        Files.copy(CommandLineHarness.repository().resolve("bluerig"), directory.resolve("bluerig"));
        String search = Files.readString(CommandLineHarness.repository().resolve("orchestrator/jdk.sh"));
        String elsewhere = search.replace("/usr/lib/jvm/*", directory + "/jvm/*").replace(" /usr/java/* /opt/java/* /opt/jdk*", "");
        assertTrue(!search.equals(elsewhere) && !elsewhere.contains("/opt"), "the search list has other directories now");
        Files.writeString(directory.resolve("orchestrator/jdk.sh"), elsewhere);
        for (String program : PROGRAMS) script(directory.resolve("bin").resolve(program), "exec " + where(program) + " \"$@\"");
    }

    private static void script(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private static Path where(String program) {
        return List.of("/usr/bin", "/bin").stream().map(Path::of).map(bin -> bin.resolve(program)).filter(Files::isExecutable).findFirst()
            .orElseThrow();
    }

    /// A JDK that only says that it was started, and how.
    private Path jdk(String name, String version) throws IOException {
        script(directory.resolve(name).resolve("bin/java"), "echo started " + name + " \"$@\"");
        Files.writeString(directory.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return directory.resolve(name);
    }

    private Result launch(Map<String, String> environment) throws IOException, InterruptedException {
        var start = new ProcessBuilder("/bin/sh", directory.resolve("bluerig").toString(), "lint", "two words").redirectErrorStream(true);
        start.environment().clear();
        start.environment().put("PATH", directory.resolve("bin").toString());
        start.environment().putAll(environment);
        Process process = start.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return new Result(process.exitValue(), text);
    }

    @Test
    void without_a_jdk_it_says_what_to_install_and_exits_4() throws IOException, InterruptedException {
        jdk("old", "21.0.4");
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("HOME", directory.resolve("home").toString()),
            Map.of("JAVA_HOME", directory.resolve("old").toString()))) {
            Result result = launch(environment);
            assertEquals(4, result.exit(), result.text());
            assertTrue(result.text().startsWith("bluerig needs a JDK 25 or newer and found none: "), result.text());
            assertTrue(result.text().contains("set JAVA_HOME"), result.text());
        }
    }

    @Test
    void a_jdk_25_is_found_in_java_home_or_below_home() throws IOException, InterruptedException {
        Path named = jdk("named", "25.0.3");
        Path home = jdk("home/.jdks/below", "26").getParent().getParent();
        for (Map<String, String> environment : List.of(Map.of("JAVA_HOME", named.toString()), Map.of("HOME", home.toString()))) {
            Result result = launch(environment);
            assertEquals(0, result.exit(), result.text());
            assertTrue(result.text().startsWith("started ") && result.text().endsWith(" dev.bluerig.cli.Main lint two words\n"),
                result.text());
        }
    }
}
