package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The first file system of a guest: busybox, the modules that lead to the disks, and a script that goes over to them.
final class Initrd {
    static final String NAME = "initrd.cpio";
    private static final String SCRIPT = "guest/init";

    private Initrd() {}

    static String fingerprint(KernelPackages kernel) throws IOException {
        return ContentId.of(List.of("1", kernel.versions(), String.join(" ", GuestModules.EARLY), LabResources.text(SCRIPT)));
    }

    static void make(Path file, KernelPackages kernel) throws IOException, LabFailed {
        var cpio = new Cpio();
        for (String directory : List.of("bin", "proc", "sys", "dev", "image", "written", "new", "modules")) cpio.directory(directory);
        cpio.program("bin/busybox", Files.readAllBytes(kernel.busybox())).link("bin/sh", "busybox");
        cpio.program("init", LabResources.text(SCRIPT).getBytes(StandardCharsets.UTF_8));
        Path modules = kernel.modules();
        var graph = ModuleGraph.parse(Files.readAllLines(modules.resolve("modules.dep")),
            Files.readString(modules.resolve("modules.builtin")));
        var order = new StringBuilder();
        for (String module : graph.inOrder(GuestModules.EARLY)) {
            String name = ModuleGraph.name(module) + ".ko";
            cpio.program("modules/" + name, Files.readAllBytes(modules.resolve(module)));
            order.append(name).append('\n');
        }
        cpio.program("modules/order", order.toString().getBytes(StandardCharsets.UTF_8));
        Files.write(file, cpio.bytes());
    }
}
