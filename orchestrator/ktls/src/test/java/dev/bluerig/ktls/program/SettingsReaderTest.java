package dev.bluerig.ktls.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.TlsVersion;
import dev.bluerig.ktls.secure.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {
    private static final String PIN = "ab".repeat(32);

    private static String refusal(Json line) {
        return assertThrows(BadLine.class, () -> SettingsReader.read(line)).getMessage();
    }

    @Test
    void readsAServerAndAClient() throws BadLine {
        Settings server = SettingsReader.read(SampleSettings.server("/run/bluerig/1").with("restore", SampleSettings.restore(List.of("ethtool", "-K", "eth0", "tls-hw-tx-offload", "on"))).with("silence", 3).with("pin", ""));
        assertEquals(Role.SERVER, server.role());
        assertEquals(List.of(47100, 47999), List.of(server.firstPort(), server.lastPort()));
        assertEquals(List.of(List.of("ethtool", "-K", "eth0", "tls-hw-tx-offload", "on")), server.restore());
        assertEquals(Duration.ofSeconds(3), server.silence());
        Settings client = SettingsReader.read(SampleSettings.client("/run/bluerig/1", 47100, PIN).with("version", "1.3"));
        assertEquals(TlsVersion.TLS_1_3, client.version());
        assertEquals(PIN, client.pin().orElseThrow());
        assertEquals(Duration.ofSeconds(20), client.silence());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "role|\"both\"|server or client", "address|\"localhost\"|an IP address", "address|7|an IP address", "ports|[47000]|[first, last]", "ports|[2,1]|[first, last]", "ports|[0,1]|[first, last]",
        "ports|[1,65536]|[first, last]", "version|\"1.1\"|1.2 or 1.3", "version|1.2|1.2 or 1.3", "cipher|\"aes-128-cbc\"|aes-128-gcm or", "certificate|\"dsa\"|ecdsa or rsa", "transmit|\"card\"|kernel or user-space",
        "receive|true|kernel or user-space", "connections|0|from 1 to 1000", "connections|1001|from 1 to 1000", "connections|1.0|from 1 to 1000", "bytes|-1|from 0 to", "seconds|1|exactly one of",
        "write|0|from 1 to 4194304", "write|4194305|from 1 to 4194304", "source|\"splice\"|send or sendfile or sendfile-zerocopy", "direction|\"none\"|client-sends or server-sends or both",
        "mode|\"burst\"|stream or request-response", "verify|\"none\"|every-byte or sample", "seed|\"1\"|a whole number", "cpus|[-1]|core numbers", "cpus|\"2-5\"|core numbers", "restore|[\"a\"]|lists of words",
        "restore|[[]]|lists of words", "restore|[[\"\"]]|lists of words", "restore|[[1]]|lists of words", "directory|\"run/x\"|absolute path", "directory|\"/\"|absolute path", "directory|\"/tmp\"|absolute path",
        "directory|\"/tmp/../etc\"|absolute path", "lease|0|from 1 to 86400", "silence|0|from 1 to 3600", "pin|\"ab\"|64 lower-case hex digits", "local|\"127.0.0.1\"|for a client", "colour|1|is no field"})
    void namesTheFieldThatIsWrong(String field, String value, String wanted) throws BadLine {
        String message = refusal(SampleSettings.server("/run/bluerig/1").with(field, JsonReader.read(value)));
        assertTrue(message.contains("`" + field + "`") && message.contains(wanted), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "address", "ports", "version", "cipher", "transmit", "receive", "connections", "bytes", "seconds", "write", "source", "direction", "mode", "verify", "seed", "cpus", "restore", "directory", "lease"})
    void namesTheFieldThatIsMissing(String field) {
        var fields = new HashMap<>(SampleSettings.server("/run/bluerig/1").fields());
        fields.remove(field);
        String message = refusal(new Json.Fields(fields));
        assertTrue(message.contains("`" + field + "` is missing"), message);
    }

    @Test
    void aClientNeedsAPinAndOnePort() {
        String message = refusal(SampleSettings.client("/run/bluerig/1", 1, "").with("ports", SampleSettings.ports(1, 2)).with("local", "::1"));
        assertTrue(message.contains("`pin` is missing") && message.contains("the same port twice") && message.contains("of one family"), message);
    }

    @Test
    void saysEverythingAtOnce() {
        String message = refusal(Json.fields().with("role", 1).with("seed", 1));
        assertTrue(message.contains("`role` is server or client, found 1") && message.contains("`lease` is missing") && !message.contains("`seed`"), message);
        assertEquals("the settings are an object, found [1]", refusal(new Json.Items(List.of(new Json.Whole(1)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"command\":\"stop\"}|found \"stop\"", "{\"command\":\"peer\"}|`pin` is missing", "{\"command\":\"go\",\"x\":1}|`x` is no field", "{}|`command` is missing",
        "[]|a command is an object", "{\"command\":\"peer\",\"pin\":\"zz\"}|64 lower-case"})
    void refusesCommands(String line, String reason) throws BadLine {
        Json json = JsonReader.read(line);
        String message = assertThrows(BadLine.class, () -> AgentCommand.read(json)).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
