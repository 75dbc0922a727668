package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentSettingsTest {
    private static String refusal(JsonValue line) {
        return assertThrows(MalformedLine.class, () -> AgentSettings.read(line)).getMessage();
    }

    /// Written by hand from docs/pair-protocol.md.
    @Test
    void both_ends_are_written_as_the_protocol_has_them() {
        assertEquals("{\"role\":\"server\",\"address\":\"192.0.2.1\",\"ports\":[47000,47099],\"local\":\"\",\"pin\":\"\","
            + "\"version\":\"1.2\",\"cipher\":\"aes-128-gcm\","
            + "\"certificate\":\"ecdsa\",\"transmit\":\"kernel\",\"receive\":\"user-space\",\"connections\":1,\"bytes\":1048576,"
            + "\"seconds\":0,\"write\":131072,"
            + "\"source\":\"sendfile-zerocopy\",\"direction\":\"client-sends\",\"mode\":\"request-response\","
            + "\"verify\":\"every-byte\",\"seed\":-5,\"cpus\":[2,3],"
            + "\"restore\":[[\"ethtool\",\"-K\",\"eth0\",\"tls-hw-tx-offload\",\"on\"]],\"directory\":\"/run/bluerig/1\","
            + "\"lease\":30,\"silence\":70}",
            SampleAgentSettings.server().line());
        assertTrue(SampleAgentSettings.client().line()
            .startsWith("{\"role\":\"client\",\"address\":\"2001:db8::1\",\"ports\":[47001,47001],\"local\":\"2001:db8::2\","
            + "\"pin\":\"" + SampleAgentSettings.PIN + "\",\"version\":\"1.3\",\"cipher\":\"chacha20-poly1305\",\"certificate\":\"rsa\","));
    }

    @Test
    void what_is_written_is_read() throws MalformedLine {
        for (AgentSettings settings : List.of(SampleAgentSettings.server(), SampleAgentSettings.client()))
            assertEquals(settings, AgentSettings.read(JsonReader.read(settings.line())));
    }

    @Test
    void what_may_be_absent_has_its_usual_value() throws MalformedLine {
        var fields = new LinkedHashMap<>(SampleAgentSettings.fields(SampleAgentSettings.server()).fields());
        for (String name : List.of("local", "pin", "certificate", "silence")) fields.remove(name);
        AgentSettings read = AgentSettings.read(new JsonValue.Fields(fields));
        assertEquals(Optional.empty(), read.endpoint().local());
        assertEquals(Optional.empty(), read.endpoint().pin());
        assertEquals(CertificateKind.ECDSA, read.tls().certificate());
        assertEquals(Duration.ofSeconds(20), read.lifetime().silence());
        assertEquals(CertificateKind.ECDSA, AgentSettings.read(new JsonValue.Fields(fields).with("certificate", "")).tls().certificate());
    }

    @Test
    void who_sends_follows_from_role_and_direction() {
        assertFalse(SampleAgentSettings.server().sends());
        assertTrue(SampleAgentSettings.server().receives());
        assertTrue(SampleAgentSettings.client().sends());
        assertFalse(SampleAgentSettings.client().receives());
    }

    @Test
    void the_first_connections_take_what_is_left_over() {
        var load = new LoadSettings(3, 11, 0, 1, LoadSettings.Source.SEND, LoadSettings.Direction.BOTH, LoadSettings.Mode.STREAM,
            LoadSettings.Verify.SAMPLE, 1, List.of());
        assertEquals(List.of(4L, 4L, 3L), List.of(load.share(0), load.share(1), load.share(2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "role|\"both\"|server or client", "address|\"localhost\"|an IP address", "address|7|an IP address", "ports|[47000]|[first, last]",
            "ports|[2,1]|[first, last]",
        "ports|[0,1]|[first, last]", "ports|[1,65536]|[first, last]", "version|\"1.1\"|1.2 or 1.3", "version|1.2|1.2 or 1.3",
        "cipher|\"aes-128-cbc\"|aes-128-gcm or",
        "certificate|\"dsa\"|ecdsa or rsa", "certificate|7|ecdsa or rsa", "transmit|\"card\"|kernel or user-space",
        "receive|true|kernel or user-space",
        "connections|0|from 1 to 1000", "connections|1001|from 1 to 1000", "connections|1.0|from 1 to 1000", "bytes|-1|0 or more",
        "seconds|1|exactly one of",
        "write|0|from 1 to 4194304", "write|4194305|from 1 to 4194304", "source|\"splice\"|send or sendfile or sendfile-zerocopy",
        "direction|\"none\"|client-sends or server-sends or both", "mode|\"burst\"|stream or request-response",
        "verify|\"none\"|every-byte or sample",
        "seed|\"1\"|a whole number", "cpus|[-1]|core numbers", "cpus|\"2-5\"|core numbers", "restore|[\"a\"]|lists of words",
        "restore|[[]]|lists of words",
        "restore|[[\"\"]]|lists of words", "restore|[[1]]|lists of words", "directory|\"run/x\"|absolute path",
        "directory|\"/\"|absolute path",
        "directory|\"/tmp\"|absolute path", "directory|\"/tmp/../etc\"|absolute path", "lease|0|from 1 to 86400",
        "silence|0|from 1 to 3600",
        "pin|\"ab\"|64 lower-case hex digits", "local|\"127.0.0.1\"|for a client", "local|\"no\"|an IP address", "colour|1|is no field"})
    void the_field_that_is_wrong_is_named(String field, String value, String wanted) throws MalformedLine {
        String message = refusal(SampleAgentSettings.fields(SampleAgentSettings.server()).with(field, JsonReader.read(value)));
        assertTrue(message.contains("`" + field + "`") && message.contains(wanted), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "address", "ports", "version", "cipher", "transmit", "receive", "connections", "bytes", "seconds",
        "write", "source", "direction", "mode",
        "verify", "seed", "cpus", "restore", "directory", "lease"})
    void the_field_that_is_missing_is_named(String field) throws MalformedLine {
        var fields = new LinkedHashMap<>(SampleAgentSettings.fields(SampleAgentSettings.server()).fields());
        fields.remove(field);
        String message = refusal(new JsonValue.Fields(fields));
        assertTrue(message.contains("`" + field + "` is missing"), message);
    }

    @Test
    void a_client_needs_a_pin_and_one_port() throws MalformedLine {
        String message = refusal(SampleAgentSettings.fields(SampleAgentSettings.client()).with("pin", "").with("ports",
            JsonValue.numbers(List.of(1, 2))).with("local", "127.0.0.1"));
        assertTrue(message.contains("`pin` is missing") && message.contains("the same port twice") && message.contains("of one family"),
            message);
    }

    @Test
    void everything_is_said_at_once() {
        String message = refusal(JsonValue.fields().with("role", 1).with("seed", 1));
        assertTrue(message.contains("`role` is server or client, found 1") && message.contains("`lease` is missing")
            && !message.contains("`seed`"), message);
        assertEquals("the settings are an object, found [1]", refusal(JsonValue.numbers(List.of(1))));
    }
}
