package dev.bluerig.lab.sim.tool;

import dev.bluerig.lab.sim.machine.SimMachine;
import java.util.List;
import java.util.Map;

/// `devlink -j dev eswitch show` (iproute2): legacy on a host, switchdev on the DPU.
final class Devlink {
    private Devlink() {}

    static int run(Call call) {
        List<String> words = call.arguments();
        if (words.size() != 5 || !words.subList(0, 4).equals(List.of("-j", "dev", "eswitch", "show"))) return call.unknown("only `devlink -j dev eswitch show DEVICE`");
        SimMachine machine = call.machine();
        String device = words.getLast();
        boolean known = machine.links().all().stream().anyMatch(link -> link.pci().filter(pci -> device.equals("pci/" + pci)).isPresent());
        if (!known) return call.fail(1, "devlink answers: No such device");
        String mode = machine.kind() == SimMachine.Kind.DPU ? "switchdev" : "legacy";
        call.line(JsonText.of(Map.of("dev", Map.of(device, Map.of("mode", mode)))));
        return 0;
    }
}
