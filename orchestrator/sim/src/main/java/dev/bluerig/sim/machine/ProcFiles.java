package dev.bluerig.sim.machine;

import dev.bluerig.sim.net.SimLink;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// `/proc`, `/sys` and `/dev` as the state of the machine makes them.
final class ProcFiles {
    private final SimMachine machine;

    ProcFiles(SimMachine machine) {
        this.machine = machine;
    }

    SortedMap<String, FileEntry> now() {
        var files = new TreeMap<String, FileEntry>();
        devices(files);
        processes(files);
        network(files);
        return files;
    }

    private void devices(SortedMap<String, FileEntry> files) {
        for (String device : new String[] {"null", "zero", "random", "urandom", "tty"}) files.put("/dev/" + device, FileEntry.device(0666));
        if (machine.isMstStarted()) {
            files.put("/dev/mst/mt41686_pciconf0", FileEntry.device(0600));
            files.put("/dev/mst/mt41686_pciconf0.1", FileEntry.device(0600));
        }
        if (machine.kind() == SimMachine.Kind.HOST && machine.services().find("rshim.service").filter(SimServices.Unit::active)
            .isPresent()) {
            files.put("/dev/rshim0/misc", text("""
                DISPLAY_LEVEL   0 (0:basic, 1:advanced, 2:log)
                BF_MODE         %s
                BOOT_MODE       1 (0:rshim, 1:emmc, 2:emmc-boot-swap)
                BOOT_TIMEOUT    150 (seconds)
                DROP_MODE       0 (0:normal, 1:drop)
                SW_RESET        0 (1: reset)
                DEV_NAME        pcie-%s.2
                DEV_INFO        BlueField-2(Rev 1)
                OPN_STR         %s
                """.formatted(machine.card().nicMode() ? "NIC mode" : "DPU mode", machine.card().hostSlot(), machine.card().partNumber()), 0600));
            files.put("/dev/rshim0/console", FileEntry.device(0600));
            files.put("/dev/rshim0/boot", FileEntry.device(0600));
        }
    }

    private void processes(SortedMap<String, FileEntry> files) {
        if (machine.ovs().isRunning()) files.put(FileTree.SWITCH_PID, text(machine.ovs().pid() + "\n", 0644));
        machine.processes().running().forEach((id, process) -> {
            files.put("/proc/" + id + "/stat", text(process.stat(), 0444));
            files.put("/proc/" + id + "/comm", text(process.command() + "\n", 0444));
        });
        files.put("/proc/version",
            text("Linux version " + machine.image().kernel() + " (buildd@lab) " + machine.image().kernelVersion() + "\n", 0444));
        files.put("/proc/uptime", text(machine.uptime().toSeconds() + 600 + ".00 0.00\n", 0444));
        files.put("/proc/self/mounts",
            text("/dev/sda2 / ext4 rw,relatime 0 0\n" + (machine.tlsFaults().has(TlsFault.NO_EXEC) ? "/dev/sda3 /var/cache ext4"
            + " rw,noexec,relatime 0 0\n" : ""), 0444));
        files.put("/proc/cmdline", text("BOOT_IMAGE=/boot/vmlinuz-" + machine.image().kernel() + " ro\n", 0444));
        var modules = new StringBuilder();
        machine.modules().stream().sorted().forEach(module -> modules.append(module).append(" 151552 0 - Live 0x0000000000000000\n"));
        files.put("/proc/modules", text(modules.toString(), 0444));
        if (machine.modules().contains("tls"))
            files.put("/proc/net/tls_stat", text(machine.namespace().tlsStat(machine.image().version()), 0444));
        files.put("/proc/net/snmp", text(machine.namespace().snmp(), 0444));
        files.put("/proc/sys/kernel/osrelease", text(machine.image().kernel() + "\n", 0444));
        files.put("/proc/sys/net/ipv4/tcp_available_ulp", text(machine.modules().contains("tls") ? "mptcp tls\n" : "mptcp\n", 0444));
    }

    private void network(SortedMap<String, FileEntry> files) {
        for (SimLink link : machine.links().all()) {
            String device = link.pci().map(pci -> "/sys/devices/pci" + pci.substring(0, 7) + "/" + pci)
                .orElse("/sys/devices/virtual") + "/net/" + link.name();
            files.put("/sys/class/net/" + link.name(), FileEntry.link("../.." + device.substring(4)));
            files.put(device + "/address", text(link.mac() + "\n", 0444));
            files.put(device + "/mtu", text(link.mtu() + "\n", 0644));
            files.put(device + "/ifindex", text(link.index() + "\n", 0444));
            boolean carrier = machine.world().carrier(machine, link);
            files.put(device + "/operstate", text((link.kind() == SimLink.Kind.LOOPBACK ? "unknown" : carrier ? "up" : "down") + "\n",
                0444));
            if (carrier && link.kind() == SimLink.Kind.PORT) files.put(device + "/speed", text("100000\n", 0444));
            files.put(device + "/carrier_changes", text(2 * link.downs() + (carrier ? 1 : 0) + "\n", 0444));
            link.counters().all().forEach((name, count) -> {
                if (STATISTICS.contains(name)) files.put(device + "/statistics/" + name, text(count + "\n", 0444));
            });
            if (link.isUp()) files.put(device + "/carrier", text(carrier ? "1\n" : "0\n", 0444));   // reading it while down is EINVAL
            link.physicalName().ifPresent(physical -> files.put(device + "/phys_port_name", text(physical + "\n", 0444)));
            link.pci().ifPresent(pci -> pci(files, pci, device));
        }
    }

    private static final Set<String> STATISTICS = Set.of("rx_packets", "rx_bytes", "tx_packets", "tx_bytes");

    private void pci(SortedMap<String, FileEntry> files, String pci, String device) {
        String slot = "/sys/devices/pci" + pci.substring(0, 7) + "/" + pci;
        files.put(device + "/device", FileEntry.link("../../../" + pci));
        files.put("/sys/bus/pci/devices/" + pci, FileEntry.link("../../.." + slot.substring(4)));
        PciFiles.of(machine, pci).forEach((name, content) -> files.put(slot + "/" + name, text(content, 0444)));
        if (machine.kind() == SimMachine.Kind.HOST) hwmon(files, pci, slot);
    }

    /// mlx5 shows a sensor of each port (drivers/net/ethernet/mellanox/mlx5/core/hwmon.c), in thousandths of a degree.
    private void hwmon(SortedMap<String, FileEntry> files, String pci, String slot) {
        String number = "hwmon" + (2 + pci.charAt(pci.length() - 1) - '0');
        files.put("/sys/class/hwmon/" + number, FileEntry.link("../.." + slot.substring(4) + "/hwmon/" + number));
        String hwmon = slot + "/hwmon/" + number;
        files.put(hwmon + "/name", text("mlx5\n", 0444));
        files.put(hwmon + "/temp1_label", text("asic\n", 0444));
        files.put(hwmon + "/temp1_input", text((machine.tlsFaults().has(TlsFault.OVERHEATING) ? "104000" : "52000") + "\n", 0444));
        files.put(hwmon + "/temp1_highest", text((machine.tlsFaults().has(TlsFault.OVERHEATING) ? "104000" : "55000") + "\n", 0444));
        files.put(hwmon + "/temp1_crit", text("105000\n", 0444));
    }

    private static FileEntry text(String content, int mode) {
        return FileEntry.regular(content.getBytes(StandardCharsets.UTF_8), mode, "root", "root");
    }
}
