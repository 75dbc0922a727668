package dev.bluerig.lab.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The files that a lab lays out before its machines start: what both labs give to every machine, and how one is written.
public final class MachineFiles {
    private static final List<String> SCRIPTS =
        List.of("usr/lib/bluerig-lab/boot", "usr/lib/bluerig-lab/settle", "usr/lib/bluerig-lab/wake", "usr/lib/bluerig-lab/mode",
        "usr/lib/bluerig-lab/ovs",
        "usr/lib/bluerig-lab/hang", "usr/bin/flint", "usr/bin/lspci", "usr/bin/mlxconfig", "usr/bin/mlxfwmanager", "usr/bin/mlxprivhost",
        "usr/bin/mst",
        "usr/bin/systemctl");
    private static final List<String> TEXTS = List.of("etc/ssh/sshd_config", "etc/sudoers.d/bluerig-lab", "usr/lib/bluerig-lab/card");

    private MachineFiles() {}

    /// Lays out what every machine of both labs gets, to be copied over its root directory.
    public static void common(Path root) throws IOException {
        for (String script : SCRIPTS) script(MachineFiles.class, script, root.resolve(script));
        for (String text : TEXTS) text(MachineFiles.class, text, root.resolve(text));
    }

    /// Writes a program that is a resource beside `place`.
    public static void script(Class<?> place, String resource, Path file) throws IOException {
        write(file, resource(place, resource), "rwxr-xr-x");
    }

    /// Writes a text that is a resource beside `place`.
    public static void text(Class<?> place, String resource, Path file) throws IOException {
        write(file, resource(place, resource), "rw-r--r--");
    }

    public static void write(Path file, String text, String mode) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String resource(Class<?> place, String name) throws IOException {
        try (InputStream in = place.getResourceAsStream(name)) {
            if (in == null) throw new IOException("not in this build: " + place.getPackageName() + " " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What is a machine's alone: its host key, and its card as firmware tools show it. Returns type and base64 of the public host key.
    public static String own(Path files, LabTopology topology, LabMachine machine) throws IOException, LabFailed {
        Files.createDirectories(files.resolve("etc/ssh"));
        LabCard card = LabCard.of(machine.kind(), machine.end(), topology.mac(machine.end(), 0));
        Files.writeString(files.resolve("card"), card.text());
        Files.writeString(files.resolve("mlxconfig"), LabCard.CONFIGURATION);
        Path hostKey = files.resolve("etc/ssh/ssh_host_ed25519_key");
        key(hostKey, machine.name());
        String[] words = Files.readString(Path.of(hostKey + ".pub")).split(" ");
        return words[0] + " " + words[1];
    }

    /// A key pair at `file` and `file.pub`.
    public static void key(Path file, String comment) throws LabFailed {
        LabPrograms.succeed("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file.toString());
    }
}
