package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.MachineFiles;
import dev.bluerig.lab.machine.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a guest finds on its own disk, below `/lab`: scripts, keys, and each machine's files.
public final class GuestFiles {
    private GuestFiles() {}

    /// Writes what belongs on the disk of guest number `guest` of `guests` into `directory`, where everybody logs in with the lab's key, of
    /// which only the public half goes into a guest. Returns the public host key of each machine in that guest: type and base64, as
    /// `InventoryText.knownHosts` wants it.
    public static Map<String, String> lay(Path directory, Topology topology, int guest, int guests, Path publicKey) throws IOException, LabFailed {
        Files.createDirectories(directory.resolve("guest"));
        Files.copy(publicKey, directory.resolve("guest/id_ed25519.pub"));
        MachineFiles.common(directory.resolve("machine"));
        var keys = new LinkedHashMap<String, String>();
        for (LabMachine machine : topology.machines())
            if (guests == 1 || machine.end() % guests == guest)
                keys.put(machine.name(), MachineFiles.own(directory.resolve("machines").resolve(machine.name()).resolve("files"), topology, machine));
        return keys;
    }
}
