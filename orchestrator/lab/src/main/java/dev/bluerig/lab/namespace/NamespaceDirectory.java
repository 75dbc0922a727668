package dev.bluerig.lab.namespace;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import dev.bluerig.lab.machine.LabRemoval;
import dev.bluerig.lab.machine.MachineFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The directory of one lab: what the user needs (inventory.yaml, known_hosts, id_ed25519) and what `down` needs (lab.state, machines/).
record NamespaceDirectory(Path path) {
    private static final List<String> PRETENDED =
        List.of("usr/bin/lsmod", "usr/sbin/ethtool", "usr/sbin/modinfo", "usr/sbin/modprobe", "usr/lib/bluerig-lab/here");
    private static final List<String> OURS = List.of("inventory.yaml", "known_hosts", "id_ed25519", "id_ed25519.pub", "lab.state", "init",
        "links", "machine", "machines", ".inventory.yaml.lock");

    NamespaceDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /// The same for the same directory, so that `down` finds what a crash left even when the directory lost its files.
    String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 5);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /// What was asked for, written before anything is made.
    record State(String subnet, int pairs, boolean ovs) {}

    void save(State state) throws IOException {
        write("lab.state", "bluerig namespace lab 1\nsubnet " + state.subnet + "\npairs " + state.pairs + "\novs " + state.ovs + "\n",
            "rw-r--r--");
    }

    boolean hasState() {
        return Files.exists(file("lab.state"));
    }

    /// A directory holds one lab, and only its own kind can end it.
    void refuseAnothers() throws LabFailed {
        try {
            if (hasState() && Files.readString(file("lab.state")).startsWith("bluerig kernel lab"))
                throw new LabFailed(path + " holds a kernel lab; end it: bluerig lab kernel down --directory " + path);
        } catch (IOException unreadable) {
            throw new LabFailed("cannot read " + file("lab.state"), unreadable);
        }
    }

    State state() throws LabFailed {
        try {
            List<String> lines = Files.readAllLines(file("lab.state"));
            if (lines.size() != 4 || !lines.getFirst().equals("bluerig namespace lab 1"))
                throw new LabFailed(file("lab.state") + " is not the state of a namespace lab of this version");
            return new State(after("subnet ", lines.get(1)), Integer.parseInt(after("pairs ", lines.get(2))),
                Boolean.parseBoolean(after("ovs ", lines.get(3))));
        } catch (IOException | NumberFormatException unreadable) {
            throw new LabFailed("cannot read " + file("lab.state"), unreadable);
        }
    }

    private static String after(String word, String line) throws LabFailed {
        if (!line.startsWith(word)) throw new LabFailed("lab.state: expected \"" + word.strip() + "\", found: " + line);
        return line.substring(word.length());
    }

    Path seed(String machine) {
        return path.resolve("machines").resolve(machine);
    }

    void savePid(String machine, long pid) throws IOException {
        Files.writeString(seed(machine).resolve("pid"), Long.toString(pid));
    }

    OptionalLong pid(String machine) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(seed(machine).resolve("pid")).strip()));
        } catch (IOException | NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    /// The processes that hold this lab's machines, told by the command that `up` gave them: also when their namespace lost its name.
    List<ProcessHandle> holders() {
        String init = file("init").toString();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> starts(init, LabPrograms.arguments(process))).toList();
        }
    }

    /// `unshare ... DIR/init ...` or `/bin/bash DIR/init ...`, and not an editor that has the file open.
    private static boolean starts(String init, List<String> arguments) {
        int at = arguments.indexOf(init);
        return at > 0 && (arguments.contains("unshare") || at == 1 && arguments.getFirst().endsWith("bash"));
    }

    /// What the machine's process 1 said so far: nothing, `ready`, or what failed.
    String said(String machine) throws IOException {
        Path ready = seed(machine).resolve("ready");
        return Files.exists(ready) ? Files.readString(ready).strip() : "";
    }

    void write(String name, String text, String mode) throws IOException {
        MachineFiles.write(file(name), text, mode);
    }

    /// Lays out the scripts and the files that every machine gets.
    void unpack() throws IOException {
        MachineFiles.script(NamespaceDirectory.class, "init", file("init"));
        MachineFiles.common(file("machine"));
        for (String script : PRETENDED) MachineFiles.script(NamespaceDirectory.class, "machine/" + script, file("machine").resolve(script));
    }

    /// Removes what `up` wrote, and the lock that keeps two applies of its inventory apart (`RunLock`).
    void clear() throws IOException {
        LabRemoval.of(path, OURS);
    }
}
