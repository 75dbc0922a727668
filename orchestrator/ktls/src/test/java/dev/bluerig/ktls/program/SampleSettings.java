package dev.bluerig.ktls.program;

import java.util.List;

/// Settings of small runs over loopback.
final class SampleSettings {
    private SampleSettings() {}

    static Json.Fields server(String directory) {
        return common(directory).with("role", "server").with("ports", ports(47100, 47999)).with("certificate", "ecdsa");
    }

    static Json.Fields client(String directory, long port, String pin) {
        return common(directory).with("role", "client").with("ports", ports(port, port)).with("pin", pin).with("local", "127.0.0.1");
    }

    private static Json.Fields common(String directory) {
        return Json.fields().with("address", "127.0.0.1").with("version", "1.2").with("cipher", "aes-128-gcm").with("transmit", "kernel").with("receive", "kernel")
            .with("connections", 1).with("bytes", 100_000).with("seconds", 0).with("write", 16384).with("source", "send").with("direction", "both").with("mode", "stream")
            .with("verify", "every-byte").with("seed", 7).with("cpus", new Json.Items(List.of())).with("restore", new Json.Items(List.of())).with("directory", directory).with("lease", 60);
    }

    static Json ports(long first, long last) {
        return new Json.Items(List.of(new Json.Whole(first), new Json.Whole(last)));
    }

    static Json restore(List<String> command) {
        return new Json.Items(List.of(Json.words(command)));
    }
}
