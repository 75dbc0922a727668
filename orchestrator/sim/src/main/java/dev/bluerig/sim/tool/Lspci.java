package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.SimCard;
import dev.bluerig.sim.machine.SimMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `lspci`: the card's functions, and on the Arm side the bridge whose name tells whether crypto is enabled.
final class Lspci {
    private record Device(String address, String kind, String code, String vendor, String name, String id, boolean port) {}

    private Lspci() {}

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "Dnd:s:vk", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        int level = call.arguments().stream().filter(word -> word.matches("-D?n*v+"))
            .mapToInt(word -> (int) word.chars().filter(c -> c == 'v').count()).max().orElse(0);
        boolean numbers = call.arguments().stream().anyMatch(word -> word.matches("-D?nn.*"));
        boolean domain = options.has("D");
        Optional<String> slot = options.value("s").map(text -> text.matches("[0-9a-f]{4}:.*") ? text : "0000:" + text);
        for (Device device : devices(call.machine())) {
            if (slot.isPresent() && !device.address().equals(slot.get()) && !device.address().startsWith(slot.get() + ".")) continue;
            if (options.value("d").filter(wanted -> !matches(wanted, device.id())).isPresent()) continue;
            call.line((domain ? device.address() : device.address().substring(5)) + " " + device.kind()
                + (numbers ? " [" + device.code() + "]" : "") + ": "
                + device.vendor() + " " + device.name() + (numbers ? " [" + device.id() + "]" : "") + " (rev 01)");
            if (level > 0) details(call, device, level);
            if (level > 0) call.line("");
        }
        return 0;
    }

    private static boolean matches(String wanted, String id) {
        String[] parts = wanted.toLowerCase(Locale.ROOT).split(":", -1);
        return (parts[0].isEmpty() || id.startsWith(parts[0])) && (parts.length < 2 || parts[1].isEmpty() || id.endsWith(":" + parts[1]));
    }

    private static List<Device> devices(SimMachine machine) {
        var devices = new ArrayList<Device>();
        SimCard card = machine.card();
        if (machine.kind() == SimMachine.Kind.DPU) {
            devices.add(new Device("0000:00:00.0", "PCI bridge", "0604", "Mellanox Technologies",
                "MT42822 BlueField-2 SoC Crypto " + (card.crypto() ? "enabled" : "disabled"), card.crypto() ? "15b3:a2d4" : "15b3:a2d5",
                false));
        } else {
            devices.add(new Device("0000:04:00.0", "Ethernet controller", "0200", "Intel Corporation", "I350 Gigabit Network Connection",
                "8086:1521", false));
        }
        for (int port = 0; port < 2; port++) {
            devices.add(new Device(machine.slot() + "." + port, "Ethernet controller", "0200", "Mellanox Technologies",
                "MT42822 BlueField-2 integrated ConnectX-6 Dx network controller", "15b3:a2d6", true));
        }
        if (machine.kind() == SimMachine.Kind.HOST) {
            devices.add(new Device(machine.slot() + ".2", "DMA controller", "0801", "Mellanox Technologies",
                "MT42822 BlueField-2 SoC Management Interface", "15b3:c2d2", false));
        }
        return devices;
    }

    private static void details(ProgramCall call, Device device, int level) {
        if (!device.port()) return;
        call.line("\tSubsystem: Mellanox Technologies Device 0003");
        call.line("\tNUMA node: 0");
        if (level > 1 && call.user().isRoot()) {
            SimCard card = call.machine().card();
            String part = card.partNumber().replaceFirst("_.*", "");
            call.line("\tCapabilities: [60] Express (v2) Endpoint, MSI 00");
            call.line("\t\tLnkCap:\tPort #0, Speed 16GT/s, Width x16, ASPM not supported");
            call.line("\t\tLnkSta:\tSpeed 16GT/s (ok), Width x16 (ok)");
            call.line("\tCapabilities: [48] Vital Product Data");
            call.line("\t\tProduct Name: " + card.description().replace(";", ","));
            call.line("\t\tRead-only fields:");
            call.line("\t\t\t[PN] Part number: " + part);
            call.line("\t\t\t[EC] Engineering changes: A1");
            call.line("\t\t\t[V2] Vendor specific: " + part);
            call.line("\t\t\t[SN] Serial number: " + card.serial());
            call.line("\t\tEnd");
        }
        call.line("\tKernel driver in use: mlx5_core");
    }
}
