package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFailed;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModuleGraphTest {
    /// kmod 30, Debian 12: lines of modules.dep of 6.1.0-56-amd64.
    private static final ModuleGraph GRAPH = ModuleGraph.parse(List.of(
        "kernel/fs/ext4/ext4.ko: kernel/lib/crc16.ko kernel/fs/mbcache.ko kernel/fs/jbd2/jbd2.ko",
        "kernel/lib/crc16.ko:",
        "kernel/fs/mbcache.ko:",
        "kernel/fs/jbd2/jbd2.ko:",
        "kernel/arch/x86/crypto/aesni-intel.ko: kernel/crypto/crypto_simd.ko kernel/crypto/cryptd.ko",
        "kernel/crypto/crypto_simd.ko: kernel/crypto/cryptd.ko",
        "kernel/crypto/cryptd.ko:"), "kernel/net/ipv4/tcp_cubic.ko\n");

    @Test
    void each_comes_after_what_it_needs() throws LabFailed {
        assertEquals(List.of("kernel/fs/jbd2/jbd2.ko", "kernel/fs/mbcache.ko", "kernel/lib/crc16.ko", "kernel/fs/ext4/ext4.ko"),
            GRAPH.inOrder(List.of("ext4")));
        assertEquals(List.of("kernel/crypto/cryptd.ko", "kernel/crypto/crypto_simd.ko", "kernel/arch/x86/crypto/aesni-intel.ko"),
            GRAPH.inOrder(List.of("aesni_intel", "cryptd")));
    }

    @Test
    void built_in_needs_no_file_and_unknown_is_named() throws LabFailed {
        assertEquals(List.of(), GRAPH.inOrder(List.of("tcp_cubic")));
        assertTrue(assertThrows(LabFailed.class, () -> GRAPH.inOrder(List.of("ext4", "one", "two"))).getMessage().endsWith("one, two"));
    }

    @Test
    void a_file_may_be_compressed() {
        assertEquals("virtio_net", ModuleGraph.name("kernel/drivers/net/virtio-net.ko.xz"));
    }
}
