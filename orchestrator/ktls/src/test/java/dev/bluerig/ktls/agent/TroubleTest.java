package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.protocol.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Days that end early: the code, the exit, and that what was borrowed is given back.
final class TroubleTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private final List<AgentTalk> talks = new ArrayList<>();

    @AfterEach
    void everyProgramHasEnded() throws IOException {
        for (AgentTalk talk : talks) talk.close();
    }

    private AgentTalk start() throws Exception {
        AgentTalk talk = AgentTalk.inProcess(TwoAgents.host());
        talks.add(talk);
        talk.await("hello");
        return talk;
    }

    private Path run(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    private UnaryOperator<JsonValue.Fields> restoring(String name) {
        return settings -> settings.with("restore", SampleSettings.restore(List.of("touch", directory.resolve(name).toString())));
    }

    /// The next `failed` has this code; the program exits with 1, `restore` has run and the run directory is gone.
    private JsonValue.Fields fails(AgentTalk talk, String code, Path run) throws Exception {
        JsonValue.Fields event = talk.next();
        while (!AgentTalk.text(event, "event").equals("failed")) event = talk.next();
        assertEquals(code, AgentTalk.text(event, "code"), event.toString());
        assertEquals(1, talk.code());
        assertFalse(Files.exists(run), "the run directory is left");
        return event;
    }

    private JsonValue.Fields server(Path run) {
        return restoring("restored").apply(SampleSettings.server(run.toString()));
    }

    private JsonValue.Fields client(Path run, long port) {
        return restoring("restored").apply(SampleSettings.client(run.toString(), port, "ab".repeat(32)));
    }

    private void restored() {
        assertTrue(Files.exists(directory.resolve("restored")), "`restore` did not run");
    }

    @Test
    void every_port_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            Path run = run("server");
            JsonValue.Fields failed =
                fails(start().say(server(run).with("ports", SampleSettings.ports(taken.getLocalPort(), taken.getLocalPort()))),
                "PORT_IN_USE", run);
            assertEquals("EADDRINUSE", AgentTalk.text(failed, "errno"));
            restored();
        }
    }

    @Test
    void a_taken_port_is_passed_by() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            int port = taken.getLocalPort();
            JsonValue.Fields ready = start()
                .say(server(run("server")).with("ports", SampleSettings.ports(port, Math.min(65535, port + 200)))).await("ready");
            assertTrue(AgentTalk.whole(ready, "port") > port, ready.toString());
        }
    }

    @Test
    void nobody_listens() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            port = closed.getLocalPort();
        }
        Path run = run("client");
        AgentTalk talk = start().say(client(run, port));
        talk.await("ready");
        JsonValue.Fields failed = fails(talk.say("{\"command\":\"go\"}"), "CONNECT_REFUSED", run);
        assertEquals("ECONNREFUSED", AgentTalk.text(failed, "errno"));
        restored();
    }

    @Test
    void the_address_is_another_machines() throws Exception {
        Path server = run("server");
        fails(start().say(server(server).with("address", "192.0.2.1")), "ADDRESS_NOT_LOCAL", server);
        restored();
        Path client = run("client");
        AgentTalk talk = start().say(client(client, 47000).with("local", "192.0.2.1"));
        talk.await("ready");
        fails(talk.say("{\"command\":\"go\"}"), "ADDRESS_NOT_LOCAL", client);
    }

    @Test
    void the_run_directory_is_missing() throws Exception {
        Path run = directory.resolve("missing");
        JsonValue.Fields failed = fails(start().say(server(run)), "OTHER", run);
        assertTrue(AgentTalk.text(failed, "message").contains("lease.json"), failed.toString());
        restored();
    }

    @Test
    void the_settings_are_refused() throws Exception {
        Path run = run("server");
        AgentTalk talk = start().say(server(run).with("cipher", "rot13"));
        JsonValue.Fields failed = talk.next();
        assertEquals("SETTINGS_REFUSED", AgentTalk.text(failed, "code"));
        assertTrue(AgentTalk.text(failed, "message").contains("`cipher`"), failed.toString());
        assertEquals(1, talk.code());
        assertEquals("SETTINGS_REFUSED", AgentTalk.text(start().say("not json").next(), "code"));
        assertEquals("SETTINGS_REFUSED", AgentTalk.text(start().say("").next(), "code"));
    }

    @Test
    void commands_come_at_the_wrong_time() throws Exception {
        for (String command : List.of("{\"command\":\"go\"}", "{\"command\":\"close\"}", "{\"command\":\"dance\"}", "{}")) {
            Path run = run("server" + command.length());
            AgentTalk talk = start().say(server(run));
            talk.await("ready");
            fails(talk.say(command), "SETTINGS_REFUSED", run);
        }
        restored();
    }

    @Test
    void the_lease_is_over() throws Exception {
        Path run = run("server");
        AgentTalk talk = start().say(server(run).with("lease", 1));
        talk.await("ready");
        assertTrue(Files.readString(run.resolve("lease.json")).contains("\"restore\":[[\"touch\""));
        fails(talk, "LEASE_OVER", run);
        restored();
    }

    @Test
    void stdin_ends_while_payload_flows() throws Exception {
        TwoAgents duo = TwoAgents.inProcess(directory);
        duo.ready(settings -> restoring("restored").apply(settings).with("bytes", 0).with("seconds", 600)).go();
        talks.add(duo.server());
        talks.add(duo.client());
        duo.server().await("progress");
        duo.server().hangUp();
        assertEquals(2, duo.server().code());
        assertFalse(Files.exists(duo.serverDirectory()));
        restored();
        fails(duo.client(), "PEER_STOPPED", duo.clientDirectory());
    }

    @Test
    void the_payload_is_of_another_seed() throws Exception {
        TwoAgents duo = TwoAgents.inProcess(directory);
        talks.add(duo.server());
        talks.add(duo.client());
        duo.ready(settings -> settings.with("direction", "client-sends"), settings -> settings.with("direction", "client-sends")
            .with("seed", 8)).go();
        JsonValue.Fields failed = fails(duo.server(), "DATA_DIFFERS", duo.serverDirectory());
        assertTrue(AgentTalk.text(failed, "message").contains("connection 0, byte 0 of the payload"), failed.toString());
        fails(duo.client(), "PEER_STOPPED", duo.clientDirectory());
    }

    @Test
    void the_payload_is_shorter() throws Exception {
        TwoAgents duo = TwoAgents.inProcess(directory);
        talks.add(duo.server());
        talks.add(duo.client());
        duo.ready(settings -> settings.with("direction", "client-sends"), settings -> settings.with("direction", "client-sends")
            .with("bytes", 99_999))
            .go();
        JsonValue.Fields failed = fails(duo.server(), "DATA_DIFFERS", duo.serverDirectory());
        assertTrue(AgentTalk.text(failed, "message").contains("wanted 100000 bytes of payload, found 99999"), failed.toString());
    }

    @Test
    void the_peer_falls_silent() throws Exception {
        TwoAgents duo = TwoAgents.inProcess(directory);
        talks.add(duo.server());
        talks.add(duo.client());
        duo.ready(settings -> settings.with("direction", "client-sends").with("silence", 1).with("connections", 2),
            settings -> settings.with("direction", "server-sends").with("silence", 60).with("connections", 2)).go();
        JsonValue.Fields failed = fails(duo.server(), "PEER_STOPPED", duo.serverDirectory());
        assertTrue(AgentTalk.text(failed, "message").contains("nothing moved on connection"), failed.toString());
    }

    @Test
    void the_server_is_another() throws Exception {
        TwoAgents duo = TwoAgents.inProcess(directory);
        talks.add(duo.server());
        talks.add(duo.client());
        duo.ready(settings -> settings, settings -> settings.with("pin", "ab".repeat(32))).go();
        fails(duo.client(), "PIN_MISMATCH", duo.clientDirectory());
        fails(duo.server(), "PEER_ALERT", duo.serverDirectory());
    }

    @Test
    void the_client_is_another() throws Exception {
        Path serverRun = run("server");
        Path clientRun = run("client");
        AgentTalk server = start().say(server(serverRun));
        JsonValue.Fields listening = server.await("ready");
        server.say(JsonValue.fields().with("command", "peer").with("pin", "cd".repeat(32)).with("address", "127.0.0.1")).await("admitting");
        AgentTalk client = start()
            .say(SampleSettings.client(clientRun.toString(), AgentTalk.whole(listening, "port"), AgentTalk.text(listening, "fingerprint")));
        client.await("ready");
        client.say("{\"command\":\"go\"}");
        fails(server, "PIN_MISMATCH", serverRun);
        JsonValue.Fields failed = client.next();
        while (!AgentTalk.text(failed, "event").equals("failed")) failed = client.next();
        assertTrue(List.of("PEER_ALERT", "PEER_STOPPED").contains(AgentTalk.text(failed, "code")), failed.toString());
    }

    @Test
    void the_server_does_not_speak_tls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, LOOPBACK)) {
            Path run = run("client");
            AgentTalk talk = start().say(client(run, plain.getLocalPort()));
            talk.await("ready");
            talk.say("{\"command\":\"go\"}");
            try (Socket socket = plain.accept(); OutputStream out = socket.getOutputStream()) {
                out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                fails(talk, "PEER_NOT_TLS", run);
            }
            restored();
        }
    }

    @Test
    void strangers_are_turned_away() throws Exception {
        TwoAgents duo = TwoAgents.inProcess(directory);
        talks.add(duo.server());
        talks.add(duo.client());
        Files.createDirectories(duo.serverDirectory());
        Files.createDirectories(duo.clientDirectory());
        duo.server().await("hello");
        duo.client().await("hello");
        JsonValue.Fields listening = duo.server().say(server(duo.serverDirectory())).await("ready");
        JsonValue.Fields ready = duo.client()
            .say(SampleSettings.client(duo.clientDirectory().toString(), AgentTalk.whole(listening, "port"),
            AgentTalk.text(listening, "fingerprint"))).await("ready");
        duo.server().say(JsonValue.fields().with("command", "peer").with("pin", AgentTalk.text(ready, "fingerprint"))
            .with("address", "192.0.2.7")).await("admitting");
        var there = new InetSocketAddress(LOOPBACK, (int) AgentTalk.whole(listening, "port"));
        try (Socket scan = new Socket()) {
            scan.connect(there);
        }
        try (Socket plain = new Socket(); Socket silent = new Socket()) {
            silent.connect(there);
            plain.connect(there);
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            List<String> codes = List.of(AgentTalk.text(duo.server().await("dropped"), "code"),
                AgentTalk.text(duo.server().await("dropped"), "code"));
            assertTrue(codes.contains("PEER_NOT_TLS"), codes.toString());
            TwoAgents.Results results = duo.go().exchanged().finished();
            assertEquals(2, AgentTalk.whole(results.server(), "dropped"));
            assertEquals(0, AgentTalk.whole(results.client(), "dropped"));
        }
    }

    @Test
    void cores_that_are_not_there() throws Exception {
        Path run = run("server");
        fails(start().say(server(run).with("cpus", new JsonValue.Items(List.of(new JsonValue.Whole(8000))))), "OTHER", run);
        restored();
    }
}
