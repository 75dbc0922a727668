package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The disk image that every guest reads and none writes: the user space with the modules of the kernel that is booted.
final class RootImage {
    static final String NAME = "root.ext4";
    private static final String SCRIPT = "image/root";
    private static final Duration BUILD = Duration.ofMinutes(5);

    private RootImage() {}

    static String fingerprint(KernelPackages kernel, String system) throws IOException {
        return ContentId.of(List.of("1", kernel.versions(), String.join(" ", GuestModules.ALL), system, LabResources.text(SCRIPT)));
    }

    static void make(Path image, KernelPackages kernel, Path system, Path script, HostTool tool) throws IOException, LabFailed {
        tool.run(BUILD, "bash", script.toString(), image.toString(), system.toString(), kernel.directory().toString(), kernel.release());
    }

    static String script() {
        return LabResources.text(SCRIPT);
    }
}
