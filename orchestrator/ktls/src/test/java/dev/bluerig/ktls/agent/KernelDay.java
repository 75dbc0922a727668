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
import org.junit.jupiter.api.TestReporter;

/// One exchange of two agents over loopback of a kernel with TLS, and what both ends said: the results, and every event.
record KernelDay(TwoAgents.Results results, List<JsonValue.Fields> events) {
    /// Both agents in this process.
    static KernelDay inProcess(Path directory, UnaryOperator<JsonValue.Fields> change) throws Exception {
        try (TwoAgents duo = TwoAgents.inProcess(directory)) {
            return of(duo, change);
        }
    }

    /// As hosts get them: the jar that `BLUERIG_PAIR_JAR` names, on the runtime that runs this test.
    static KernelDay packed(Path directory, UnaryOperator<JsonValue.Fields> change) throws Exception {
        try (TwoAgents duo = new TwoAgents(start(), start(), directory)) {
            return of(duo, change);
        }
    }

    private static AgentTalk start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return AgentTalk.process(new ProcessBuilder(java, "-XX:+UseSerialGC", "-Xss512k", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar",
            System.getenv("BLUERIG_PAIR_JAR"))
            .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private static KernelDay of(TwoAgents duo, UnaryOperator<JsonValue.Fields> change) throws Exception {
        TwoAgents.Results results;
        try {
            results = duo.ready(fields -> change.apply(fields).with("lease", 600).with("silence", 120)).go().exchanged().finished();
        } catch (AssertionError failed) {
            throw new AssertionError(failed.getMessage() + "; the server: " + last(duo.server()) + "; the client: "
                + last(duo.client()), failed);
        }
        assertEquals(0, duo.server().code());
        assertEquals(0, duo.client().code());
        return new KernelDay(results, Stream.concat(duo.server().events().stream(), duo.client().events().stream()).toList());
    }

    /// The last event of an end whose day went wrong: one end's failure is often the other's doing.
    private static String last(AgentTalk end) throws Exception {
        try {
            while (true) if (AgentTalk.text(end.next(), "event").equals("failed")) return end.events().getLast().toString();
        } catch (AssertionError over) {
            return end.events().isEmpty() ? "nothing" : end.events().getLast().toString();
        }
    }

    /// Every connection that was told of, at both ends, in the hands of the kernel; with live numbers of records.
    void kernels(int connections, TestReporter reporter) {
        List<JsonValue.Fields> connected = events.stream().filter(event -> AgentTalk.text(event, "event").equals("connected")).toList();
        assertEquals(2 * connections, connected.size());
        assertEquals(Set.of("kernel kernel "), connected.stream()
            .map(event -> AgentTalk.text(event, "transmit") + " " + AgentTalk.text(event, "receive") + " "
            + AgentTalk.text(event, "reason")).collect(Collectors.toSet()));
        List<JsonValue.Fields> states = events.stream().filter(event -> AgentTalk.text(event, "event").equals("state"))
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

    /// Each end got what the other sent.
    void agree() {
        agree(results.client(), results.server());
        agree(results.server(), results.client());
    }
}
