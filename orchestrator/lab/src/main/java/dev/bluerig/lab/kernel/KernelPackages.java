package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Debian's kernel as it lies unpacked in the cache: what QEMU boots, its modules, the headers that ours is built with, and the busybox of
/// the first moments.
record KernelPackages(Path directory) {
    /// Linux 6.1: its TLS device offload is what mlx5 of the guide's time met, and our NIC module is written against it.
    private static final String SUITE = "bookworm";
    private static final Duration SOON = Duration.ofMinutes(2);

    static final String NAME = "kernel";

    static String fingerprint() {
        return ContentId.of(List.of("3", SUITE, String.join(" ", GuestModules.ALL)));
    }

    /// Fetches and unpacks it into a new directory.
    static void make(Path directory, Mirror mirror, HostTool tool) throws IOException, LabFailed {
        Files.createDirectories(directory);
        Path state = directory.resolve("apt");
        Apt apt = Apt.of(SUITE, mirror, state, tool);
        String image = only("linux-image-", apt.dependencies("linux-image-amd64"));
        String headers = only("linux-headers-", apt.dependencies("linux-headers-amd64"));
        var names = new ArrayList<>(List.of(image, headers, "busybox-static"));
        apt.dependencies(headers).stream().filter(name -> name.matches("linux-(headers|kbuild|compiler)-.*")).forEach(names::add);
        Path unpacked = directory.resolve("unpacked");
        List<String> versions = apt.unpack(names, unpacked);
        String release = image.substring("linux-image-".length());
        Files.writeString(directory.resolve("versions"), String.join("\n", versions) + "\n");
        Files.writeString(directory.resolve("release"), release);
        move(unpacked.resolve("boot/config-" + release), directory.resolve("config"));
        KernelImage.unpack(unpacked.resolve("boot/vmlinuz-" + release), directory.resolve("vmlinux"), tool);
        move(first(unpacked.resolve("bin/busybox"), unpacked.resolve("usr/bin/busybox")), directory.resolve("busybox"));
        keepModules(first(unpacked.resolve("lib/modules"), unpacked.resolve("usr/lib/modules")).resolve(release), directory, release, tool);
        move(unpacked.resolve("usr"), Files.createDirectories(directory.resolve("headers")).resolve("usr"));
        LabRemoval.of(unpacked);
        LabRemoval.of(state);
    }

    /// All of Debian's modules are 400 MB; the lab's are few.
    private static void keepModules(Path all, Path directory, String release, HostTool tool) throws IOException, LabFailed {
        Path base = directory.resolve("modules");
        Path kept = base.resolve("lib/modules").resolve(release);
        tool.run(SOON, "depmod", "--basedir", all.getParent().getParent().getParent().toString(), release);
        var graph = ModuleGraph.parse(Files.readAllLines(all.resolve("modules.dep")), Files.readString(all.resolve("modules.builtin")));
        for (String module : graph.inOrder(GuestModules.ALL)) {
            Files.createDirectories(kept.resolve(module).getParent());
            move(all.resolve(module), kept.resolve(module));
        }
        for (String list : List.of("modules.builtin", "modules.builtin.modinfo", "modules.order"))
            move(all.resolve(list), kept.resolve(list));
        tool.run(SOON, "depmod", "--basedir", base.toString(), release);
    }

    private static String only(String start, List<String> names) throws LabFailed {
        List<String> found = names.stream().filter(name -> name.startsWith(start)).toList();
        if (found.size() != 1) throw new LabFailed("expected one dependency " + start + "..., found " + names);
        return found.getFirst();
    }

    private static Path first(Path... places) throws LabFailed {
        return Stream.of(places).filter(Files::exists).findFirst()
            .orElseThrow(() -> new LabFailed("none of these was in Debian's packages: " + List.of(places)));
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /// For example `6.1.0-56-amd64`.
    String release() throws IOException {
        return Files.readString(directory.resolve("release")).strip();
    }

    /// The file names of the packages: what everything that is made from them follows.
    String versions() throws IOException {
        return Files.readString(directory.resolve("versions"));
    }

    Path vmlinux() {
        return directory.resolve("vmlinux");
    }

    Path config() {
        return directory.resolve("config");
    }

    Path busybox() {
        return directory.resolve("busybox");
    }

    /// `lib/modules/RELEASE`, with its lists.
    Path modules() throws IOException {
        return directory.resolve("modules/lib/modules").resolve(release());
    }

    Path headers() {
        return directory.resolve("headers");
    }
}
