package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsGuest;
import dev.bluerig.lab.machine.LabFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each host with its DPU in a guest of its own: two kernels, and between them the cables alone.
@NeedsGuest
@Tag("long")
@Timeout(900)
final class TwoGuestsTest {
    private static final List<String> BRIDGES = List.of("ovsbr1", "ovsbr2");

    @TempDir
    private Path parent;

    @Test
    void are_back_to_back() throws Exception {
        Path lab = parent.resolve("lab");
        var ready = KernelLab.up(lab, KernelLab.Options.usual().guests(2), System.err::println);
        try {
            assertEquals(List.of("guest-1: up", "host-a: up", "dpu-a: up", "guest-2: up", "host-b: up", "dpu-b: up"),
                KernelLab.status(lab).text().lines().toList());
            assertEquals(List.of("host-a", "host-b", "dpu-a", "dpu-b"), ready.machines());
            assertTrue(Files.readString(ready.knownHosts()).contains("guest-2,[127.0.0.1]:"));
            assertFalse(boot(lab, "host-a").equals(boot(lab, "host-b")), "one kernel");
            assertEquals(boot(lab, "host-b"), KernelLab.guest(lab, 2).output("cat", "/proc/sys/kernel/random/boot_id"));
            assertThrows(LabFailed.class, () -> KernelLab.guest(lab, 3));
            var lost = new ArrayList<String>();
            for (int cable = 0; cable < BRIDGES.size(); cable++) lost.addAll(crossed(lab, cable));
            assertEquals(List.of(), lost);
        } finally {
            KernelLab.down(lab);
        }
        assertFalse(Files.exists(lab));
        assertEquals(0, Qemu.processes(new KernelDirectory(lab).prefix()).count());
    }

    private static String boot(Path lab, String machine) throws LabFailed {
        return KernelLab.machine(lab, machine).output("cat", "/proc/sys/kernel/random/boot_id");
    }

    private static String address(int cable, int end) {
        return "198.51.100." + (4 * cable + 1 + end);
    }

    /// Through the factory's bridges, which hold the uplinks; a cable has a network of its own, so frames of one do not answer for the
    /// other.
    private static List<String> crossed(Path lab, int cable) throws LabFailed {
        for (int end = 0; end < 2; end++) {
            var dpu = KernelLab.machine(lab, end == 0 ? "dpu-a" : "dpu-b");
            dpu.output("ip", "address", "add", address(cable, end) + "/30", "dev", BRIDGES.get(cable));
            dpu.output("ip", "link", "set", "dev", BRIDGES.get(cable), "up");
        }
        var ping = KernelLab.machine(lab, "dpu-a").run("ping", "-c", "3", "-w", "30", "-s", "1400", address(cable, 1));
        return ping.status() == 0 ? List.of() : List.of(ping.output());
    }
}
