package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFaults;
import dev.bluerig.lab.machine.LabTopology;
import dev.bluerig.lab.machine.MachineExec;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A card in NIC mode and a card whose crypto is disabled are so in every tool, and in what the machines can do.
@NeedsNamespaceLab
final class CardFaultsTest {
    @TempDir
    static Path parent;
    private static Path directory;

    @BeforeAll
    static void up() throws LabFailed {
        directory = parent.resolve("lab");
        NamespaceLab.up(directory, NamespaceLab.Options.pairs(1));
    }

    @AfterAll
    static void down() throws LabFailed {
        NamespaceLab.down(directory);
    }

    private static MachineExec inside(String machine) {
        return NamespaceLab.machine(directory, machine).orElseThrow();
    }

    @Test
    void disabled_crypto_shows_everywhere() throws LabFailed {
        for (String machine : new String[] {"host-b", "dpu-b"}) {
            new LabFaults(inside(machine)).disableCrypto();
            String device = machine.startsWith("host") ? "b1:00.0" : "03:00.0";
            assertTrue(inside(machine).output("mlxfwmanager", "--query", "-d", device).contains("Crypto Disabled"));
            assertTrue(inside(machine).output("flint", "-d", device, "q", "full").contains("MBF2H332A-AENO_Ax_Bx"));
            assertTrue(inside(machine).output("mlxconfig", "-d", device, "-e", "q").contains("Crypto Disabled"));
            assertTrue(inside(machine).output("lspci", "-D", "-vv", "-s", device).contains("Crypto Disabled,"));
        }
        assertTrue(inside("dpu-b").output("lspci", "-Dnn", "-d", "15b3:").contains("SoC Crypto disabled [15b3:a2d5]"));
        String flags = inside("host-b").output("ethtool", "-k", "ens5f0np0");
        assertTrue(flags.contains("tls-hw-tx-offload: off [fixed]") && flags.contains("tls-hw-rx-offload: off [fixed]"), flags);
    }

    @Test
    void nic_mode_waits_for_a_power_cycle_and_then_takes_the_arm_its_ports() throws Exception {
        MachineExec host = inside("host-a");
        MachineExec dpu = inside("dpu-a");
        for (MachineExec machine : new MachineExec[] {host, dpu}) new LabFaults(machine).planNicMode();
        assertTrue(host.output("mlxconfig", "-d", "b1:00.0", "-e", "q").lines()
            .anyMatch(line -> line.matches("\\* +INTERNAL_CPU_OFFLOAD_ENGINE +ENABLED\\(0\\) +ENABLED\\(0\\) +DISABLED\\(1\\)")),
            "it waits");
        assertTrue(host.output("cat", "/dev/rshim0/misc").contains("DPU mode"));
        dpu.output("test", "-e", "/sys/class/net/p0");

        for (MachineExec machine : new MachineExec[] {host, dpu}) new LabFaults(machine).cycleCard();
        assertFalse(host.output("mlxconfig", "-d", "b1:00.0", "-e", "q").contains("\n*"), "nothing waits any more");
        assertTrue(host.output("cat", "/dev/rshim0/misc").contains("NIC mode"));
        String links = dpu.output("ip", "-br", "link");
        assertFalse(links.contains("p0") || links.contains("p1") || links.contains("hpf") || links.contains("en3f0"), links);
        assertFalse(dpu.output("mst", "status", "-v").contains("net-"), "no network device to a port");

        for (int end = 0; end < 2; end++) {
            MachineExec each = inside(end == 0 ? "host-a" : "host-b");
            each.output("ip", "address", "add", LabTopology.dataAddress(end, 0), "dev", "ens5f0np0");
            each.output("ip", "link", "set", "dev", "ens5f0np0", "up");
        }
        host.output("ping", "-n", "-c", "3", "-w", "10", "192.0.2.2");   // the host's port has the uplink to itself
    }
}
