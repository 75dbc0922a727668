package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Builds the lab's NIC, the kernel module, against headers that lie unpacked and were never installed.
final class NicModule {
    static final String NAME = "bluerig_nic.ko";
    private static final Duration BUILD = Duration.ofMinutes(5);

    private NicModule() {}

    static String fingerprint(KernelPackages kernel, SortedMap<String, String> sources) throws IOException {
        var parts = new ArrayList<>(List.of("1", kernel.versions()));
        sources.forEach((name, text) -> parts.addAll(List.of(name, text)));
        return ContentId.of(parts);
    }

    static void make(Path module, KernelPackages kernel, SortedMap<String, String> sources, HostTool tool) throws IOException, LabFailed {
        Path build = Files.createTempDirectory(module.getParent(), ImageCache.UNFINISHED + "nic");
        try {
            for (var source : sources.entrySet()) Files.writeString(build.resolve(source.getKey()), source.getValue());
            tool.run(BUILD, "make", "-j2", "-C", relocated(kernel).toString(), "M=" + build, "CC=gcc", "modules");
            Files.move(build.resolve(NAME), module);
        } finally {
            LabRemoval.of(build);
        }
    }

    /// `linux-headers-RELEASE/Makefile` is one line that includes the common part from where it would be installed: it gets the place where
    /// it is.
    private static Path relocated(KernelPackages kernel) throws IOException {
        Path sources = kernel.headers().toRealPath().resolve("usr/src");
        Path headers = sources.resolve("linux-headers-" + kernel.release());
        Path makefile = headers.resolve("Makefile");
        Files.writeString(makefile, Files.readString(makefile)
            .replaceFirst("(?m)^include .*/(linux-headers-[^/]+)/Makefile$", "include " + sources + "/$1/Makefile"));
        return headers;
    }
}
