package dev.bluerig.ktls.agent;

import dev.bluerig.protocol.JsonValue;
import java.util.List;

/// Settings of small runs over loopback.
final class SampleSettings {
    private SampleSettings() {}

    static JsonValue.Fields server(String directory) {
        return common(directory).with("role", "server").with("ports", ports(47100, 47999)).with("certificate", "ecdsa");
    }

    static JsonValue.Fields client(String directory, long port, String pin) {
        return common(directory).with("role", "client").with("ports", ports(port, port)).with("pin", pin).with("local", "127.0.0.1");
    }

    private static JsonValue.Fields common(String directory) {
        return JsonValue.fields().with("address", "127.0.0.1").with("version", "1.2").with("cipher", "aes-128-gcm")
            .with("transmit", "kernel").with("receive", "kernel")
            .with("connections", 1).with("bytes", 100_000).with("seconds", 0).with("write", 16384).with("source", "send")
            .with("direction", "both").with("mode", "stream")
            .with("verify", "every-byte").with("seed", 7).with("cpus", new JsonValue.Items(List.of()))
            .with("restore", new JsonValue.Items(List.of())).with("directory", directory).with("lease", 60);
    }

    static JsonValue ports(long first, long last) {
        return new JsonValue.Items(List.of(new JsonValue.Whole(first), new JsonValue.Whole(last)));
    }

    static JsonValue restore(List<String> command) {
        return new JsonValue.Items(List.of(JsonValue.words(command)));
    }
}
