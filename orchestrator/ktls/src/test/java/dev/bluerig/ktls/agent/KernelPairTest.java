package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pair's classes as hosts get them, against themselves over loopback of a kernel with TLS: nothing may fall back to user space, and
/// what `state` says is the kernel's.
@Tag("kernel-tls")
@Timeout(300)
// with many connections last: a JVM that has shaken hands before is several times as fast
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KernelPairTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @Order(1)
    @CsvSource({"1.2, aes-256-gcm, sendfile", "1.3, aes-128-gcm, sendfile", "1.2, chacha20-poly1305, sendfile",
        "1.2, aes-128-gcm, sendfile-zerocopy", "1.3, aes-256-gcm, sendfile-zerocopy"})
    void from_a_file(String version, String cipher, String source, TestReporter reporter) throws Exception {
        KernelDay day = KernelDay.inProcess(directory, settings -> settings.with("version", version).with("cipher", cipher)
            .with("source", source).with("connections", 2).with("write", 1_000_000).with("bytes", 6_000_001));
        day.kernels(2, reporter);
        day.agree();
    }

    @Test
    @Order(2)
    void many_lanes_of_requests_and_responses(TestReporter reporter) throws Exception {
        KernelDay day = KernelDay.inProcess(directory, settings -> settings.with("mode", "request-response").with("connections", 32)
            .with("write", 2_000).with("bytes", 192_000));
        day.agree();
        long handshakes = AgentTalk.whole(AgentTalk.fields(day.results().client(), "usage"), "handshakes");
        reporter.publishEntry("handshakes", String.valueOf(handshakes));
        assertEquals(96, handshakes);
    }

    @Test
    @Order(2)
    void many_connections(TestReporter reporter) throws Exception {
        KernelDay day = KernelDay.inProcess(directory, settings -> settings.with("connections", 64).with("bytes", 8_000_000)
            .with("version", "1.3"));
        day.kernels(64, reporter);
        day.agree();
    }
}
