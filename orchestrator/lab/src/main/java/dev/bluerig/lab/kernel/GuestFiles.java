package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.MachineFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a guest finds on its own disk, below `/lab`: scripts, keys, and each machine's files.
///
/// - `guest/start` and `guest/machine`: make the hardware and start the machines; `guest/links`, `guest/uplinks`, `guest/machines`: which.
/// - `machine/`: what every machine gets over its root directory; `machines/NAME/`: what is one machine's alone, and its `disk`.
final class GuestFiles {
    private static final List<String> MACHINE = List.of("usr/lib/bluerig-lab/here", "usr/lib/bluerig-lab/networkd");
    private static final List<String> MACHINE_TEXTS = List.of("etc/sysctl.d/10-bluerig-lab.conf");

    private GuestFiles() {}

    /// Writes what belongs on the disk of the guest that has this hardware into `directory`, where everybody logs in with the lab's key, of
    /// which only the public half goes into a guest. Returns the public host key of each machine in that guest: type and base64, as
    /// `InventoryText.knownHosts` wants it.
    static Map<String, String> lay(Path directory, GuestHardware hardware, Path publicKey) throws IOException, LabFailed {
        Path own = directory.resolve("guest");
        for (String script : List.of("start", "machine")) MachineFiles.script(GuestFiles.class, "guest/" + script, own.resolve(script));
        Files.copy(publicKey, own.resolve("id_ed25519.pub"));
        Files.write(own.resolve("links"), hardware.batch());
        Files.write(own.resolve("uplinks"), hardware.uplinks().stream()
            .map(uplink -> uplink.address() + " " + uplink.link() + " " + uplink.machine()).toList());
        Files.write(own.resolve("machines"), hardware.machines().stream().map(machine -> machine.name() + " " + machine.word()).toList());
        Path common = directory.resolve("machine");
        MachineFiles.common(common);
        for (String script : MACHINE) MachineFiles.script(GuestFiles.class, "machine/" + script, common.resolve(script));
        for (String text : MACHINE_TEXTS) MachineFiles.text(GuestFiles.class, "machine/" + text, common.resolve(text));
        var keys = new LinkedHashMap<String, String>();
        for (LabMachine machine : hardware.machines())
            keys.put(machine.name(), machine(directory.resolve("machines").resolve(machine.name()), hardware, machine));
        return keys;
    }

    private static String machine(Path directory, GuestHardware hardware, LabMachine machine) throws IOException, LabFailed {
        Files.createDirectories(directory.resolve("disk"));
        Files.write(directory.resolve("links"), hardware.inside(machine));
        String key = MachineFiles.own(directory.resolve("files"), hardware.topology(), machine);
        switch (machine.kind()) {
            case HOST -> Files.writeString(directory.resolve("files/management"), GuestHardware.management(machine) + "\n");
            case DPU -> {}
        }
        return key;
    }
}
