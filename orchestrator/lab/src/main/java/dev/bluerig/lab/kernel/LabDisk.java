package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabRemoval;
import dev.bluerig.lab.machine.MachineFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A guest's own disk: what it is told (scripts, keys, machines' seeds, the NIC module), and where its machines keep what must outlive a
/// reboot.
final class LabDisk {
    private static final String SIZE = "4096M";   // sparse: what is written counts
    private static final Duration SOON = Duration.ofMinutes(2);

    private LabDisk() {}

    /// Makes it in a guest's directory; returns the public host keys of the machines on it.
    static Map<String, String> make(Path directory, GuestHardware hardware, Path publicKey, GuestImages images, HostTool tool)
        throws IOException, LabFailed {
        Path content = directory.resolve("disk");
        LabRemoval.of(content);
        Map<String, String> keys = GuestFiles.lay(content, hardware, publicKey);
        Path own = content.resolve("guest");
        MachineFiles.script(LabDisk.class, "guest/process-1", own.resolve("process-1"));
        MachineFiles.script(LabDisk.class, "guest/services", own.resolve("services"));
        MachineFiles.script(LabDisk.class, "guest/enter", own.resolve("enter"));
        MachineFiles.key(own.resolve("ssh_host_ed25519_key"), "guest");
        Files.copy(own.resolve("id_ed25519.pub"), own.resolve("authorized_keys"));
        Files.copy(images.nic(), content.resolve("nic.ko"));
        tool.run(SOON, "mke2fs", "-q", "-F", "-t", "ext4", "-m", "0", "-L", "bluerig-lab", "-O", "^resize_inode", "-J", "size=8",
            "-E", "lazy_itable_init=1,lazy_journal_init=1,nodiscard", "-d", content.toString(),
            directory.resolve(QemuCommand.DISK).toString(), SIZE);
        return keys;
    }
}
