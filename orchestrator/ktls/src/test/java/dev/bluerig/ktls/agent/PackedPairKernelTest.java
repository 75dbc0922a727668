package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pair as hosts get it, the jar and the runtime, each end a process of its own, over loopback of a kernel with TLS. A trial on the
/// kernel lab does the same in the whole, so this is for long runs.
@Tag("kernel-tls")
@Timeout(300)
final class PackedPairKernelTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1.2, aes-128-gcm, sendfile", "1.3, chacha20-poly1305, send"})
    void the_packed_pair(String version, String cipher, String source, TestReporter reporter) throws Exception {
        KernelDay day = KernelDay.packed(directory, settings -> settings.with("version", version).with("cipher", cipher)
            .with("source", source).with("connections", 4).with("bytes", 8_000_001));
        day.kernels(4, reporter);
        day.agree();
        assertEquals(8_000_001, AgentTalk.whole(AgentTalk.fields(day.results().client(), "received"), "bytes"));
    }
}
