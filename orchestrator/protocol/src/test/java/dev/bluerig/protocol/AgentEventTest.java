package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentEventTest {
    private static final String PIN = "ab".repeat(32);

    /// The lines are written by hand from docs/pair-protocol.md.
    static Map<AgentEvent, String> lines() {
        var lines = new LinkedHashMap<AgentEvent, String>();
        lines.put(new AgentEvent.Hello("1", "25.0.1", "amd64", 7),
            "{\"event\":\"hello\",\"pair\":\"1\",\"java\":\"25.0.1\",\"arch\":\"amd64\",\"pid\":7}");
        lines.put(new AgentEvent.Ready(PIN, "192.0.2.1", 47001), "{\"event\":\"ready\",\"fingerprint\":\"" + PIN
            + "\",\"address\":\"192.0.2.1\",\"port\":47001}");
        lines.put(new AgentEvent.Ready(PIN, "", 0), "{\"event\":\"ready\",\"fingerprint\":\"" + PIN + "\"}");
        lines.put(new AgentEvent.Admitting(), "{\"event\":\"admitting\"}");
        lines.put(new AgentEvent.Dropped("192.0.2.9:1", AgentCode.PEER_NOT_TLS, "a \"stranger\""),
            "{\"event\":\"dropped\",\"peer\":\"192.0.2.9:1\",\"code\":\"PEER_NOT_TLS\",\"message\":\"a \\\"stranger\\\"\"}");
        lines.put(new AgentEvent.Connected(0, "1.2", "aes-128-gcm", "192.0.2.1:47001", "192.0.2.2:5", TlsSettings.RecordHandler.KERNEL,
            TlsSettings.RecordHandler.USER_SPACE, "no TLS"),
            "{\"event\":\"connected\",\"connection\":0,\"version\":\"1.2\",\"cipher\":\"aes-128-gcm\","
            + "\"local\":\"192.0.2.1:47001\",\"peer\":\"192.0.2.2:5\","
                + "\"transmit\":\"kernel\",\"receive\":\"user-space\",\"reason\":\"no TLS\"}");
        lines.put(new AgentEvent.State(AgentEvent.When.OPENED,
            List.of(new ConnectionState(3, "hw", "unknown", "EPERM", "1.3", "aes-256-gcm", 5, -1))),
            "{\"event\":\"state\",\"when\":\"opened\",\"connections\":[{\"connection\":3,\"transmit\":\"hw\","
            + "\"receive\":\"unknown\",\"reason\":\"EPERM\","
                + "\"version\":\"1.3\",\"cipher\":\"aes-256-gcm\",\"transmitted\":5,\"received\":-1}]}");
        lines.put(new AgentEvent.State(AgentEvent.When.ASKED, List.of()), "{\"event\":\"state\",\"when\":\"asked\",\"connections\":[]}");
        lines.put(new AgentEvent.Progress(2, 30, 40), "{\"event\":\"progress\",\"seconds\":2,\"sent\":30,\"received\":40}");
        lines.put(new AgentEvent.Exchanged(), "{\"event\":\"exchanged\"}");
        lines.put(new AgentEvent.Result(new Flow(100, 3, 2.0, List.of(1L, 99L), 0, true, "00ff"),
            new Flow(0, -1, 0, List.of(), 0, true, ""),
            new CpuUsage(1.5, 0.25, 2, List.of(0.5, 1.0), 10, 2, 1, -1), 4),
            "{\"event\":\"result\",\"sent\":{\"bytes\":100,\"records\":3,\"seconds\":2.0,\"per_second\":[1,99],\"checked\":0,"
            + "\"intact\":true,\"digest\":\"00ff\"},"
                + "\"received\":{\"bytes\":0,\"records\":-1,\"seconds\":0.0,\"per_second\":[],\"checked\":0,\"intact\":true,"
                + "\"digest\":\"\"},"
                + "\"usage\":{\"user\":1.5,\"system\":0.25,\"machine\":2.0,\"cores\":[0.5,1.0],\"voluntary\":10,\"involuntary\":2,"
                + "\"handshakes\":1,\"retransmits\":-1},"
                + "\"dropped\":4}");
        lines.put(new AgentEvent.Failed(AgentCode.PORT_IN_USE, "EADDRINUSE", "no port"),
            "{\"event\":\"failed\",\"code\":\"PORT_IN_USE\",\"errno\":\"EADDRINUSE\",\"message\":\"no port\"}");
        return lines;
    }

    @Test
    void events_are_written_and_read_as_the_protocol_has_them() throws MalformedLine {
        for (Map.Entry<AgentEvent, String> each : lines().entrySet()) {
            assertEquals(each.getValue(), each.getKey().line());
            assertEquals(each.getKey(), AgentEvent.read(each.getValue()));
        }
    }

    @Test
    void what_a_later_version_says_is_passed_over() throws MalformedLine {
        assertEquals(new AgentEvent.Exchanged(), AgentEvent.read("{\"event\":\"exchanged\",\"later\":{\"more\":[1]}}"));
        assertEquals(new AgentEvent.UnknownEvent("brand-new"), AgentEvent.read("{\"event\":\"brand-new\",\"x\":1}"));
        assertEquals(new AgentEvent.Failed(AgentCode.OTHER, "", "BRAND_NEW: why"),
            AgentEvent.read("{\"event\":\"failed\",\"code\":\"BRAND_NEW\",\"message\":\"why\"}"));
    }

    @Test
    void what_may_be_absent_is_empty() throws MalformedLine {
        String result = lines().entrySet().stream().filter(each -> each.getKey() instanceof AgentEvent.Result).findFirst().orElseThrow()
            .getValue();
        var read = (AgentEvent.Result) AgentEvent.read(result.replace(",\"digest\":\"00ff\"", "").replace(",\"dropped\":4", ""));
        assertEquals("", read.sent().digest());
        assertEquals(0, read.dropped());
        var state = (AgentEvent.State) AgentEvent.read("{\"event\":\"state\",\"when\":\"closing\","
            + "\"connections\":[{\"connection\":0,\"transmit\":\"sw\",\"receive\":\"sw\","
            + "\"version\":\"1.2\",\"cipher\":\"aes-128-gcm\",\"transmitted\":0,\"received\":0}]}");
        assertEquals("", state.connections().getFirst().reason());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "Picked up _JAVA_OPTIONS|a value at column 1", "[1]|no `event`", "{\"event\":[]}|no `event`",
            "{\"event\":\"ready\"}|`fingerprint` is missing",
        "{\"event\":\"ready\",\"fingerprint\":\"no\"}|64 lower-case hex digits",
        "{\"event\":\"progress\",\"seconds\":\"soon\",\"sent\":1,\"received\":1}|0 or more, found \"soon\"",
        "{\"event\":\"progress\",\"seconds\":-0.5,\"sent\":-1,\"received\":1}|`sent` is a whole number, 0 or more, found -1",
        "{\"event\":\"hello\",\"pair\":1,\"java\":\"\",\"arch\":\"\",\"pid\":1}|`pair` is a text, found 1",
        "{\"event\":\"state\",\"when\":\"later\",\"connections\":[]}|opened or asked or closing",
        "{\"event\":\"state\",\"when\":\"asked\",\"connections\":[1]}|a list of objects",
        "{\"event\":\"state\",\"when\":\"asked\","
        + "\"connections\":[{\"connection\":-1}]}|`connection` is a whole number, 0 or more, found -1",
        "{\"event\":\"result\",\"sent\":{},\"received\":7,\"usage\":{}}|`received` is an object, found 7"})
    void what_is_no_event_is_refused(String line, String reason) {
        String message = assertThrows(MalformedLine.class, () -> AgentEvent.read(line)).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
