package dev.bluerig.trial.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.ScriptedLive;
import dev.bluerig.fact.Reading;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Json;
import dev.bluerig.source.Tree;
import dev.bluerig.trial.deploy.InstalledAgent;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.PortRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every order of events between two programs that play scripts.
class AgentPairTest {
    private static final String PIN = "ab".repeat(32);
    private static final String CLIENT_PIN = "cd".repeat(32);
    private static final String HELLO = "{\"event\":\"hello\",\"pair\":\"1\",\"java\":\"25\",\"arch\":\"amd64\",\"pid\":7,"
        + "\"later\":{\"more\":[1]}}";
    private static final String CONNECTED = "{\"event\":\"connected\",\"connection\":0,\"version\":\"1.2\",\"cipher\":\"aes-128-gcm\","
        + "\"local\":\"192.0.2.1:47000\",\"peer\":\"192.0.2.2:50000\",\"transmit\":\"user-space\",\"receive\":\"user-space\","
        + "\"reason\":\"kernel has no TLS (TCP_ULP: ENOENT)\"}";
    private static final String EXCHANGED = "{\"event\":\"exchanged\"}";

    private static String state(String when, String transmit, String reason) {
        return "{\"event\":\"state\",\"when\":\"" + when + "\",\"connections\":[{\"connection\":0,\"transmit\":\"" + transmit
            + "\",\"receive\":\"sw\",\"reason\":\"" + reason + "\",\"version\":\"1.2\",\"cipher\":\"aes-128-gcm\","
            + "\"transmitted\":5,\"received\":-1}]}";
    }

    private static String progress(int seconds, long sent, long received) {
        return "{\"event\":\"progress\",\"seconds\":" + seconds + ".0,\"sent\":" + sent + ",\"received\":" + received + "}";
    }

    private static String result(long sent, String sentDigest, long received, String receivedDigest) {
        return "{\"event\":\"result\",\"sent\":" + flow(sent, sentDigest) + ",\"received\":" + flow(received, receivedDigest)
            + ",\"usage\":{\"user\":1.5,\"system\":0.25,\"machine\":2.0,\"cores\":[0.5,1.0],\"voluntary\":10,"
            + "\"involuntary\":2,\"handshakes\":1,\"retransmits\":-1},\"dropped\":0}";
    }

    private static String flow(long bytes, String digest) {
        return "{\"bytes\":" + bytes + ",\"records\":3,\"seconds\":2.0,\"per_second\":[1," + (bytes - 1)
            + "],\"checked\":" + bytes + ",\"intact\":true,\"digest\":\"" + digest + "\"}";
    }

    private static String failed(String code) {
        return "{\"event\":\"failed\",\"code\":\"" + code + "\",\"errno\":\"\",\"message\":\"said " + code + "\"}";
    }

    private final ScriptedLive server = new ScriptedLive();
    private final ScriptedLive client = new ScriptedLive();
    private final List<Command> serverRan = new ArrayList<>();
    private final List<Command> clientRan = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private AgentPairSettings settings = settings(Duration.ofSeconds(10), Duration.ofSeconds(30));

    private static AgentPairSettings settings(Duration patience, Duration lease) {
        var load = new Load(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, LoadSettings.Direction.BOTH, 1, Optional.of(new ByteCount("1MiB")),
            Optional.empty(), new ByteCount("128KiB"), LoadSettings.Verify.EVERY_BYTE, LoadSettings.Mode.STREAM, LoadSettings.Source.SEND,
            new Cores("all"), TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.USER_SPACE);
        return new AgentPairSettings(load, new PortRange("47000-47099"), CertificateKind.ECDSA, -5, lease, patience);
    }

    private static AgentEndpoint endpoint(String name, String address, ScriptedLive live, List<Command> ran) {
        var machine = new FakeMachine(command -> {
            ran.add(command);
            return new Reply.Ran(0, "", "");
        }).program("java", live);
        var installed = new InstalledAgent(List.of("/cache/bin/java", "-jar", "pair.jar"), "/cache", false);
        return new AgentEndpoint(name, machine, installed, address, List.of(2, 3),
            List.of(Command.of("ethtool", "-K", "eth0", "tls-hw-tx-offload", "on")), "/cache/runs/r1-" + name);
    }

    private AgentPair start() throws AgentRunFailed {
        return AgentPair.start(endpoint("host-a", "192.0.2.1", server, serverRan), endpoint("host-b", "192.0.2.2", client, clientRan),
            settings, DriverTiming.by(clock));
    }

    private void meet() {
        String listening = "{\"event\":\"ready\",\"fingerprint\":\"" + PIN + "\",\"address\":\"192.0.2.1\",\"port\":47001}";
        String connecting = "{\"event\":\"ready\",\"fingerprint\":\"" + CLIENT_PIN + "\"}";
        server.says(HELLO).hears("\"role\":\"server\"").says(listening).hears(CLIENT_PIN).says("{\"event\":\"admitting\"}");
        client.says(HELLO).hears("\"role\":\"client\"").says(connecting).hears("\"go\"");
    }

    private void exchange() {
        meet();
        for (ScriptedLive live : List.of(server, client))
            live.says(CONNECTED, state("opened", "hw", ""), "{\"event\":\"brand-new\",\"x\":1}", progress(1, 10, 20),
                progress(2, 30, 40), EXCHANGED);
    }

    private static void finish(ScriptedLive live, String result) {
        live.hears("\"close\"").says(state("closing", "unknown", "sock_diag: EPERM"), result).ends(0, "");
    }

    @Test
    void a_run_in_which_all_goes_well() throws Exception {
        exchange();
        for (ScriptedLive live : List.of(server, client)) live.hears("\"state\"").says(state("asked", "hw-record", ""));
        finish(server, result(100, "s", 200, "c"));
        finish(client, result(200, "c", 100, "s"));
        var seen = new ArrayList<AgentPair.Progress>();
        try (AgentPair pair = start()) {
            pair.transfer(seen::add);
            AgentPair.States states = pair.state();
            assertEquals(List.of(new ConnectionSample(0, AgentEvent.When.ASKED, Reading.known(TlsConf.CARD_RECORD),
                Reading.known(TlsConf.KERNEL), "1.2", "aes-128-gcm", 5, -1)), states.client());
            AgentPair.Reports reports = pair.end();
            AgentReport report = reports.of(Role.SERVER);
            assertEquals(Role.SERVER, report.role());
            assertEquals(new TransferTotals(100, 3, 2.0, List.of(1L, 99L), 100, true), report.sent());
            assertEquals(200, report.received().bytes());
            assertEquals(new CpuUsage(1.5, 0.25, 2.0, List.of(0.5, 1.0), 10, 2, 1, -1), report.usage());
            assertEquals("kernel has no TLS (TCP_ULP: ENOENT)", report.fallback());
            assertEquals(List.of(AgentEvent.When.OPENED, AgentEvent.When.ASKED, AgentEvent.When.CLOSING),
                report.samples().stream().map(ConnectionSample::when).toList());
            assertEquals(Reading.unknown("sock_diag: EPERM"), report.samples().get(2).transmit());
            assertEquals(Optional.empty(), report.failure());
            assertTrue(reports.client().received().intact());
        }
        assertFalse(seen.isEmpty());
        assertEquals(new AgentPair.Progress(2, 30, 40, 30, 40), seen.getLast());
        assertTrue(server.closed() && client.closed());
        assertEquals(List.of("mkdir -p /cache/runs", "mkdir -m 0700 /cache/runs/r1-host-a"),
            serverRan.stream().limit(2).map(Command::line).toList());
    }

    @Test
    void the_settings_are_those_of_the_protocol() throws Exception {
        meet();
        start().close();
        assertEquals("{\"role\":\"server\",\"address\":\"192.0.2.1\",\"ports\":[47000,47099],\"local\":\"\",\"pin\":\"\","
            + "\"version\":\"1.2\",\"cipher\":\"aes-128-gcm\",\"certificate\":\"ecdsa\",\"transmit\":\"kernel\",\"receive\":\"user-space\","
            + "\"connections\":1,\"bytes\":1048576,\"seconds\":0,\"write\":131072,\"source\":\"send\",\"direction\":\"both\","
            + "\"mode\":\"stream\",\"verify\":\"every-byte\",\"seed\":-5,\"cpus\":[2,3],"
            + "\"restore\":[[\"ethtool\",\"-K\",\"eth0\",\"tls-hw-tx-offload\",\"on\"]],\"directory\":\"/cache/runs/r1-host-a\","
            + "\"lease\":30,\"silence\":20}", server.told().getFirst());
        var told = (Tree.Mapping) Json.read("told", client.told().getFirst());
        assertEquals("192.0.2.1", ((Tree.Scalar) told.get("address").orElseThrow()).text());
        assertEquals("192.0.2.2", ((Tree.Scalar) told.get("local").orElseThrow()).text());
        assertEquals(PIN, ((Tree.Scalar) told.get("pin").orElseThrow()).text());
        assertEquals("[47001,47001]", Json.write(told.get("ports").orElseThrow()));
        assertEquals("{\"command\":\"peer\",\"pin\":\"" + CLIENT_PIN + "\",\"address\":\"192.0.2.2\"}", server.told().get(1));
    }

    @Test
    void the_lease_is_renewed_all_along() throws Exception {
        settings = settings(Duration.ofSeconds(10), Duration.ofSeconds(1));
        meet();
        try (AgentPair pair = start()) {
            assertEquals(List.of(), pair.complaints());
            long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while ((server.renewals() < 2 || client.renewals() < 2) && System.nanoTime() < until) {
                clock.passes(Duration.ofMillis(100));
                Thread.sleep(1);
            }
            assertTrue(server.renewals() >= 2 && client.renewals() >= 2);
        }
    }

    @Test
    void digests_that_differ_are_not_intact() throws Exception {
        exchange();
        finish(server, result(100, "s", 200, "c"));
        finish(client, result(200, "c", 100, "other"));
        try (AgentPair pair = start()) {
            pair.transfer(progress -> {});
            AgentPair.Reports reports = pair.end();
            assertTrue(reports.server().received().intact());
            assertFalse(reports.client().received().intact());
        }
    }

    @ParameterizedTest
    @CsvSource({"PEER_STOPPED,PIN_MISMATCH", "PEER_ALERT,PIN_MISMATCH", "PEER_STOPPED,DATA_DIFFERS", "PEER_STOPPED,PEER_ALERT",
        "CONNECT_REFUSED,OTHER", "LEASE_OVER,RECORD_CORRUPT"})
    void the_cause_is_told_from_its_consequence(String consequence, String cause) throws Exception {
        for (boolean swapped : List.of(false, true)) {
            var test = new AgentPairTest();
            test.meet();
            ScriptedLive first = swapped ? test.client : test.server;
            ScriptedLive second = swapped ? test.server : test.client;
            test.server.awaits(() -> test.client.heard("go"));
            first.says(failed(consequence)).ends(1, "");
            second.awaits(first::done).says(failed(cause)).ends(1, "");
            try (AgentPair pair = test.start()) {
                AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> pair.transfer(progress -> {}));
                assertEquals(cause, failed.failure().code().name());
                assertEquals(swapped ? "host-a" : "host-b", failed.machine());
                assertTrue(failed.failure().message().contains("said " + cause), failed.getMessage());
                assertEquals(1, failed.consequences().size());
                assertTrue(failed.consequences().getFirst().contains(consequence), failed.consequences().toString());
                assertEquals(consequence, (swapped ? pair.soFar().client() : pair.soFar().server()).failure().orElseThrow().code().name());
            }
        }
    }

    private AgentRunFailed fails() {
        AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> {
            try (AgentPair pair = start()) {
                pair.transfer(progress -> {});
                pair.end();
            }
        });
        assertTrue(server.closed(), "the server was ended");
        return failed;
    }

    private void fails(DriverCode code, String machine, String... fragments) {
        AgentRunFailed failed = fails();
        assertEquals(code.name(), failed.failure().code().name(), failed.getMessage());
        assertEquals(machine, failed.machine());
        for (String fragment : fragments) assertTrue(failed.getMessage().contains(fragment), failed.getMessage());
    }

    @Test
    void a_program_that_is_not_there() {
        server.ends(127, "sh: java: not found\n");
        client.says(HELLO);
        fails(DriverCode.PROGRAM_DIED, "host-a", "no such program", "sh: java: not found");
    }

    @Test
    void what_a_program_that_dies_without_a_word_has_left_is_put_back() {
        meet();
        server.says(CONNECTED);
        client.says(CONNECTED).gives(new RunningProgram.ProgramEvent.Ended(-1, ""));
        fails(DriverCode.PROGRAM_DIED, "host-b", "by a signal");
        assertEquals(List.of("ethtool -K eth0 tls-hw-tx-offload on", "rm -rf --one-file-system /cache/runs/r1-host-b"),
            clientRan.stream().skip(2).map(Command::line).toList());
        assertEquals(2, serverRan.size());
    }

    /// It never heard of its run directory, so it cannot remove it.
    @Test
    void what_a_program_that_was_never_told_its_settings_has_left_is_put_back() {
        server.says(HELLO).hears("role").says(failed("PORT_IN_USE")).ends(1, "");
        client.says(HELLO);
        AgentRunFailed failed = assertThrows(AgentRunFailed.class, this::start);
        assertEquals("PORT_IN_USE", failed.failure().code().name(), failed.getMessage());
        assertEquals(List.of("ethtool -K eth0 tls-hw-tx-offload on", "rm -rf --one-file-system /cache/runs/r1-host-b"),
            clientRan.stream().skip(2).map(Command::line).toList());
        assertEquals(2, serverRan.size());
    }

    /// The first line of a program is its settings, however long the other one takes to be ready: a renewal before would be refused.
    @Test
    void no_lease_is_renewed_before_there_is_one() {
        settings = settings(Duration.ofHours(10), Duration.ofSeconds(1));
        clock.runs(Duration.ofMillis(100));
        client.says(HELLO);
        server.says(HELLO).hears("role").awaits(() -> server.renewals() >= 3).says(failed("PORT_IN_USE")).ends(1, "");
        AgentRunFailed failed = assertThrows(AgentRunFailed.class, this::start);
        assertEquals("PORT_IN_USE", failed.failure().code().name(), failed.getMessage());
        assertEquals(0, client.renewals());
    }

    @Test
    void half_a_line_is_the_last_word_of_a_program_that_died() {
        meet();
        server.says("{\"event\":\"conn").ends(137, "Killed\n");
        fails(DriverCode.PROGRAM_DIED, "host-a", "exit status 137", "{\"event\":\"conn", "Killed");
    }

    @Test
    void lines_that_are_not_of_the_protocol() {
        String ready = "{\"event\":\"ready\",\"fingerprint\":\"";
        for (String line : List.of("Picked up _JAVA_OPTIONS", "[1]", "{\"event\":[]}", "{\"event\":\"ready\"}", ready + "no\"}",
            ready + PIN + "\"}", "{\"event\":\"progress\",\"seconds\":\"soon\",\"sent\":1,\"received\":1}")) {
            var test = new AgentPairTest();
            test.server.says(HELLO).hears("role").says(line).gives(new RunningProgram.ProgramEvent.TimedOut());
            test.client.says(HELLO);
            test.fails(DriverCode.PROGRAM_GARBLED, "host-a");
        }
        meet();
        client.gives(new RunningProgram.ProgramEvent.TooMuch("a line longer than a book"));
        fails(DriverCode.PROGRAM_GARBLED, "host-b", "longer than a book");
    }

    @Test
    void events_out_of_order() {
        for (List<String> lines : List.of(List.of(EXCHANGED), List.of(HELLO), List.of(CONNECTED, "{\"event\":\"admitting\"}"),
            List.of(result(1, "", 1, "")), List.of(CONNECTED, EXCHANGED, EXCHANGED), List.of(CONNECTED, EXCHANGED, CONNECTED),
            List.of(state("closing", "hw", "")))) {
            var test = new AgentPairTest();
            test.meet();
            test.client.says(lines.toArray(String[]::new));
            test.fails(DriverCode.PROGRAM_OUT_OF_ORDER, "host-b");
        }
    }

    @Test
    void numbers_that_cannot_be() {
        String result = result(1, "", 1, "");
        for (String line : List.of(progress(-1, 1, 1), progress(1, -1, 1), progress(1, 1, -5),
            CONNECTED.replace("\"connection\":0", "\"connection\":-1"),
            state("opened", "hw", "").replace("\"transmitted\":5", "\"transmitted\":-2"),
            result.replace("\"handshakes\":1", "\"handshakes\":-1"), result.replace("\"records\":3", "\"records\":-2"),
            result.replace("\"sent\":{\"bytes\":1", "\"sent\":{\"bytes\":-1"))) {
            var test = new AgentPairTest();
            test.meet();
            test.client.says(line).gives(new RunningProgram.ProgramEvent.TimedOut());
            test.fails(DriverCode.PROGRAM_GARBLED, "host-b", "or more, found -");
        }
    }

    @Test
    void a_digest_that_is_missing_where_every_byte_is_verified() {
        exchange();
        finish(server, result(100, "s", 200, "c"));
        finish(client, result(200, "", 100, "s"));
        fails(DriverCode.PROGRAM_GARBLED, "host-b", "no `digest`");
    }

    @Test
    void more_than_there_is_to_tell() {
        meet();
        client.says(CONNECTED, CONNECTED);
        fails(DriverCode.PROGRAM_OUT_OF_ORDER, "host-b", "`connected` more than 1 times");
        var test = new AgentPairTest();
        test.meet();
        test.client.says(CONNECTED);
        for (int i = 0; i < 70; i++) test.client.says(state("opened", "hw", ""));
        test.fails(DriverCode.PROGRAM_OUT_OF_ORDER, "host-b", "too often");
    }

    /// Both tell this again and again, a second after the other, until they are ended.
    private Thread goesOn(IntFunction<String> line) {
        return Thread.ofVirtual().start(() -> {
            for (int times = 1; !server.closed(); times++) {
                for (ScriptedLive live : List.of(server, client)) live.nudge(line.apply(times));
                clock.passes(Duration.ofSeconds(1));
            }
        });
    }

    private void goesOnUntil(DriverCode code, IntFunction<String> line) throws Exception {
        meet();
        for (ScriptedLive live : List.of(server, client)) live.says(CONNECTED, state("opened", "hw", ""));
        AgentPair pair = start();
        var talking = goesOn(line);
        AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> pair.transfer(progress -> {}));
        assertEquals(code.name(), failed.failure().code().name());
        pair.close();
        talking.join();
    }

    /// Numbers that rise keep nobody waiting for ever.
    @Test
    void programs_that_go_on_past_their_time() throws Exception {
        settings = new AgentPairSettings(settings.load(), settings.listen(), settings.certificate(), 1, settings.lease(),
            settings.patience(), Duration.ofSeconds(300));
        goesOnUntil(DriverCode.PROGRAM_OVERDUE, times -> progress(times, times, times));
    }

    @Test
    void payload_that_stands_still() throws Exception {
        goesOnUntil(DriverCode.PAYLOAD_STALLED, times -> progress(times, 0, 0));
    }

    @Test
    void the_longest_time_is_that_of_the_load() {
        var load = settings.load();
        assertEquals(Duration.ofSeconds(601 + 100 + 120), AgentPairSettings.of(load, settings.listen(), 1).longest());
        var timed = new Load(load.version(), load.cipher(), load.direction(), 1, Optional.empty(), Optional.of(30),
            load.write(), load.verify(), load.mode(), load.source(), load.cpus(), load.transmit(), load.receive());
        assertEquals(Duration.ofSeconds(30 + 100 + 120), AgentPairSettings.of(timed, settings.listen(), 1).longest());
    }

    /// Time begins to pass when both have said all that they say.
    private void isSilent(String machine, String awaited) {
        client.awaits(server::idle).does(() -> clock.runs(Duration.ofSeconds(1)));
        fails(DriverCode.PROGRAM_SILENT, machine, awaited);
    }

    @Test
    void a_server_that_is_not_ready() {
        server.says(HELLO).hears("role");
        client.says(HELLO);
        isSilent("host-a", "`ready` was awaited");
    }

    @Test
    void a_client_that_says_nothing() {
        server.says(HELLO);
        isSilent("host-b", "`hello` was awaited");
    }

    @Test
    void programs_that_fall_silent_while_payload_moves() {
        meet();
        for (ScriptedLive live : List.of(server, client)) live.says(CONNECTED, state("opened", "hw", ""), progress(1, 1, 1));
        isSilent("host-a", "`progress` was awaited");
    }

    @Test
    void programs_that_do_not_tell_their_result() {
        exchange();
        for (ScriptedLive live : List.of(server, client)) live.hears("close");
        isSilent("host-a", "`result` was awaited");
    }

    @Test
    void a_machine_that_is_lost() {
        meet();
        server.awaits(() -> client.heard("go")).says(CONNECTED, failed("PEER_STOPPED")).ends(1, "");
        client.says(CONNECTED).awaits(server::done).loses(new Unreachable(ConnectionCode.CONNECTION_LOST, "host-b: cut"));
        AgentRunFailed failed = fails();
        assertEquals("CONNECTION_LOST", failed.failure().code().name());
        assertEquals("host-b", failed.machine());
        assertEquals(ConnectionCode.CONNECTION_LOST, failed.lost().orElseThrow().reason());
    }

    @Test
    void a_directory_that_cannot_be_made() {
        AgentEndpoint endpoint = endpoint("host-a", "192.0.2.1", server, serverRan);
        var full = new FakeMachine(command -> new Reply.Ran(1, "", "mkdir: No space left on device\n"));
        var first = new AgentEndpoint("host-a", full, endpoint.installed(), endpoint.address(), List.of(), List.of(), endpoint.directory());
        AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> AgentPair.start(first, endpoint, settings));
        assertEquals("CACHE_UNWRITABLE", failed.failure().code().name());
        assertInstanceOf(String.class, failed.getMessage());
        assertTrue(failed.getMessage().contains("No space left on device"), failed.getMessage());
    }
}
