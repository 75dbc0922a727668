package dev.bluerig.protocol;

/// One connection at one moment.
///
/// - `transmit`, `receive`: texts of `TlsConf`, or `unknown`; `reason`: why it is unknown, else empty.
/// - `version`, `cipher`: what was negotiated.
/// - `transmitted`, `received`: the live record sequence numbers, -1 when the kernel does not hold them.
public record ConnectionState(int connection, String transmit, String receive, String reason, String version, String cipher,
                              long transmitted, long received) {
    JsonValue.Fields json() {
        return JsonValue.fields().with("connection", connection).with("transmit", transmit).with("receive", receive).with("reason", reason)
            .with("version", version).with("cipher", cipher).with("transmitted", transmitted).with("received", received);
    }

    static ConnectionState read(FieldReader fields) {
        return new ConnectionState(fields.count("connection"), fields.text("transmit"), fields.text("receive"), fields.optional("reason"),
            fields.text("version"), fields.text("cipher"), fields.whole("transmitted", -1), fields.whole("received", -1));
    }
}
