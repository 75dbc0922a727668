package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Verdict;
import dev.bluerig.trial.verdict.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/// The bring-up, and then `bluerig accept`, as typed: the packaged pair over real OpenSSH, real links and the switches of both DPUs, on
/// this machine's own kernel.
///
/// Where that kernel has TLS the pair's bytes are encrypted by it, and what is expected is SOFTWARE; it is found out by trying.
@NeedsNamespaceLab
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
final class AcceptInNamespaceLabTest extends BringUpInNamespaceLab {
    private static final List<String> HOSTS = List.of("host-a", "host-b");
    private static final String CACHE = "/var/cache/bluerig";
    private static final String CAUSE = "kernel has no TLS (TCP_ULP: ENOENT)";
    private static final String PAYLOAD = "orchestrator/ktls/target/pair";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);

    private static Path project;

    @BeforeAll
    static void up() throws Exception {
        BuiltAgent.payload("AcceptInNamespaceLabTest");
        project = project(BuiltAgent.directory());
        var lab = new LabCommands(directory, project);
        lab.up();
        desk = lab;
    }

    /// What is shipped, and playbooks of the user's own.
    private static Path project(Path payload) throws Exception {
        Path project = directory.resolve("project");
        for (String kind : List.of("playbooks", "templates")) {
            Files.createDirectories(project.resolve(kind));
            try (Stream<Path> files = Files.list(CommandLineHarness.repository().resolve(kind))) {
                for (Path file : files.toList()) Files.copy(file, project.resolve(kind).resolve(file.getFileName()));
            }
        }
        Path built = project.resolve(PAYLOAD);
        Files.createDirectories(built.getParent());
        Files.createSymbolicLink(built, payload);
        return project;
    }

    @AfterAll
    static void payloadIsNotOurs() throws Exception {
        if (project != null) Files.delete(project.resolve(PAYLOAD));
    }

    private static LabCommands.Result accept(String playbook, String text, String... more) throws Exception {
        Files.writeString(project.resolve("playbooks/" + playbook + ".yaml"), text);
        var words = new ArrayList<>(List.of("accept", playbook));
        words.addAll(List.of(more));
        return desk.run(words.toArray(String[]::new));
    }

    /// `expect`: empty to measure alone.
    private static String trial(String ports, String load, String expect, String more) {
        return "- trial: " + ports + "\n  ports: " + ports + "\n  load: {direction: both, connections: 3, " + load + "}\n"
            + (expect.isEmpty() ? "" : "  expect: {" + expect + "}\n") + more;
    }

    private static String small(String ports, String expect, String more) {
        return trial(ports, "bytes: 3MiB", expect, more);
    }

    /// What is in the cache, by inode: a second delivery would make others.
    private static List<String> cached() throws Exception {
        var found = new ArrayList<String>();
        for (String host : HOSTS)
            found.add(desk.in(host, "find", CACHE, "-mindepth", "1", "-maxdepth", "2", "-name", "pair-*", "-printf", "%i %p\\n"));
        return found;
    }

    private static void assertNothingRuns() throws Exception {
        for (String host : HOSTS) {
            var alive = desk.inside(host).run("pgrep", "-af", "bluerig-pair.jar");
            assertEquals(1, alive.status(), host + ": " + alive.output());
            assertEquals("", desk.in(host, "find", CACHE + "/runs", "-mindepth", "1"), host);
        }
    }

    private static String modules(String host) throws Exception {
        return desk.in(host, "cat", "/var/lib/lab/modules");
    }

    /// By the pair itself, which asks the kernel.
    private static boolean kernelHasTls() throws Exception {
        Files.writeString(project.resolve("playbooks/ask.yaml"), small("each", "", ""));
        var result = desk.run("accept", "ask");
        assertEquals(0, result.exit(), result.all());
        boolean has = !result.has(CAUSE);
        if (has)
            System.err.println("AcceptInNamespaceLabTest: this machine's kernel has TLS, so SOFTWARE is expected where it would be"
                + " USER_SPACE");
        return has;
    }

    @Test
    @Order(11)
    void hardware_is_refused_before_anything_is_brought() throws Exception {
        for (String host : HOSTS) desk.in(host, "modprobe", "-r", "tls");
        var result = accept("hardware", small("each", "tx: hardware, rx: hardware", ""));
        assertEquals(1, result.exit(), result.all());
        assertLines(result, "TRIAL_NOT_READY", "host-a: module tls: expected loaded, found not loaded",
            "next: bluerig apply; or on host-a: modprobe", "trials: 1 failed");
        for (String host : HOSTS) assertFalse(desk.inside(host).run("ls", "-d", CACHE).status() == 0, host + " has been brought something");
    }

    @Test
    @Order(12)
    void where_encryption_happens_is_said_with_its_cause() throws Exception {
        boolean tls = kernelHasTls();
        var before = cached();
        assertTrue(before.stream().allMatch(lines -> lines.lines().count() == 1), before.toString());
        String expected = tls ? "software" : "user-space";
        var result = accept("user", small("each", "tx: " + expected + ", rx: " + expected, "")
            + small("together", "tx: " + expected + ", rx: " + expected, ""));
        assertEquals(0, result.exit(), result.all());
        var trials = desk.report().run().trials();
        assertEquals(List.of("each", "together"), trials.stream().map(TrialResult::trial).toList());
        for (Cell cell : trials.stream().flatMap(trial -> trial.cells().stream()).toList()) {
            assertEquals(4, cell.verdicts().size(), result.all());
            for (Verdict verdict : cell.verdicts())
                assertEquals(tls ? TlsPlacement.SOFTWARE : TlsPlacement.USER_SPACE, verdict.ruling(), verdict.toString());
            assertEquals(2 * (3L << 20), cell.on().orElseThrow().bytes());
        }
        assertEquals(4, trials.stream().mapToInt(trial -> trial.cells().size()).sum());
        if (!tls) {
            assertLines(result, "tx and rx of host-a and host-b: user space, because", CAUSE, "TLS_MODULE_NOT_LOADED on host-a",
                "fix: modprobe tls", "trials: 2 accepted");
            for (String page : List.of("report.md", "report.html", "report.json"))
                assertTrue(Files.readString(desk.last().resolve(page)).contains("TLS_MODULE_NOT_LOADED"), page);
        }
        assertEquals(before, cached(), "the second time nothing is brought");
        assertNothingRuns();
    }

    @Test
    @Order(13)
    void hardware_that_is_none_is_not_accepted() throws Exception {
        for (String host : HOSTS) desk.in(host, "modprobe", "tls");
        assertTrue(modules("host-a").contains("tls "), modules("host-a"));
        var result = accept("hardware", small("together", "tx: hardware, rx: hardware", ""));
        assertEquals(1, result.exit(), result.all());
        for (String half : List.of("tx", "rx"))
            for (String host : HOSTS) assertLines(result, half + " of " + host + ": expected hardware, found ");
        assertTrue(desk.report().run().trials().stream().flatMap(trial -> trial.cells().stream()).flatMap(cell -> cell.verdicts().stream())
            .noneMatch(verdict -> verdict.ruling() == TlsPlacement.HARDWARE), result.all());
        assertNothingRuns();
    }

    /// A program of somebody else that listens on the tested addresses of `host-a`.
    private static List<Process> listeners(String port) throws Exception {
        var all = new ArrayList<Process>();
        for (String address : List.of("192.0.2.1", "192.0.2.5")) {
            all.add(new ProcessBuilder("nsenter", "--target", String.valueOf(desk.holder("host-a")), "--net", "busybox", "httpd", "-f",
                "-p", address + ":" + port, "-h", directory.toString())
                .redirectErrorStream(true).redirectOutput(directory.resolve("listener-" + address + "-" + port).toFile()).start());
            Process last = all.getLast();
            until("somebody listens on " + address + ":" + port, () -> {
                assertTrue(last.isAlive(), "the listener ended");
                return desk.in("host-a", "ss", "-Hltn", "sport", "=", ":" + port).contains(address + ":" + port);
            });
        }
        return all;
    }

    private static void end(List<Process> programs) throws Exception {
        for (Process program : programs) {
            program.destroyForcibly();
            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
        }
    }

    @Test
    @Order(14)
    void ports_that_are_taken() throws Exception {
        var first = listeners("47300");
        try {
            var next = accept("ports", small("each", "", "  listen: 47300-47301\n"));
            assertEquals(0, next.exit(), next.all());
            var second = listeners("47301");
            try {
                var none = accept("ports", small("each", "", "  listen: 47300-47301\n"));
                assertEquals(1, none.exit(), none.all());
                assertLines(none, "PORT_IN_USE: No port of the range is free on the server.",
                    "next: ss -tlnp; choose other `listen` ports");
            } finally {
                end(second);
            }
        } finally {
            end(first);
        }
        assertNothingRuns();
    }

    private interface Seen {
        boolean get() throws Exception;
    }

    private static void until(String what, Seen seen) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!seen.get()) {
            assertTrue(System.nanoTime() < end, "not within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s: " + what);
            Thread.sleep(50);
        }
    }

    private static Predicate<String> flag(String state) {
        return said -> said.contains("tls-hw-tx-offload: " + state) && said.contains("tls-hw-rx-offload: " + state);
    }

    private static boolean flags(String host, Predicate<String> wanted) throws Exception {
        return wanted.test(desk.in(host, "ethtool", "-k", "ens5f0np0"));
    }

    /// SIGKILL while the flags are off: the agents hear the end of their stdin, and put the flags back.
    @Test
    @Order(15)
    void a_killed_controller_leaves_nothing_behind() throws Exception {
        Files.writeString(project.resolve("playbooks/long.yaml"), trial("together", "seconds: 20", "", "  flip: true\n"));
        for (String host : HOSTS) assertTrue(flags(host, flag("on")), host);
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dbluerig.home=" + project,
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "dev.bluerig.cli.Main", "accept",
            "long"));
        words.addAll(desk.arguments());
        Path said = directory.resolve("killed.txt");
        Process bluerig = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(said.toFile())
            .start();
        try {
            until("the flags are off and the pair runs", () -> {
                assertTrue(bluerig.isAlive(), () -> "it ended: " + read(said));
                for (String host : HOSTS)
                    if (!flags(host, flag("off")) || desk.inside(host).run("pgrep", "-f", "bluerig-pair.jar").status() != 0) return false;
                return true;
            });
        } finally {
            bluerig.destroyForcibly();
        }
        assertEquals(137, bluerig.waitFor(), () -> read(said));
        until("the pair ended itself", () -> {
            for (String host : HOSTS)
                if (desk.inside(host).run("pgrep", "-f", "bluerig-pair.jar").status() == 0
                    || !desk.in(host, "find", CACHE + "/runs", "-mindepth", "1").isEmpty()) return false;
            return true;
        });
        for (String host : HOSTS) assertTrue(flags(host, flag("on")), host + " has its flags back");
        var next = accept("after", small("together", "", ""));
        assertEquals(0, next.exit(), next.all());
        assertNothingRuns();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    @Order(16)
    void a_cache_that_will_not_do() throws Exception {
        Path inventory = directory.resolve("lab/inventory.yaml");
        String text = Files.readString(inventory);
        desk.in("host-a", "mkdir", "-p", "/srv/full", "/srv/noexec");
        desk.in("host-a", "mount", "-t", "tmpfs", "-o", "size=50m,mode=755", "none", "/srv/full");
        desk.in("host-a", "mount", "-t", "tmpfs", "-o", "noexec,mode=755", "none", "/srv/noexec");
        try {
            for (String kind : List.of("full", "noexec")) {
                Files.writeString(inventory, text.replace("proof_bytes: 4MiB", "proof_bytes: 4MiB, pair_cache: /srv/" + kind + "/bluerig"));
                var result = accept("cache", small("each", "", ""));
                assertEquals(1, result.exit(), result.all());
                assertLines(result, kind.equals("full") ? "CACHE_FULL" : "CACHE_NOEXEC", "host-a: ", "/srv/" + kind, "pair_cache");
                assertEquals("", desk.in("host-a", "find", "/srv/" + kind + "/bluerig", "-mindepth", "1"), kind);
            }
        } finally {
            Files.writeString(inventory, text);
        }
    }

    @Test
    @Order(17)
    void purge_removes_the_cache() throws Exception {
        var result = accept("purge", small("together", "", ""), "--purge");
        assertEquals(0, result.exit(), result.all());
        for (String host : HOSTS)
            assertFalse(desk.inside(host).run("ls", "-d", CACHE).status() == 0, host + ": " + desk.inside(host).run("ls", "-lR", CACHE)
                .output());
    }

    @Test
    @Order(18)
    void the_cable_shows_records_and_the_payload_nowhere() throws Exception {
        String expected = kernelHasTls() ? "software" : "user-space";
        for (String ports : List.of("each", "together")) {
            var result = accept("wire", small(ports, "tx: " + expected + ", rx: " + expected, "  wire: true\n"));
            assertEquals(0, result.exit(), result.all());
            for (Cell cell : desk.report().run().trials().getFirst().cells()) for (Verdict verdict : cell.verdicts()) {
                var wire = verdict.testimonies().stream().filter(testimony -> testimony.witness() == Witness.WIRE).findFirst()
                    .orElseThrow();
                assertEquals(Testimony.Statement.HARDWARE, wire.says(), wire.toString());
            }
        }
        for (String dpu : List.of("dpu-a", "dpu-b")) {
            assertEquals(1, desk.inside(dpu).run("pgrep", "-x", "tcpdump").status(), dpu + ": tcpdump runs on");
            assertEquals("", desk.inside(dpu).run("find", "/run/bluerig", "-type", "f").status() == 0
                ? desk.in(dpu, "find", "/run/bluerig", "-type", "f") : "", dpu);
        }
    }
}
