package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.SimCard;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.ovs.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of the card: MST, firmware, PCI, devlink. Output in the shapes of MFT 4.30; the card has secure firmware.
final class CardTools {
    private static final String DASHES = "----------";

    private CardTools() {}

    static Map<String, Tool> all() {
        return Map.ofEntries(Map.entry("mst", CardTools::mst), Map.entry("flint", CardTools::flint),
            Map.entry("mstflint", CardTools::flint),
            Map.entry("mlxconfig", Mlxconfig::run), Map.entry("mstconfig", Mlxconfig::run), Map.entry("mlxfwmanager", CardTools::firmware),
            Map.entry("mstfwmanager", CardTools::firmware), Map.entry("mlxprivhost", CardTools::privilege),
            Map.entry("mstprivhost", CardTools::privilege),
            Map.entry("lspci", Lspci::run), Map.entry("devlink", CardTools::devlink));
    }

    /// Whether this names the card: an MST device, or its PCI address with or without domain, either port.
    static boolean isCard(SimMachine machine, String device) {
        String slot = machine.slot();
        String pci = device.matches("[0-9a-f]{2}:.*") ? "0000:" + device : device;
        return pci.equals(slot + ".0") || pci.equals(slot + ".1")
            || machine.isMstStarted() && (device.equals("/dev/mst/mt41686_pciconf0") || device.equals("/dev/mst/mt41686_pciconf0.1"));
    }

    private static int mst(ProgramCall call) {
        SimMachine machine = call.machine();
        List<String> words = call.arguments();
        if (!call.user().isRoot()) return call.fail(1, "-E- You must be root to use mst tool");
        if (words.equals(List.of("start"))) {
            machine.startMst(true);
            call.print("Starting MST (Mellanox Software Tools) driver set\nLoading MST PCI module - Success\nLoading MST PCI"
                + " configuration module - Success\n"
                + "Create devices\nUnloading MST PCI module (unused) - Success\n");
            return 0;
        }
        if (words.equals(List.of("stop"))) {
            machine.startMst(false);
            call.print("Stopping MST (Mellanox Software Tools) driver set\n");
            return 0;
        }
        if (words.isEmpty() || !words.getFirst().equals("status")) return call.unknown(String.join(" ", words));
        boolean verbose = words.contains("-v");
        call.print("MST modules:\n------------\n    MST PCI module is not loaded\n    MST PCI configuration module "
            + (machine.isMstStarted() ? "loaded" : "is not loaded") + "\n\n");
        if (verbose) table(call);
        else devices(call);
        return 0;
    }

    private static void devices(ProgramCall call) {
        SimMachine machine = call.machine();
        if (!machine.isMstStarted()) {
            call.print("PCI Devices:\n------------\n\n" + machine.slot().substring(5) + ".0\n\n");
            return;
        }
        call.print("MST devices:\n------------\n/dev/mst/mt41686_pciconf0        - PCI configuration cycles access.\n"
            + "                                   domain:bus:dev.fn=" + machine.slot() + ".0 addr.reg=88 data.reg=92 cr_bar.gw_offset=-1\n"
            + "                                   Chip revision is: 01\n");
    }

    private static void table(ProgramCall call) {
        SimMachine machine = call.machine();
        call.print("PCI devices:\n------------\n");
        call.line("%-24s%-30s%-10s%-16s%-26s%s".formatted("DEVICE_TYPE", "MST", "PCI", "RDMA", "NET", "NUMA"));
        for (int port = 1; port >= 0; port--) {
            String pci = machine.slot() + "." + port;
            String mst = machine.isMstStarted() ? "/dev/mst/mt41686_pciconf0" + (port == 0 ? "" : "." + port) : "NA";
            String net = String.join(",", machine.links().all().stream().filter(link -> link.pci().filter(pci::equals).isPresent())
                .map(link -> "net-" + link.name()).toList());
            call.line("%-24s%-30s%-10s%-16s%-26s%s".formatted("BlueField2(rev:1)", mst, pci.substring(5), "mlx5_" + port, net, "0"));
            call.line("");
        }
    }

    private static int flint(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "d:", List.of("device="), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        String device = options.value("d").or(() -> options.value("device")).orElse("");
        if (!isCard(call.machine(), device))
            return call.fail(1, "-E- Cannot open Device: " + device + ". No such file or directory. MFE_CR_ERROR");
        if (!call.user().isRoot()) return call.fail(1, "-E- Cannot open Device: " + device + ". Permission denied. MFE_CR_ERROR");
        List<String> command = options.rest();
        if (command.equals(List.of("dc")))
            return call.fail(1, "-E- Failed dumping Fw Configuration : Operation not supported on an encrypted flash/image");
        boolean full = command.equals(List.of("q", "full")) || command.equals(List.of("query", "full"));
        if (!full && !command.equals(List.of("q")) && !command.equals(List.of("query"))) return call.unknown(String.join(" ", command));
        SimCard card = call.machine().card();
        row(call, "Image type:", "FS4");
        row(call, "FW Version:", card.firmware());
        row(call, "FW Release Date:", "28.4.2024");
        if (full) {
            row(call, "Part Number:", card.partNumber());
            row(call, "Description:", card.description());
        }
        row(call, "Product Version:", card.firmware());
        row(call, "Rom Info:", "type=UEFI version=14.34.12 cpu=AMD64,AARCH64");
        row(call, "", "type=PXE version=3.7.400 cpu=AMD64");
        row(call, "Description:", "UID                GuidsNumber");
        row(call, "Base MAC:", mac(call.machine()) + "            16");
        row(call, "Image VSD:", "N/A");
        row(call, "Device VSD:", "N/A");
        row(call, "PSID:", card.psid());
        row(call, "Security Attributes:", "secure-fw");
        row(call, "Default Update Method:", "fw_ctrl");
        return 0;
    }

    private static void row(ProgramCall call, String label, String value) {
        call.line("%-23s%s".formatted(label, value));
    }

    /// The same on both sides of the card: the host's.
    private static String mac(SimMachine machine) {
        SimMachine host = machine.kind() == SimMachine.Kind.HOST ? machine : machine.world().hostOf(machine);
        return host.links().all().stream().filter(link -> link.kind() == SimLink.Kind.PORT).map(link -> link.mac().replace(":", ""))
            .findFirst().orElse("");
    }

    private static int firmware(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "d:", List.of("query"), true);
        if (options.strange().isPresent() || !options.has("query")) return call.unknown("only `--query [-d DEVICE]`");
        String standard = call.machine().slot() + ".0";
        String device = options.value("d").orElse(standard);
        if (!isCard(call.machine(), device))
            return call.fail(1, "-E- Failed to query " + device + " device, error : No such file or directory. MFE_CR_ERROR");
        if (!call.user().isRoot()) return call.fail(1, "-E- You must be root to use mlxfwmanager");
        SimCard card = call.machine().card();
        call.print("Querying Mellanox devices firmware ...\n\nDevice #1:\n" + DASHES + "\n\n");
        call.print("  Device Type:      BlueField2\n  Part Number:      " + card.partNumber() + "\n  Description:      "
            + card.description()
            + "\n  PSID:             " + card.psid() + "\n  PCI Device Name:  " + device + "\n  Base MAC:         " + mac(call.machine())
            + "\n");
        call.print("  Versions:         Current        Available     \n     FW             " + card.firmware() + "     N/A           \n"
            + "     PXE            3.7.0400       N/A           \n     UEFI           14.34.0012     N/A           \n\n  Status:       "
            + "    No matching image found\n\n");
        return 0;
    }

    private static int privilege(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "d:", List.of(), true);
        if (options.strange().isPresent() || !options.rest().equals(List.of("q"))) return call.unknown("only `-d DEVICE q`");
        if (!isCard(call.machine(), options.value("d").orElse("")) || !call.user().isRoot())
            return call.fail(1, "-E- Failed to open the device");
        call.print("Host configurations\n-------------------\nlevel                         : PRIVILEGED\n\nPort functions"
            + " status:\n-----------------------\n"
            + "disable_rshim                 : FALSE\ndisable_tracer                : FALSE\ndisable_port_owner            :"
            + " FALSE\ndisable_counter_rd            : FALSE\n");
        return 0;
    }

    private static int devlink(ProgramCall call) {
        List<String> words = new ArrayList<>(call.arguments());
        boolean json = words.removeIf(word -> word.equals("-j") || word.equals("-jp"));
        SimMachine machine = call.machine();
        Optional<String> device = words.stream().filter(word -> word.startsWith("pci/")).findFirst();
        if (device.isPresent() && !isCard(machine, device.get().substring(4))) return call.fail(1, "devlink answers: No such device");
        String pci = device.orElse("pci/" + machine.slot() + ".0");
        if (words.size() >= 2 && words.subList(0, 2).equals(List.of("dev", "info"))) {
            SimCard card = machine.card();
            if (!json) {
                call.print(pci + ":\n  driver mlx5_core\n  versions:\n      fixed:\n        fw.psid " + card.psid()
                    + "\n      running:\n        fw.version "
                    + card.firmware() + "\n      stored:\n        fw.version " + card.firmware() + "\n");
                return 0;
            }
            var version = Map.of("fw.version", card.firmware());
            var versions = new LinkedHashMap<String, Object>();
            versions.put("fixed", Map.of("fw.psid", card.psid()));
            versions.put("running", version);
            versions.put("stored", version);
            var info = new LinkedHashMap<String, Object>();
            info.put("driver", "mlx5_core");
            info.put("versions", versions);
            call.line(JsonText.of(Map.of("info", Map.of(pci, info))));
            return 0;
        }
        if (words.size() == 4 && words.subList(0, 3).equals(List.of("dev", "eswitch", "show"))) {
            String mode = machine.kind() == SimMachine.Kind.DPU && !machine.card().nicMode() ? "switchdev" : "legacy";
            call.line(json ? JsonText.of(Map.of("dev", Map.of(pci, Map.of("mode", mode)))) : pci + ": mode " + mode
                + " inline-mode none encap-mode basic");
            return 0;
        }
        return call.unknown(String.join(" ", words));
    }
}
