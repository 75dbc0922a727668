package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.protocol.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pair as hosts get it, the jar and the runtime, against itself over loopback of a kernel with TLS: nothing may fall back to user
/// space, and what `state` says is the kernel's.
///
/// `BLUERIG_PAIR_JAR` names the jar; the runtime is the one that runs this test.
@Tag("kernel-tls")
@Timeout(300)
// with many connections last: a JVM that has shaken hands before is several times as fast
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KernelPairTest {
    @TempDir
    Path directory;

    private AgentTalk start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return AgentTalk.process(new ProcessBuilder(java, "-XX:+UseSerialGC", "-Xss512k", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar",
            System.getenv("BLUERIG_PAIR_JAR"))
            .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /// The last event of an end whose day went wrong: one end's failure is often the other's doing.
    private static String last(AgentTalk end) throws Exception {
        try {
            while (true) if (AgentTalk.text(end.next(), "event").equals("failed")) return end.events().getLast().toString();
        } catch (AssertionError over) {
            return end.events().isEmpty() ? "nothing" : end.events().getLast().toString();
        }
    }

    private record Outcome(TwoAgents.Results results, List<JsonValue.Fields> events) {}

    private Outcome day(boolean processes, UnaryOperator<JsonValue.Fields> change) throws Exception {
        try (TwoAgents duo = processes ? new TwoAgents(start(), start(), directory) : TwoAgents.inProcess(directory)) {
            TwoAgents.Results results;
            try {
                results = duo.ready(fields -> change.apply(fields).with("lease", 600).with("silence", 120)).go().exchanged().finished();
            } catch (AssertionError failed) {
                throw new AssertionError(failed.getMessage() + "; the server: " + last(duo.server()) + "; the client: "
                    + last(duo.client()), failed);
            }
            assertEquals(0, duo.server().code());
            assertEquals(0, duo.client().code());
            return new Outcome(results, Stream.concat(duo.server().events().stream(), duo.client().events().stream()).toList());
        }
    }

    /// Every connection that was told of, at both ends, in the hands of the kernel; with live numbers of records.
    private static void kernels(Outcome day, int connections, TestReporter reporter) {
        List<JsonValue.Fields> connected = day.events.stream().filter(event -> AgentTalk.text(event, "event").equals("connected")).toList();
        assertEquals(2 * connections, connected.size());
        assertEquals(Set.of("kernel kernel "), connected.stream()
            .map(event -> AgentTalk.text(event, "transmit") + " " + AgentTalk.text(event, "receive") + " "
            + AgentTalk.text(event, "reason")).collect(Collectors.toSet()));
        List<JsonValue.Fields> states = day.events.stream().filter(event -> AgentTalk.text(event, "event").equals("state"))
            .flatMap(event -> AgentTalk.items(event, "connections").stream()).map(JsonValue.Fields.class::cast).toList();
        Map<String, Long> said = states.stream()
            .collect(Collectors.groupingBy(state -> AgentTalk.text(state, "transmit") + "/" + AgentTalk.text(state, "receive"),
            Collectors.counting()));
        reporter.publishEntry("states", said.toString());
        assertEquals(Set.of("sw/sw"), said.keySet());
        for (JsonValue.Fields state : states) assertEquals("", AgentTalk.text(state, "reason"));
    }

    private static void agree(JsonValue.Fields sender, JsonValue.Fields receiver) {
        JsonValue.Fields sent = AgentTalk.fields(sender, "sent");
        JsonValue.Fields received = AgentTalk.fields(receiver, "received");
        for (String number : List.of("bytes", "records"))
            assertEquals(AgentTalk.whole(sent, number), AgentTalk.whole(received, number), number);
        assertEquals(AgentTalk.text(sent, "digest"), AgentTalk.text(received, "digest"));
        assertEquals(AgentTalk.whole(received, "bytes"), AgentTalk.whole(received, "checked"));
    }

    private static void agree(Outcome day) {
        agree(day.results.client(), day.results.server());
        agree(day.results.server(), day.results.client());
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({"1.2, aes-128-gcm, sendfile", "1.3, chacha20-poly1305, send"})
    void the_packed_pair(String version, String cipher, String source, TestReporter reporter) throws Exception {
        Outcome day = day(true, settings -> settings.with("version", version).with("cipher", cipher).with("source", source)
            .with("connections", 4)
            .with("bytes", 8_000_001));
        kernels(day, 4, reporter);
        agree(day);
        assertEquals(8_000_001, AgentTalk.whole(AgentTalk.fields(day.results.client(), "received"), "bytes"));
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({"1.2, aes-256-gcm, sendfile", "1.3, aes-128-gcm, sendfile", "1.2, chacha20-poly1305, sendfile",
        "1.2, aes-128-gcm, sendfile-zerocopy", "1.3, aes-256-gcm, sendfile-zerocopy"})
    void from_a_file(String version, String cipher, String source, TestReporter reporter) throws Exception {
        Outcome day = day(false, settings -> settings.with("version", version).with("cipher", cipher).with("source", source)
            .with("connections", 2)
            .with("write", 1_000_000).with("bytes", 6_000_001));
        kernels(day, 2, reporter);
        agree(day);
    }

    @Test
    @Order(3)
    void many_lanes_of_requests_and_responses(TestReporter reporter) throws Exception {
        Outcome day = day(false, settings -> settings.with("mode", "request-response").with("connections", 32).with("write", 2_000)
            .with("bytes", 192_000));
        agree(day);
        reporter.publishEntry("handshakes", String.valueOf(AgentTalk.whole(AgentTalk.fields(day.results.client(), "usage"), "handshakes")));
        assertEquals(96, AgentTalk.whole(AgentTalk.fields(day.results.client(), "usage"), "handshakes"));
    }

    @Test
    @Order(3)
    void many_connections(TestReporter reporter) throws Exception {
        Outcome day = day(false, settings -> settings.with("connections", 64).with("bytes", 8_000_000).with("version", "1.3"));
        kernels(day, 64, reporter);
        agree(day);
    }
}
