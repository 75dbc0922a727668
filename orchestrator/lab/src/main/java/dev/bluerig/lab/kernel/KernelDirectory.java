package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabRemoval;
import dev.bluerig.lab.machine.LabTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The directory of one kernel lab: what the user needs (inventory.yaml, known_hosts, id_ed25519), what `down` and `status` need
/// (lab.state), and a directory for each guest with its disk, its console and QEMU's sockets.
record KernelDirectory(Path path) {
    private static final String HEAD = "bluerig kernel lab 1";
    static final String DISK_LOG = "disk.log";
    /// What keeps two applies of one inventory apart (`RunLock`); its file stays when they end.
    private static final String LOCK = ".inventory.yaml.lock";
    private static final List<String> OURS =
        List.of("inventory.yaml", "known_hosts", "id_ed25519", "id_ed25519.pub", "lab.state", "guest-1", "guest-2", LOCK);

    KernelDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /// The same for the same directory, so that `down` finds what a crash left even when the directory lost its files.
    String id() {
        return ContentId.of(List.of(path.toString()));
    }

    /// What every guest of this lab is called on its process's command line.
    String prefix() {
        return "bluerig-kernel-lab-" + id() + "-";
    }

    /// One pair: what a guest of this size can carry.
    LabTopology topology() {
        return new LabTopology(id().substring(0, 5), 1);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    static String guestName(int number) {
        return "guest-" + (number + 1);
    }

    Path guest(int number) {
        return path.resolve(guestName(number));
    }

    GuestHardware hardware(int guest) throws LabFailed {
        return new GuestHardware(topology(), guest, state().guests());
    }

    Qemu qemu(int guest) {
        return new Qemu(prefix() + (guest + 1), guest(guest));
    }

    Console console(int guest) {
        return new Console(guest(guest).resolve(QemuCommand.CONSOLE_LOG));
    }

    /// What was asked for, and the ports of 127.0.0.1: of each guest its own sshd's and then those of its hosts.
    record State(List<List<Integer>> ports) {
        State {
            ports = ports.stream().map(List::copyOf).toList();
        }

        int guests() {
            return ports.size();
        }

        String text() {
            var text = new StringBuilder(HEAD + "\n");
            for (List<Integer> guest : ports)
                text.append("ports").append(String.join("", guest.stream().map(port -> " " + port).toList())).append('\n');
            return text.toString();
        }

        static State parse(Path file, List<String> lines) throws LabFailed {
            boolean shaped = lines.size() > 1 && lines.getFirst().equals(HEAD)
                && lines.stream().skip(1).allMatch(line -> line.matches("ports( \\d{1,5})+"));
            if (!shaped)
                throw new LabFailed(file + " is not the state of a kernel lab of this version; it begins: "
                    + (lines.isEmpty() ? "(empty)" : lines.getFirst()));
            return new State(IntStream.range(1, lines.size())
                .mapToObj(i -> Stream.of(lines.get(i).split(" ")).skip(1).map(Integer::valueOf).toList()).toList());
        }
    }

    boolean hasState() {
        return Files.exists(file("lab.state"));
    }

    /// What `up` lays out for a guest first: left there when the state was lost.
    boolean hasGuest() {
        return Files.exists(guest(0).resolve(DISK_LOG));
    }

    void save(State state) throws LabFailed {
        try {
            Files.writeString(file("lab.state"), state.text());
        } catch (IOException unwritable) {
            throw new LabFailed("cannot write " + file("lab.state"), unwritable);
        }
    }

    State state() throws LabFailed {
        try {
            return State.parse(file("lab.state"), Files.readAllLines(file("lab.state")));
        } catch (IOException unreadable) {
            throw new LabFailed("cannot read " + file("lab.state"), unreadable);
        }
    }

    /// Removes what `up` wrote; the directory itself only when nothing of the user's is in it.
    void clear() throws IOException {
        LabRemoval.of(path, OURS);
    }
}
