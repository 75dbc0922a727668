package dev.bluerig.bench.path;

import dev.bluerig.bench.measure.TimedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A way to carry bytes over loopback: two programs, of which one listens. The commands are started in the same directory.
sealed interface TransferProgram {
    String name();

    /// Ends by itself when the bytes are through, or is ended when the client has ended.
    List<String> server(int port, long bytes);

    List<String> client(int port, long bytes);

    /// What of it counts, in CPU seconds per gigabyte (10^9 bytes), when both ends are done.
    default double perGigabyte(long bytes, TimedCommand server, TimedCommand client) {
        return (server.cpu() + client.cpu()) / bytes * 1e9;
    }

    /// `write`: bytes written at once, and the buffer that reads.
    record Iperf(int write) implements TransferProgram {
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
            return List.of("iperf3", "-c", "127.0.0.1", "-p", String.valueOf(port), "-n", String.valueOf(bytes), "-l",
                String.valueOf(write));
        }
    }

    /// One of our loops, in a JVM with the options it has on a host (docs/adr/0007).
    record Java(OwnLoop loop, int write) implements TransferProgram {
        private static final Pattern COST = Pattern.compile("(\\d+\\.\\d+) CPU seconds for (\\d+) bytes");

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

        /// As both ends metered themselves.
        @Override
        public double perGigabyte(long bytes, TimedCommand server, TimedCommand client) {
            return cost(server.output()) + cost(client.output());
        }

        private static double cost(String output) {
            Matcher said = COST.matcher(output);
            if (!said.find()) throw new IllegalStateException("an end did not say what it cost:\n" + output);
            return Double.parseDouble(said.group(1)) / Long.parseLong(said.group(2)) * 1e9;
        }

        private List<String> command(String role, int port, long bytes) {
            return List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+UseSerialGC", "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), LoopEnd.class.getName(), loop.name(), role, String.valueOf(port),
                String.valueOf(bytes), String.valueOf(write));
        }
    }

    /// TLS 1.2, ECDHE-ECDSA-AES128-GCM-SHA256, in user space: `s_server` reads a file of zeros from the page cache and writes it in records
    /// of 16 KiB, `s_time` reads it again and again for some seconds. The directory holds `file`, `key.pem` and `certificate.pem`.
    record OpenSsl(int seconds) implements TransferProgram {
        static final long FILE_BYTES = 1_000_000_000;

        private static final Pattern READ = Pattern.compile("(\\d+) connections in \\d+ real seconds, (\\d+) bytes read per connection");

        @Override
        public String name() {
            return "openssl, user space";
        }

        @Override
        public List<String> server(int port, long bytes) {
            return List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-cert", "certificate.pem", "-key", "key.pem", "-tls1_2",
                "-WWW");
        }

        @Override
        public List<String> client(int port, long bytes) {
            return List.of("openssl", "s_time", "-connect", "127.0.0.1:" + port, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256",
                "-new", "-time", String.valueOf(seconds), "-www", "/file");
        }

        /// `7 connections in 5 real seconds, 1000000045 bytes read per connection` (s_time of 3.0)
        @Override
        public double perGigabyte(long bytes, TimedCommand server, TimedCommand client) {
            Matcher said = READ.matcher(client.output());
            if (!said.find() || Long.parseLong(said.group(2)) < FILE_BYTES)
                throw new IllegalStateException("s_time did not read the file of " + FILE_BYTES + " bytes:\n" + client.output());
            return (server.cpu() + client.cpu()) / Long.parseLong(said.group(1)) / Long.parseLong(said.group(2)) * 1e9;
        }
    }
}
