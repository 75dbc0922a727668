package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentCommandTest {
    private static final String PIN = "cd".repeat(32);
    /// Written by hand from docs/pair-protocol.md.
    private static final Map<AgentCommand, String> LINES = Map.of(
        new AgentCommand.Alive(), "{\"command\":\"alive\"}",
        new AgentCommand.Peer(PIN, Optional.empty()), "{\"command\":\"peer\",\"pin\":\"" + PIN + "\"}",
        new AgentCommand.Peer(PIN, Optional.of(new AddressLiteral("2001:db8::2"))), "{\"command\":\"peer\",\"pin\":\"" + PIN
        + "\",\"address\":\"2001:db8::2\"}",
        new AgentCommand.Go(), "{\"command\":\"go\"}",
        new AgentCommand.State(), "{\"command\":\"state\"}",
        new AgentCommand.Close(), "{\"command\":\"close\"}");

    @Test
    void commands_are_written_and_read_as_the_protocol_has_them() throws MalformedLine {
        for (Map.Entry<AgentCommand, String> each : LINES.entrySet()) {
            assertEquals(each.getValue(), each.getKey().line());
            assertEquals(each.getKey(), AgentCommand.read(JsonReader.read(each.getValue())));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
        value = {"{\"command\":\"stop\"}|found \"stop\"", "{\"command\":\"peer\"}|`pin` is missing",
        "{\"command\":\"go\",\"x\":1}|`x` is no field",
        "{}|`command` is missing", "[]|a command is an object", "{\"command\":\"peer\",\"pin\":\"zz\"}|64 lower-case",
        "{\"command\":\"peer\",\"pin\":\"zz\",\"address\":\"host\"}|an IP address"})
    void what_is_no_command_is_refused(String line, String reason) throws MalformedLine {
        JsonValue json = JsonReader.read(line);
        String message = assertThrows(MalformedLine.class, () -> AgentCommand.read(json)).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
