package dev.bluerig.trial.agent;

import static dev.bluerig.trial.agent.AgentStateTest.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.PortRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Why a run fails, by what is heard and what the clock says, without a thread and without a clock.
class PairStateTest {
    private static final AgentPairSettings SETTINGS = settings(LoadSettings.Verify.EVERY_BYTE);

    private static final Unreachable CUT = new Unreachable(ConnectionCode.CONNECTION_LOST, "cut");

    private static AgentPairSettings settings(LoadSettings.Verify verify) {
        var load = new Load(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, LoadSettings.Direction.BOTH, 1, Optional.of(new ByteCount("1MiB")),
            Optional.empty(), new ByteCount("128KiB"), verify, LoadSettings.Mode.STREAM, LoadSettings.Source.SEND, new Cores("all"),
            TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.KERNEL);
        return new AgentPairSettings(load, new PortRange("47000-47099"), CertificateKind.ECDSA, 1, Duration.ofSeconds(30),
            Duration.ofSeconds(10), Duration.ofSeconds(300));
    }

    private PairState state = PairState.started(SETTINGS, "host-a", "host-b", 0);

    private static long seconds(double time) {
        return (long) (time * 1e9);
    }

    private void hears(Role role, String words, double at) {
        if (!words.isEmpty()) for (String word : words.split(" ")) state = state.received(role, event(word), seconds(at));
    }

    private void progress(Role role, long sent, double at) {
        state = state.received(role, new AgentEvent.Progress(at, sent, 0), seconds(at));
    }

    private void connects() {
        for (Role role : Role.values()) hears(role, "hello ready connected", 0);
        state = state.playing(0);
    }

    private String causes() {
        return String.join(", ", state.causes().stream().map(cause -> cause.machine() + " " + cause.failure().code()).toList());
    }

    private void loses(Role role) {
        state = state.lost(role, CUT, 1);
    }

    /// `server`, `client`: when each was heard last while payload was awaited; `moved`: when there was more of it.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
        server, client, moved, now,  causes
        0,      0,      0,     10,   ''
        0,      0,      0,     10.1, 'host-a PROGRAM_SILENT, host-b PROGRAM_SILENT'
        5,      0,      0,     10.1, host-b PROGRAM_SILENT
        5,      5,      0,     10,   ''
        5,      5,      0,     10.1, host-b PAYLOAD_STALLED
        299,    299,    299,   300,  ''
        299,    299,    299,   301,  host-b PROGRAM_OVERDUE
        299,    299,    200,   301,  host-b PAYLOAD_STALLED
        299,    100,    200,   301,  host-b PROGRAM_SILENT
        """)
    void payload_is_awaited_with_patience(double server, double client, double moved, double now, String causes) {
        connects();
        progress(Role.SERVER, 1, moved);
        progress(Role.SERVER, 1, server);
        hears(Role.CLIENT, "unheard", client);
        state = state.awaitingPayload(seconds(now));
        assertEquals(causes, causes());
    }

    @Test
    void connections_that_open_are_given_more_time() {
        hears(Role.SERVER, "hello ready connected", 0);
        hears(Role.CLIENT, "hello ready", 0);
        state = state.playing(0).awaitingPayload(seconds(110));
        assertEquals("", causes());
        state = state.awaitingPayload(seconds(110.1));
        assertEquals("host-a PROGRAM_SILENT, host-b PROGRAM_SILENT", causes());
        assertTrue(state.causes().getFirst().failure().message().contains("`progress` was awaited, and nothing was heard for 110 s"));
    }

    @Test
    void a_program_that_has_exchanged_everything_may_be_silent() {
        connects();
        hears(Role.SERVER, "exchanged", 1);
        state = state.awaitingPayload(seconds(20));
        assertEquals("host-b PROGRAM_SILENT", causes());
    }

    /// Before it died it had heard these events.
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', useHeadersInDisplayName = true, textBlock = """
        events,                                  status, stderr,        lastWords, cause
        hello,                                   137,    "",            "",        it ended with exit status 137
        hello,                                   -1,     "",            "{half",   it ended by a signal; its last words: {half
        "",                                      127,    "sh: no java", "",        "it ended before it began: there is no such program (exit status 127); it said on stderr: sh: no java"
        "",                                      126,    "",            "",        it ended before it began: it may not be executed (exit status 126)
        hello ready connected exchanged,         0,      "",            "",        it ended with exit status 0
        hello ready connected exchanged result,  0,      "",            "",        ""
        hello failed,                            1,      "",            "",        no free port
        """)
    void a_program_that_ends_has_told_why_or_died(String events, int status, String stderr, String lastWords, String cause) {
        hears(Role.CLIENT, events, 0);
        state = state.exited(Role.CLIENT, status, stderr, lastWords, 1);
        assertEquals(cause, String.join(", ", state.causes().stream().map(why -> why.failure().message()).toList()));
        assertTrue(state.client().over());
    }

    @Test
    void of_what_it_said_on_stderr_the_last_lines_are_told() {
        state = state.exited(Role.SERVER, 3, "1\n2\n3\n4\n5\n6\n7\n", "", 1);
        assertTrue(state.causes().getFirst().failure().message().endsWith("; it said on stderr: 3 / 4 / 5 / 6 / 7"), causes());
        assertEquals(List.of("host-a: 1\n2\n3\n4\n5\n6\n7"), state.complaints());
    }

    @Test
    void what_an_end_fails_with_first_counts() {
        hears(Role.SERVER, "exchanged failed", 0);
        state = state.garbled(Role.SERVER, "not a line", 1);
        loses(Role.SERVER);
        assertEquals("host-a PROGRAM_OUT_OF_ORDER", causes());
    }

    @Test
    void an_end_that_we_close_does_not_fail() {
        state = state.closing(Role.SERVER);
        hears(Role.SERVER, "exchanged failed", 0);
        state = state.exited(Role.SERVER, 143, "", "", 1);
        assertFalse(state.failed());
        assertFalse(state.killed(Role.SERVER));
        state = state.closing(Role.CLIENT).exited(Role.CLIENT, 0, "", "", 1);
        assertFalse(state.failed());
        assertFalse(state.killed(Role.CLIENT));
    }

    /// Nothing that is still to come can be the cause, once this was heard.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
        server,        client,       settled, root
        PEER_STOPPED,  '',           false,   host-a
        PEER_STOPPED,  over,         true,    host-a
        PEER_STOPPED,  PEER_ALERT,   true,    host-b
        PEER_STOPPED,  PIN_MISMATCH, true,    host-b
        PIN_MISMATCH,  '',           true,    host-a
        PEER_STOPPED,  lost,         true,    host-b
        """)
    void a_consequence_is_not_settled_before_the_other_end_was_heard(String server, String client, boolean settled, String root) {
        state = state.received(Role.SERVER, new AgentEvent.Failed(AgentCode.valueOf(server), "", "said"), 0);
        switch (client) {
            case "" -> hears(Role.CLIENT, "hello", 0);
            case "over" -> state = state.closing(Role.CLIENT).exited(Role.CLIENT, 0, "", "", 1);
            case "lost" -> loses(Role.CLIENT);
            default -> state = state.received(Role.CLIENT, new AgentEvent.Failed(AgentCode.valueOf(client), "", "said"), 0);
        }
        assertEquals(settled, state.settled());
        assertEquals(root, FailureCause.root(state.causes()).machine());
    }

    /// Whether the driver has to put back what the program was to.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
        becomes,  killed
        0,        false
        1,        false
        2,        false
        143,      false
        137,      true
        -1,       true
        died,     true
        running,  true
        garbled,  true
        flooded,  false
        lost,     false
        untold,   false
        """)
    void who_could_not_clean_up_was_killed(String becomes, boolean killed) {
        if (!becomes.equals("died")) hears(Role.CLIENT, "failed", 0);
        switch (becomes) {
            case "running" -> hears(Role.CLIENT, "hello", 0);
            case "died" -> state = state.exited(Role.CLIENT, 0, "", "", 1);
            case "garbled" -> state = state.garbled(Role.CLIENT, "not a line", 1);
            case "flooded" -> state = state.flooded(Role.CLIENT, "a line longer than a book", 1);
            case "lost" -> loses(Role.CLIENT);
            case "untold" -> state = PairState.started(SETTINGS, "host-a", "host-b", 0).untold(Role.CLIENT, CUT);
            default -> state = state.exited(Role.CLIENT, Integer.parseInt(becomes), "", "", 1);
        }
        assertEquals(killed, state.killed(Role.CLIENT));
    }

    @Test
    void progress_is_that_of_both_ends_and_moves_only_with_their_bytes() {
        connects();
        progress(Role.SERVER, 5, 3);
        progress(Role.CLIENT, 7, 4);
        assertEquals(new AgentPair.Progress(4, 5, 0, 7, 0), state.progress());
        assertEquals(seconds(4), state.movedAt());
        progress(Role.CLIENT, 7, 6);
        assertEquals(seconds(4), state.movedAt());
        assertEquals(seconds(6), state.client().lastEventAt());
    }

    /// The digest of what one end sent against that of what the other received.
    @ParameterizedTest
    @CsvSource({"same,same,true", "same,other,false", "same,'',true", "'',other,true"})
    void digests_that_differ_are_not_intact(String sent, String received, boolean intact) {
        state = PairState.started(settings(LoadSettings.Verify.SAMPLE), "host-a", "host-b", 0);
        connects();
        for (Role role : Role.values()) hears(role, "exchanged", 0);
        state = state.received(Role.SERVER, AgentStateTest.result(sent, "to server"), 0);
        assertTrue(state.reports().client().received().intact(), "one word alone is no difference");
        state = state.received(Role.CLIENT, AgentStateTest.result("to server", received), 0);
        assertEquals(intact, state.reports().client().received().intact());
        assertTrue(state.reports().server().received().intact());
    }
}
