package dev.bluerig.trial.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Reading;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.ConnectionState;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.Flow;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.trial.agent.AgentState.Phase;
import dev.bluerig.trial.agent.AgentState.Step;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every event in every phase, without a thread.
class AgentStateTest {
    private static final AgentState.Terms TERMS = new AgentState.Terms(Role.SERVER, 2, false);

    /// An event for each word of the tables.
    static AgentEvent event(String word) {
        return switch (word) {
            case "hello" -> new AgentEvent.Hello("1", "25", "amd64", 7);
            case "ready" -> new AgentEvent.Ready("ab".repeat(32), "192.0.2.1", 47001);
            case "ready-without-port" -> new AgentEvent.Ready("ab".repeat(32), "", 0);
            case "admitting" -> new AgentEvent.Admitting();
            case "dropped" -> new AgentEvent.Dropped("192.0.2.9:1", AgentCode.OTHER, "a stranger");
            case "connected" -> connected("");
            case "opened" -> states(AgentEvent.When.OPENED, 1);
            case "asked" -> states(AgentEvent.When.ASKED, 1);
            case "closing" -> states(AgentEvent.When.CLOSING, 1);
            case "progress" -> new AgentEvent.Progress(1, 10, 20);
            case "exchanged" -> new AgentEvent.Exchanged();
            case "result" -> result("s", "r");
            case "failed" -> new AgentEvent.Failed(AgentCode.PORT_IN_USE, "EADDRINUSE", "no free port");
            case "unheard" -> new AgentEvent.UnknownEvent("brand-new");
            default -> throw new AssertionError("no event for " + word);
        };
    }

    static AgentEvent connected(String reason) {
        return new AgentEvent.Connected(0, "1.2", "aes-128-gcm", "192.0.2.1:47001", "192.0.2.2:50000", TlsSettings.RecordHandler.KERNEL,
            TlsSettings.RecordHandler.KERNEL, reason);
    }

    private static AgentEvent states(AgentEvent.When when, int many) {
        var line = new ConnectionState(0, "hw", "unknown", "sock_diag: EPERM", "1.2", "aes-128-gcm", 5, -1);
        return new AgentEvent.State(when, Collections.nCopies(many, line));
    }

    static AgentEvent result(String sentDigest, String receivedDigest) {
        return new AgentEvent.Result(flow(100, sentDigest), flow(200, receivedDigest), new CpuUsage(1, 1, 2, List.of(), 0, 0, 1, 0), 0);
    }

    private static Flow flow(long bytes, String digest) {
        return new Flow(bytes, 3, 2, List.of(bytes), bytes, true, digest);
    }

    /// After these events, of which each is allowed.
    static AgentState after(AgentState.Terms terms, String words) {
        AgentState state = AgentState.started(terms);
        for (String word : Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).toList())
            state = assertInstanceOf(Step.Next.class, state.after(event(word)), word).state();
        return state;
    }

    private static AgentState in(Phase phase) {
        return after(TERMS, switch (phase) {
            case STARTED -> "";
            case GREETED -> "hello";
            case READY -> "hello ready";
            case ADMITTING -> "hello ready admitting";
            case CONNECTED -> "hello ready connected";
            case EXCHANGED -> "hello ready connected exchanged";
            case REPORTED -> "hello ready connected exchanged result";
        });
    }

    @ParameterizedTest
    @EnumSource
    void every_phase_is_reached_by_the_events_before_it(Phase phase) {
        assertEquals(phase, in(phase).phase());
        for (Phase other : Phase.values()) assertEquals(other.ordinal() <= phase.ordinal(), in(phase).reached(other));
    }

    /// `-`: the protocol does not allow the event in that phase.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
        event,     STARTED, GREETED, READY,     ADMITTING, CONNECTED, EXCHANGED, REPORTED
        hello,     GREETED, -,       -,         -,         -,         -,         -
        ready,     -,       READY,   -,         -,         -,         -,         -
        admitting, -,       -,       ADMITTING, -,         -,         -,         -
        connected, -,       -,       CONNECTED, CONNECTED, CONNECTED, -,         -
        opened,    -,       -,       -,         -,         CONNECTED, EXCHANGED, -
        asked,     -,       -,       READY,     ADMITTING, CONNECTED, EXCHANGED, -
        progress,  -,       -,       READY,     ADMITTING, CONNECTED, EXCHANGED, -
        exchanged, -,       -,       -,         -,         EXCHANGED, -,         -
        closing,   -,       -,       -,         -,         -,         EXCHANGED, -
        result,    -,       -,       -,         -,         -,         REPORTED,  -
        dropped,   STARTED, GREETED, READY,     ADMITTING, CONNECTED, EXCHANGED, REPORTED
        unheard,   STARTED, GREETED, READY,     ADMITTING, CONNECTED, EXCHANGED, REPORTED
        """)
    void an_event_leads_to_a_phase_or_is_a_violation(String word, String started, String greeted, String ready, String admitting,
                                                     String connected, String exchanged, String reported) {
        List<String> wanted = List.of(started, greeted, ready, admitting, connected, exchanged, reported);
        for (Phase phase : Phase.values()) {
            String where = word + " in " + phase;
            switch (in(phase).after(event(word))) {
                case Step.Next(AgentState next) -> assertEquals(wanted.get(phase.ordinal()), next.phase().name(), where);
                case Step.Violation(DriverCode code, String message) -> {
                    assertEquals("-", wanted.get(phase.ordinal()), where);
                    assertEquals(DriverCode.PROGRAM_OUT_OF_ORDER, code, where);
                    assertTrue(message.endsWith(" while it was " + phase.name().toLowerCase(Locale.ROOT)), message);
                }
                case Step.Failed failed -> throw new AssertionError(where + ": " + failed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_program_may_fail_in_every_phase(Phase phase) {
        assertEquals(new Step.Failed(new AgentFailure(AgentCode.PORT_IN_USE, "EADDRINUSE", "no free port")),
            in(phase).after(event("failed")));
    }

    private static void violates(Step step, DriverCode code, String fragment) {
        var violation = assertInstanceOf(Step.Violation.class, step);
        assertEquals(code, violation.code());
        assertTrue(violation.message().contains(fragment), violation.message());
    }

    @Test
    void a_server_tells_its_port_and_a_client_has_none() {
        violates(after(TERMS, "hello").after(event("ready-without-port")), DriverCode.PROGRAM_GARBLED, "without its port");
        assertEquals(Phase.READY, after(new AgentState.Terms(Role.CLIENT, 2, false), "hello ready-without-port").phase());
    }

    @Test
    void there_are_as_many_connections_as_were_wanted() {
        var one = after(TERMS, "hello ready connected");
        assertTrue(one.opening());
        var both = after(TERMS, "hello ready connected connected");
        assertFalse(both.opening());
        violates(both.after(event("connected")), DriverCode.PROGRAM_OUT_OF_ORDER, "`connected` more than 2 times");
    }

    @Test
    void states_are_told_so_often_and_no_more() {
        var step = in(Phase.CONNECTED).after(states(AgentEvent.When.OPENED, 127));
        var last = assertInstanceOf(Step.Next.class, assertInstanceOf(Step.Next.class, step).state().after(event("opened"))).state();
        assertEquals(128, last.events().samples().all().size());
        violates(last.after(event("opened")), DriverCode.PROGRAM_OUT_OF_ORDER, "too often: 128 states were kept");
    }

    @Test
    void a_result_has_digests_where_every_byte_is_compared() {
        var compared = new AgentState.Terms(Role.CLIENT, 1, true);
        var state = after(compared, "hello ready connected exchanged");
        violates(state.after(result("s", "")), DriverCode.PROGRAM_GARBLED, "no `digest`");
        violates(state.after(result("", "r")), DriverCode.PROGRAM_GARBLED, "no `digest`");
        assertInstanceOf(Step.Next.class, in(Phase.EXCHANGED).after(result("", "")));
        var nothing = new AgentEvent.Result(flow(0, ""), flow(200, "r"), CpuUsage.none(), 0);
        assertInstanceOf(Step.Next.class, state.after(nothing));
    }

    @Test
    void what_was_said_stands_in_the_report() {
        var state = after(new AgentState.Terms(Role.SERVER, 3, false), "hello ready");
        for (AgentEvent event : List.of(connected(""), connected("kernel has no TLS"), connected("later"), event("opened"),
            event("asked"), event("asked"), event("progress"), event("exchanged"), event("closing"), event("result")))
            state = assertInstanceOf(Step.Next.class, state.after(event)).state();
        assertEquals(2, state.events().samples().answers());
        assertEquals(1, state.events().samples().asked().size());
        AgentReport report = state.report(true, Optional.empty());
        assertEquals("kernel has no TLS", report.fallback());
        assertEquals(List.of("OPENED", "ASKED", "ASKED", "CLOSING"),
            report.samples().stream().map(sample -> sample.when().name()).toList());
        assertEquals(Reading.known(TlsConf.CARD), report.samples().getFirst().transmit());
        assertEquals(Reading.unknown("sock_diag: EPERM"), report.samples().getFirst().receive());
        assertEquals(100, report.sent().bytes());
        assertTrue(report.received().intact());
        assertFalse(state.report(false, Optional.empty()).received().intact());
    }
}
