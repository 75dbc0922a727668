package dev.bluerig.trial.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.LocalMachine;
import dev.bluerig.cases.TinyAgentPackage;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Bringing a payload to this very machine, into a cache of the test.
@Isolated("writes programs and runs them: a child of another test that is being started may hold them open, ETXTBSY of execve(2)")
class AgentCacheTest {
    @TempDir
    Path home;

    private Path payload;
    private Path cache;
    private LocalMachine machine;

    @BeforeEach
    void prepare() throws Exception {
        payload = TinyAgentPackage.in(Files.createDirectory(home.resolve("payload")), TinyAgentPackage.here());
        cache = home.toRealPath().resolve("cache");
        machine = new LocalMachine(Files.createDirectory(home.resolve("scratch")), Map.of());
    }

    private AgentCacheOptions options() {
        return AgentCacheOptions.cache(cache.toString());
    }

    private InstalledAgent install(Session session, AgentCacheOptions options) throws Exception {
        return new AgentCache(AgentPackage.in(payload)).install("host-a", session, options);
    }

    private DeploymentFailed refused(DeployCode code, AgentCacheOptions options, String... fragments) {
        DeploymentFailed refused = assertThrows(DeploymentFailed.class, () -> install(machine, options));
        assertEquals(code.name(), refused.failure().code().name(), refused.getMessage());
        for (String fragment : fragments) assertTrue(refused.getMessage().contains(fragment), refused.getMessage());
        return refused;
    }

    private List<String> names(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void is_brought_once_and_found_in_one_exchange() throws Exception {
        InstalledAgent first = install(machine, options());
        assertTrue(first.uploaded());
        assertEquals(2, machine.uploads());
        assertEquals(3, machine.traffic().roundTrips());
        String directory = cache + "/" + names(cache).getFirst();
        assertEquals(List.of(directory + "/bin/java", "-XX:+UseSerialGC", "-Xss512k", "-Xmx512m", "-jar", directory + "/bluerig-pair.jar"),
            first.program());
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(directory))));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(directory, "bluerig-pair.jar"))));
        assertEquals(1, names(cache).size(), "nothing else is left");
        InstalledAgent second = install(machine, options());
        assertFalse(second.uploaded());
        assertEquals(first.program(), second.program());
        assertEquals(2, machine.uploads());
        assertEquals(4, machine.traffic().roundTrips());
    }

    @Test
    void another_content_stands_beside() throws Exception {
        install(machine, options());
        Files.writeString(payload.resolve("bluerig-pair.jar"), "newer\n");
        assertTrue(install(machine, options()).uploaded());
        assertEquals(2, names(cache).size());
    }

    @Test
    void what_was_damaged_on_the_machine_is_brought_again() throws Exception {
        InstalledAgent first = install(machine, options());
        Files.writeString(Path.of(first.program().getLast()), "flipped", StandardOpenOption.APPEND);
        assertTrue(install(machine, options()).uploaded());
        assertFalse(install(machine, options()).uploaded());
        Files.delete(Path.of(first.program().getFirst()));
        assertTrue(install(machine, options()).uploaded());
        assertEquals(1, names(cache).size());
    }

    /// A machine on which the file that arrives is not the one that was sent.
    private final class Damaging extends LocalMachine {
        Damaging() {
            super(home.resolve("scratch"), Map.of());
        }

        @Override
        public void upload(Path file, String target, String mode) throws Unreachable {
            super.upload(file, target, mode);
            try {
                Files.writeString(Path.of(target), "x", StandardOpenOption.APPEND);
            } catch (java.io.IOException failed) {
                throw new AssertionError(failed);
            }
        }
    }

    @Test
    void what_arrives_damaged_is_not_unpacked() throws Exception {
        DeploymentFailed refused = assertThrows(DeploymentFailed.class, () -> install(new Damaging(), options()));
        assertEquals("PAYLOAD_DAMAGED", refused.failure().code().name());
        assertTrue(refused.getMessage().contains("FAILED"), refused.getMessage());
        assertEquals(List.of(), names(cache));
    }

    @Test
    void a_runtime_that_does_not_run() throws Exception {
        TinyAgentPackage.in(payload, TinyAgentPackage.here(), "#!/bin/sh\necho 'version `GLIBC_2.99 not found' >&2; exit 1\n");
        refused(DeployCode.PAYLOAD_DAMAGED, options(), "GLIBC_2.99 not found");
        assertEquals(List.of(), names(cache));
    }

    @Test
    void two_at_once_do_not_harm_each_other() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var installs =
                Stream.generate(() -> executor.submit(() -> install(new LocalMachine(home.resolve("scratch"), Map.of()), options())))
                .limit(4).toList();
            for (var install : installs) assertEquals(installs.getFirst().get().program(), install.get().program());
        }
        assertEquals(1, names(cache).size());
        assertFalse(install(machine, options()).uploaded());
    }

    @Test
    void a_cache_that_others_can_change_is_refused() throws Exception {
        Files.createDirectories(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        refused(DeployCode.CACHE_UNWRITABLE, options(), cache + " may be written by anybody (mode 777)");
        Path open = Files.createDirectory(home.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        refused(DeployCode.CACHE_UNWRITABLE, AgentCacheOptions.cache(home.toRealPath() + "/open/below"), "open may be written by anybody");
        Files.createSymbolicLink(home.resolve("link"), open);
        refused(DeployCode.CACHE_UNWRITABLE, AgentCacheOptions.cache(home.resolve("link") + "/below"), "open may be written by anybody");
    }

    @Test
    void a_place_that_is_no_directory() throws Exception {
        Files.writeString(cache, "a file");
        refused(DeployCode.CACHE_UNWRITABLE, options(), "mkdir -p " + cache);
        refused(DeployCode.CACHE_UNWRITABLE, AgentCacheOptions.cache("/proc/bluerig"), "mkdir -p /proc/bluerig");
    }

    private Path java(String name, String version) throws Exception {
        Path java = Files.createDirectories(home.resolve(name).resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java;
    }

    @Test
    void flags_of_the_machine_come_after_ours() throws Exception {
        var words =
            install(machine, new AgentCacheOptions(Optional.of(cache.toString()), Optional.empty(),
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"))).program();
        assertEquals(List.of("-Xmx512m", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar"), words.subList(3, 7));
    }

    @Test
    void a_declared_java_is_used_and_checked() throws Exception {
        for (String declared : List.of(java("own", "22.0.2").toString(), home.resolve("own").toString())) {
            InstalledAgent installed = install(machine,
                new AgentCacheOptions(Optional.of(cache.toString()), Optional.of(declared), List.of()));
            assertEquals(home.resolve("own/bin/java").toString(), installed.program().getFirst());
            assertTrue(installed.program().getLast().startsWith(cache.toString()));
        }
        assertEquals(1, machine.uploads(), "the agent alone, once");
        refused(DeployCode.NO_JAVA, new AgentCacheOptions(Optional.of(cache.toString()), Optional.of(java("old", "1.8.0_402").toString()),
            List.of()), "Java 22 or later", "(8)", "`pair_java`");
        refused(DeployCode.NO_JAVA, new AgentCacheOptions(Optional.of(cache.toString()), Optional.of("/no/such/java"), List.of()),
            "found none");
    }

    @Test
    void another_architecture_needs_a_java_of_the_machine() throws Exception {
        Files.move(payload.resolve("runtime-" + TinyAgentPackage.here() + ".tar.gz"), payload.resolve("runtime-other.tar.gz"));
        Path path = java("path", "21.0.1").getParent();
        java("path", "24");
        var here = new LocalMachine(home.resolve("scratch"), Map.of());
        // whatever Java this machine has: it is used when it serves, and named when it does not
        try {
            InstalledAgent installed = install(here, options());
            assertEquals("-jar", installed.program().get(4));
        } catch (DeploymentFailed none) {
            assertEquals("NO_JAVA", none.failure().code().name());
            assertTrue(none.getMessage().contains("runtimes are shipped for [other]"), none.getMessage());
        }
        assertTrue(Files.exists(path));
    }

    @Test
    void a_missing_payload_names_the_build() {
        DeploymentFailed missing = assertThrows(DeploymentFailed.class, () -> AgentPackage.in(home.resolve("nowhere")));
        assertEquals("PAYLOAD_MISSING", missing.failure().code().name());
        assertTrue(missing.failure().next().contains("./mvnw"), missing.failure().next());
    }

    @Test
    void purge_removes_only_what_is_ours() throws Exception {
        install(machine, options());
        Files.createDirectories(cache.resolve("runs"));
        Files.createDirectories(cache.resolve(".fresh-0123456789abcdef/tree"));
        Files.createDirectories(cache.resolve("pair-of-shoes"));
        Files.writeString(cache.resolve("letter"), "mine");
        List<String> removed = AgentCache.purge(machine, options());
        assertEquals(2, removed.size(), removed.toString());
        assertEquals(List.of("letter", "pair-of-shoes"), names(cache));
        Files.delete(cache.resolve("letter"));
        Files.delete(cache.resolve("pair-of-shoes"));
        assertEquals(List.of(cache.toString()), AgentCache.purge(machine, options()));
        assertFalse(Files.exists(cache));
        assertEquals(List.of(), AgentCache.purge(machine, options()));
    }

    private Path leave(String run, long pid, String restore) throws Exception {
        Path directory = Files.createDirectories(cache.resolve("runs").resolve(run));
        Files.writeString(directory.resolve("lease.json"), "{\"pid\":" + pid + ",\"deadline\":5,\"restore\":" + restore + ",\"later\":1}");
        return directory;
    }

    @Test
    void leftovers_of_killed_programs_are_put_back() throws Exception {
        Path done = home.resolve("done");
        // no process has number 0
        Path good = leave("good", 0, "[[\"touch\",\"" + done + "\"]]");
        Path bad = leave("bad", 0, "[[\"touch\",\"/no/such/place\"],[\"touch\",\"" + done + "2\"]]");
        Path strange = leave("strange", 0, "[[\"exit\"]]");
        List<AgentCache.Leftover> found = AgentCache.leftovers(machine, options());
        assertEquals(List.of("bad", "good", "strange"),
            found.stream().map(leftover -> leftover.directory().substring(leftover.directory().lastIndexOf('/') + 1)).toList());
        assertEquals(List.of("touch " + done), found.get(1).restored());
        assertTrue(Files.exists(done) && !Files.exists(good));
        assertTrue(found.get(0).failed().getFirst().contains("/no/such/place"), found.toString());
        assertTrue(Files.exists(home.resolve("done2")) && Files.exists(bad), "the rest is tried, and the lease stays");
        assertTrue(found.get(2).failed().getFirst().contains("builtin"), found.toString());
        assertTrue(Files.exists(strange));
        assertTrue(AgentCache.purge(machine, options()).getFirst().startsWith("kept " + cache));
    }

    @Test
    void a_lease_that_cannot_be_read_is_told_and_stays() throws Exception {
        Path torn = leave("torn", 0, "[[\"touch\",");
        AgentCache.Leftover found = AgentCache.leftovers(machine, options()).getFirst();
        assertEquals(List.of(), found.restored());
        assertTrue(found.failed().getFirst().startsWith("its lease cannot be read: " + torn.toRealPath() + "/lease.json: wanted "),
            found.toString());
        assertTrue(Files.exists(torn));
    }

    @Test
    void a_run_whose_program_lives_is_left_alone() throws Exception {
        Process program = new ProcessBuilder("sh", "-c", "sleep 60; exit", "bluerig-pair.jar").start();
        Path directory = leave("alive", program.pid(), "[[\"false\"]]");
        assertEquals(List.of(), AgentCache.leftovers(machine, options()));
        assertTrue(Files.exists(directory));
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly().waitFor();
        assertEquals(1, AgentCache.leftovers(machine, options()).size());
    }
}
