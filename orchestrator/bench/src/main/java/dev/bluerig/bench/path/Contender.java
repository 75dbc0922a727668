package dev.bluerig.bench.path;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A way to carry bytes over loopback: two programs, of which one listens. The commands are started in the same directory.
sealed interface Contender {
    String name();

    /// Ends by itself when the bytes are through, or is ended when the client has ended.
    List<String> server(int port, long bytes);

    List<String> client(int port, long bytes);

    /// How many bytes went through, by what the client printed.
    default long carried(long bytes, String output) {
        return bytes;
    }

    /// `write`: bytes written at once, and the buffer that reads.
    record Iperf(int write) implements Contender {
        @Override
        public String name() {
            return "iperf3";
        }

        @Override
        public List<String> server(int port, long bytes) {
            return List.of("iperf3", "-s", "-1", "-B", "127.0.0.1", "-p", String.valueOf(port));
        }

        @Override
        public List<String> client(int port, long bytes) {
            return List.of("iperf3", "-c", "127.0.0.1", "-p", String.valueOf(port), "-n", String.valueOf(bytes), "-l", String.valueOf(write));
        }
    }

    /// One of our loops, in a JVM with the options it has on a host (docs/adr/0007).
    record Java(Loop loop, int write) implements Contender {
        @Override
        public String name() {
            return loop.text();
        }

        @Override
        public List<String> server(int port, long bytes) {
            return command("receive", port, bytes);
        }

        @Override
        public List<String> client(int port, long bytes) {
            return command("send", port, bytes);
        }

        private List<String> command(String role, int port, long bytes) {
            return List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+UseSerialGC", "-Xss512k", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Ends.class.getName(), loop.name(), role, String.valueOf(port), String.valueOf(bytes), String.valueOf(write));
        }
    }

    /// TLS 1.2, ECDHE-ECDSA-AES128-GCM-SHA256, in user space: `s_server` reads a file of zeros from the page cache and writes it in records of
    /// 16 KiB, `s_time` reads it again and again for some seconds. The directory holds `file`, `key.pem` and `certificate.pem`.
    record OpenSsl(int seconds) implements Contender {
        private static final Pattern READ = Pattern.compile("(\\d+) connections in \\d+ real seconds, (\\d+) bytes read per connection");

        @Override
        public String name() {
            return "openssl, user space";
        }

        @Override
        public List<String> server(int port, long bytes) {
            return List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-cert", "certificate.pem", "-key", "key.pem", "-tls1_2", "-WWW");
        }

        @Override
        public List<String> client(int port, long bytes) {
            return List.of("openssl", "s_time", "-connect", "127.0.0.1:" + port, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256", "-new", "-time", String.valueOf(seconds), "-www", "/file");
        }

        /// `7 connections in 5 real seconds, 1073741869 bytes read per connection` (s_time of 3.0)
        @Override
        public long carried(long bytes, String output) {
            Matcher said = READ.matcher(output);
            if (!said.find() || Long.parseLong(said.group(2)) < bytes) throw new IllegalStateException("s_time did not read the file of " + bytes + " bytes:\n" + output);
            return Long.parseLong(said.group(1)) * Long.parseLong(said.group(2));
        }
    }
}
