package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.protocol.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Good days in small, of every kind. Here the kernel may lack TLS: then the same bytes pass records of the program's own.
final class MatrixTest {
    @TempDir
    Path directory;

    private record Outcome(TwoAgents.Results results, List<String> server, List<String> client, List<JsonValue.Fields> events) {}

    private Outcome day(UnaryOperator<JsonValue.Fields> change) throws Exception {
        try (TwoAgents duo = TwoAgents.inProcess(directory)) {
            TwoAgents.Results results = duo.ready(change).go().exchanged().finished();
            assertEquals(0, duo.server().code());
            assertEquals(0, duo.client().code());
            assertFalse(Files.exists(duo.serverDirectory()), "the server's run directory is left");
            assertFalse(Files.exists(duo.clientDirectory()), "the client's run directory is left");
            return new Outcome(results, duo.server().names(), duo.client().names(),
                Stream.concat(duo.server().events().stream(), duo.client().events().stream()).toList());
        }
    }

    private static long bytes(JsonValue.Fields result, String way) {
        return AgentTalk.whole(AgentTalk.fields(result, way), "bytes");
    }

    /// What one end sent is what the other received.
    private static void agree(JsonValue.Fields sender, JsonValue.Fields receiver, boolean everyByte) {
        JsonValue.Fields sent = AgentTalk.fields(sender, "sent");
        JsonValue.Fields received = AgentTalk.fields(receiver, "received");
        assertEquals(AgentTalk.whole(sent, "bytes"), AgentTalk.whole(received, "bytes"));
        assertEquals(AgentTalk.text(sent, "digest"), AgentTalk.text(received, "digest"));
        assertEquals(AgentTalk.whole(sent, "records"), AgentTalk.whole(received, "records"));
        long checked = AgentTalk.whole(received, "checked");
        assertTrue(everyByte ? checked == AgentTalk.whole(received, "bytes") : checked <= AgentTalk.whole(received, "bytes"),
            () -> checked + " checked in " + received);
        assertEquals(everyByte && AgentTalk.whole(sent, "bytes") > 0, !AgentTalk.text(sent, "digest").isEmpty());
        for (JsonValue.Fields way : List.of(sent, received)) {
            long sum = AgentTalk.items(way, "per_second").stream().mapToLong(second -> ((JsonValue.Whole) second).number()).sum();
            assertEquals(AgentTalk.whole(way, "bytes"), sum);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.2, aes-128-gcm, ecdsa", "1.2, aes-128-gcm, rsa", "1.2, aes-256-gcm, ecdsa", "1.2, chacha20-poly1305, ecdsa",
        "1.3, aes-128-gcm, rsa", "1.3, aes-256-gcm, ecdsa", "1.3, chacha20-poly1305, ecdsa"})
    void every_version_and_cipher(String version, String cipher, String certificate) throws Exception {
        Outcome day = day(settings -> settings.with("version", version).with("cipher", cipher).with("certificate", certificate));
        agree(day.results.client(), day.results.server(), true);
        agree(day.results.server(), day.results.client(), true);
        List<JsonValue.Fields> connected = day.events.stream().filter(event -> AgentTalk.text(event, "event").equals("connected")).toList();
        assertEquals(2, connected.size());
        for (JsonValue.Fields event : connected) {
            assertEquals(version, AgentTalk.text(event, "version"));
            assertEquals(cipher, AgentTalk.text(event, "cipher"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 3000", "1, 16384, 1000000", "1, 4194304, 9000000", "4, 1, 4001", "4, 16384, 1000003", "4, 4194304, 8388611", "64, 1, 6400",
            "64, 16384, 2000000", "64, 4194304, 3000001"})
    void every_count_of_connections_and_size_of_writes(int connections, int write, long bytes) throws Exception {
        Outcome day = day(settings -> settings.with("connections", connections).with("write", write).with("bytes", bytes));
        assertEquals(bytes, bytes(day.results.client(), "sent"));
        assertEquals(bytes, bytes(day.results.server(), "sent"));
        agree(day.results.client(), day.results.server(), true);
        agree(day.results.server(), day.results.client(), true);
        assertEquals(connections, AgentTalk.whole(AgentTalk.fields(day.results.client(), "usage"), "handshakes"));
    }

    @ParameterizedTest
    @CsvSource({"client-sends, every-byte, send", "server-sends, every-byte, sendfile", "both, sample, sendfile-zerocopy",
        "client-sends, sample, send", "server-sends, every-byte, sendfile-zerocopy"})
    void every_direction_source_and_check(String direction, String verify, String source) throws Exception {
        Outcome day = day(settings -> settings.with("direction", direction).with("verify", verify).with("source", source)
            .with("connections", 2)
            .with("bytes", 700_001));
        assertEquals(direction.equals("server-sends") ? 0 : 700_001, bytes(day.results.client(), "sent"));
        assertEquals(direction.equals("client-sends") ? 0 : 700_001, bytes(day.results.server(), "sent"));
        agree(day.results.client(), day.results.server(), verify.equals("every-byte"));
        agree(day.results.server(), day.results.client(), verify.equals("every-byte"));
    }

    @Test
    void a_day_has_its_order() throws Exception {
        Outcome day = day(settings -> settings.with("bytes", 0).with("seconds", 1).with("connections", 2));
        List<String> told = List.of("hello", "ready", "connected", "connected", "state", "exchanged", "state", "result");
        assertEquals(told, day.client.stream().filter(name -> !name.equals("progress")).toList());
        assertEquals(List.of("hello", "ready", "admitting"), day.server.subList(0, 3));
        assertTrue(bytes(day.results.client(), "sent") > 0);
        agree(day.results.client(), day.results.server(), true);
        agree(day.results.server(), day.results.client(), true);
        List<String> moments = day.events.stream().filter(event -> AgentTalk.text(event, "event").equals("state"))
            .map(event -> AgentTalk.text(event, "when")).toList();
        assertEquals(List.of("opened", "closing", "opened", "closing"), moments);
        assertTrue(day.events.stream().filter(event -> AgentTalk.text(event, "event").equals("state"))
            .allMatch(event -> AgentTalk.items(event, "connections").size() == 2));
    }

    @ParameterizedTest
    @CsvSource({"client-sends, 1", "server-sends, 3", "both, 3"})
    void requests_and_responses_by_bytes(String direction, int workers) throws Exception {
        Outcome day = day(settings -> settings.with("mode", "request-response").with("direction", direction).with("connections", workers)
            .with("write", 1000).with("bytes", 10_500));
        long each = direction.equals("client-sends") ? bytes(day.results.client(), "sent") : bytes(day.results.server(), "sent");
        assertEquals(10_500, each);
        agree(day.results.client(), day.results.server(), true);
        agree(day.results.server(), day.results.client(), true);
        long exchanges = workers == 1 ? 11 : 12;
        assertEquals(exchanges, AgentTalk.whole(AgentTalk.fields(day.results.client(), "usage"), "handshakes"));
        assertEquals(exchanges, AgentTalk.whole(AgentTalk.fields(day.results.server(), "usage"), "handshakes"));
        assertEquals(workers, day.client.stream().filter("connected"::equals).count());
    }

    @Test
    void requests_and_responses_by_seconds() throws Exception {
        Outcome day = day(settings -> settings.with("mode", "request-response").with("direction", "server-sends").with("connections", 2)
            .with("write", 4_000_000).with("bytes", 0).with("seconds", 1).with("version", "1.3"));
        long handshakes = AgentTalk.whole(AgentTalk.fields(day.results.client(), "usage"), "handshakes");
        assertEquals(handshakes * 4_000_000, bytes(day.results.client(), "received"));
        agree(day.results.server(), day.results.client(), true);
    }

    @Test
    void mixed_ends_say_so() throws Exception {
        Outcome day = day(settings -> settings.with("transmit", "user-space"));
        for (JsonValue.Fields event : day.events) {
            if (!AgentTalk.text(event, "event").equals("connected")) continue;
            assertEquals("user-space", AgentTalk.text(event, "transmit"));
            assertEquals(AgentTalk.text(event, "receive").equals("kernel"), AgentTalk.text(event, "reason").isEmpty());
        }
    }
}
