package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Skip;
import dev.bluerig.protocol.JsonValue;
import dev.bluerig.protocol.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar and the runtime as a host gets them, run after the phase `package`.
final class PackagedTest {
    private static final Path PAIR = Path.of("target", "pair");

    @TempDir
    static Path runtime;

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void unpack() throws Exception {
        Path archive;
        try (Stream<Path> files = Files.list(PAIR)) {
            List<Path> archives = files.filter(file -> file.getFileName().toString().matches("runtime-.*\\.tar\\.gz")).toList();
            Skip.unless(!archives.isEmpty(), "PackagedTest: no runtime was made on this system");
            archive = archives.getFirst();
        }
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", runtime.toString()).inheritIO().start();
        assertEquals(0, tar.waitFor());
    }

    @AfterAll
    static void nothingIsLeft() {
        String java = runtime.resolve("bin/java").toString();
        assertEquals(List.of(), ProcessHandle.allProcesses().filter(process -> process.info().command().filter(java::equals).isPresent())
            .toList());
    }

    @AfterEach
    void everyProcessEnds() throws InterruptedException {
        for (Process process : processes) {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly().waitFor();
            assertTrue(ended, "a process did not end by itself");
        }
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(runtime.resolve("bin/java").toString(), "-XX:+UseSerialGC", "-Xss512k", "-Xmx512m", "-jar",
            PAIR.resolve("bluerig-pair.jar").toString())
            .redirectError(directory.resolve("stderr").toFile()).start();
        processes.add(process);
        return process;
    }

    private TwoAgents duo() throws IOException {
        return new TwoAgents(AgentTalk.process(start()), AgentTalk.process(start()), directory);
    }

    private JsonValue.Fields restoring(JsonValue.Fields settings, String name) {
        return settings.with("bytes", 0).with("seconds", 600).with("connections", 4)
            .with("restore", SampleSettings.restore(List.of("touch", directory.resolve(name).toString())));
    }

    /// Both, in the middle of a long day.
    private TwoAgents flowing() throws Exception {
        TwoAgents duo = duo().ready(settings -> restoring(settings, "server-restored"), settings -> restoring(settings, "client-restored"))
            .go();
        duo.server().await("progress");
        duo.client().await("progress");
        return duo;
    }

    private void gone(Path run, String restored) {
        assertFalse(Files.exists(run), run + " is left");
        assertTrue(Files.exists(directory.resolve(restored)), "`restore` did not run");
    }

    private String complaints() throws IOException {
        return Files.readString(directory.resolve("stderr"));
    }

    private static String failure(AgentTalk talk) throws Exception {
        JsonValue.Fields event = talk.next();
        while (!AgentTalk.text(event, "event").equals("failed")) event = talk.next();
        return AgentTalk.text(event, "code");
    }

    @Test
    void a_good_day() throws Exception {
        try (TwoAgents duo = duo()) {
            duo.ready(settings -> restoring(settings, "restored").with("bytes", 3_000_000).with("seconds", 0)).go().exchanged();
            duo.server().say("{\"command\":\"state\"}").await("state");
            TwoAgents.Results results = duo.finished();
            assertEquals(3_000_000, AgentTalk.whole(AgentTalk.fields(results.server(), "received"), "checked"));
            assertEquals(0, duo.server().code());
            assertEquals(0, duo.client().code());
        }
        gone(directory.resolve("server"), "restored");
        gone(directory.resolve("client"), "restored");
        assertEquals("", complaints());
    }

    @Test
    void a_thousand_connections() throws Exception {
        try (TwoAgents duo = duo()) {
            TwoAgents.Results results = duo.ready(settings -> settings.with("connections", 1000).with("bytes", 20_000_000)
                .with("version", "1.3")
                .with("silence", 120)).go().exchanged().finished();
            for (JsonValue.Fields result : List.of(results.server(), results.client())) {
                assertEquals(20_000_000, AgentTalk.whole(AgentTalk.fields(result, "received"), "checked"));
                assertEquals(1000, AgentTalk.whole(AgentTalk.fields(result, "usage"), "handshakes"));
            }
            assertEquals(AgentTalk.text(AgentTalk.fields(results.server(), "sent"), "digest"),
                AgentTalk.text(AgentTalk.fields(results.client(), "received"), "digest"));
        }
        assertEquals("", complaints());
    }

    @Test
    void stdin_ends() throws Exception {
        TwoAgents duo = flowing();
        duo.client().hangUp();
        assertEquals(2, duo.client().code());
        gone(duo.clientDirectory(), "client-restored");
        assertEquals("PEER_STOPPED", failure(duo.server()));
        assertEquals(1, duo.server().code());
        gone(duo.serverDirectory(), "server-restored");
    }

    @Test
    void sigterm() throws Exception {
        TwoAgents duo = flowing();
        processes.getFirst().destroy();
        assertEquals(143, duo.server().code());
        gone(duo.serverDirectory(), "server-restored");
        assertEquals("PEER_STOPPED", failure(duo.client()));
        assertEquals(1, duo.client().code());
        gone(duo.clientDirectory(), "client-restored");
    }

    @Test
    void sigkill_of_the_peer() throws Exception {
        TwoAgents duo = flowing();
        processes.getFirst().destroyForcibly();
        assertEquals(137, duo.server().code());
        assertEquals("PEER_STOPPED", failure(duo.client()));
        assertEquals(1, duo.client().code());
        gone(duo.clientDirectory(), "client-restored");
        Lease lease = Lease.read("server", Files.readString(duo.serverDirectory().resolve(Lease.FILE)));
        assertEquals(processes.getFirst().pid(), lease.pid());
        assertFalse(lease.over(Instant.now()));
        assertEquals(List.of(List.of("touch", directory.resolve("server-restored").toString())), lease.restore());
    }

    @Test
    void the_lease_is_over() throws Exception {
        TwoAgents duo = duo().ready(settings -> restoring(settings, "server-restored").with("lease", 2),
            settings -> restoring(settings, "client-restored"))
            .go();
        assertEquals("LEASE_OVER", failure(duo.server()));
        assertEquals(1, duo.server().code());
        gone(duo.serverDirectory(), "server-restored");
        assertEquals("PEER_STOPPED", failure(duo.client()));
        assertEquals(1, duo.client().code());
        gone(duo.clientDirectory(), "client-restored");
    }

    @Test
    void a_restore_that_fails_is_told_and_the_rest_is_done() throws Exception {
        Path run = Files.createDirectory(directory.resolve("server"));
        AgentTalk talk = AgentTalk.process(start());
        talk.await("hello");
        JsonValue restore =
            new JsonValue.Items(List.of(JsonValue.words(List.of("ls", "/no/such/file")),
            JsonValue.words(List.of("touch", directory.resolve("restored").toString()))));
        talk.say(SampleSettings.server(run.toString()).with("restore", restore)).await("ready");
        talk.hangUp();
        assertEquals(2, talk.code());
        gone(run, "restored");
        assertTrue(complaints().contains("could not restore by `ls /no/such/file`: exit 2"), complaints());
    }

    @Test
    void the_jar_is_unsigned_and_has_its_license() throws IOException {
        try (JarFile jar = new JarFile(PAIR.resolve("bluerig-pair.jar").toFile())) {
            assertEquals("ALL-UNNAMED", jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"));
            assertEquals("dev.bluerig.ktls.launch.AgentMain", jar.getManifest().getMainAttributes().getValue("Main-Class"));
            assertEquals(List.of(), jar.stream().map(entry -> entry.getName())
                .filter(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)")).toList());
            assertTrue(jar.stream().anyMatch(entry -> entry.getName().equals("META-INF/licenses/bouncycastle.txt")));
        }
    }
}
