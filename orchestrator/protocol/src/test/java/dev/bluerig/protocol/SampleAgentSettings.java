package dev.bluerig.protocol;

import java.time.Duration;
import java.util.List;

/// Settings with something in every field.
final class SampleAgentSettings {
    static final String PIN = "ab".repeat(32);
    private static final TlsSettings TLS = new TlsSettings(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, CertificateKind.ECDSA,
        TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.USER_SPACE);
    private static final LoadSettings LOAD = new LoadSettings(1, 1048576, 0, 131072, LoadSettings.Source.SENDFILE_ZEROCOPY,
        LoadSettings.Direction.CLIENT_SENDS,
        LoadSettings.Mode.REQUEST_RESPONSE, LoadSettings.Verify.EVERY_BYTE, -5, List.of(2, 3));
    private static final LifetimeSettings LIFETIME = new LifetimeSettings(List.of(List.of("ethtool", "-K", "eth0", "tls-hw-tx-offload",
        "on")), "/run/bluerig/1",
        Duration.ofSeconds(30), Duration.ofSeconds(70));

    private SampleAgentSettings() {}

    static AgentSettings server() {
        return new AgentSettings(EndpointSettings.server(new AddressLiteral("192.0.2.1"), 47000, 47099), TLS, LOAD, LIFETIME);
    }

    static AgentSettings client() {
        return new AgentSettings(EndpointSettings.client(new AddressLiteral("2001:db8::1"), 47001, new AddressLiteral("2001:db8::2"), PIN),
            new TlsSettings(TlsVersion.TLS_1_3, Cipher.CHACHA20_POLY1305, CertificateKind.RSA, TlsSettings.RecordHandler.USER_SPACE,
            TlsSettings.RecordHandler.KERNEL), LOAD, LIFETIME);
    }

    static JsonValue.Fields fields(AgentSettings settings) throws MalformedLine {
        return (JsonValue.Fields) JsonReader.read(settings.line());
    }
}
