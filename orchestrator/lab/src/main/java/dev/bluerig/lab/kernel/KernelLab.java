package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.InventoryText;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFiles;
import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.LabRemoval;
import dev.bluerig.lab.machine.LabTopology;
import dev.bluerig.lab.machine.MachineExec;
import dev.bluerig.lab.machine.MachineFiles;
import dev.bluerig.lab.machine.SshEndpoint;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `bluerig lab kernel`: a pair of hosts and DPUs inside a guest whose kernel takes the real TLS device-offload path into a NIC of ours, or
/// each host with its DPU in a guest of its own.
///
/// A lab is found again by its directory alone: its guests' processes bear a name that follows from the path, so `down` needs no luck after
/// a crash.
public final class KernelLab {
    /// A boot takes half a minute of an idle machine; the rest is patience with a busy one.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 5;
    private static final long GLANCE = 100;
    /// Emulation is slow: small loads, no share of a line rate, and a JVM that compiles little. Segments are sent again although none is
    /// lost, when a processor comes too late for a timer: 1 to 4 in a thousand were seen.
    private static final String VARIABLES =
        "{mtu: 9000, dpu_mtu: 9216, proof_bytes: 8MiB, proof_connections: 2, wire: true, expected_flows: any,"
        + " load_seconds: 1, load_connections: 2, share_of_line_rate: 0.0001, share_of_retransmits: 0.05, pair_java_flags:"
        + " \"-XX:TieredStopAtLevel=1\"}";

    private KernelLab() {}

    /// How a lab is made. `guests`: 1, both ends in one kernel; 2, each end in its own. `processors` and `megabytes` of each guest: for
    /// every end a Java program with 512 MB must fit.
    public record Options(int guests, int processors, int megabytes) {
        public static Options usual() {
            return new Options(1, Math.min(4, Math.max(2, Runtime.getRuntime().availableProcessors())), 2560);
        }

        public Options guests(int number) {
            return number == 2 ? new Options(2, Math.max(1, processors / 2), 1792) : new Options(number, processors, megabytes);
        }
    }

    /// Brings a lab up in factory state; a failure takes down again what was made.
    public static LabFiles up(Path directory, Options options, LabProgress progress) throws LabFailed {
        if (options.guests() < 1 || options.guests() > 2)
            throw new LabFailed("a kernel lab has 1 guest or 2, asked for " + options.guests());
        var lab = new KernelDirectory(directory);
        refuseTaken(lab);
        var cache = ImageCache.ofThisUser();
        var images = GuestImages.ready(cache, progress);
        var acceleration = Acceleration.ofThisMachine(cache, images, progress);
        try {
            LabFiles ready = make(lab, options, images, acceleration, progress);
            await(lab, progress);
            return ready;
        } catch (IOException | LabFailed failure) {
            var failed = new LabFailed("the kernel lab did not come up: " + failure.getMessage());
            try {
                down(directory);
            } catch (LabFailed second) {
                failed.addSuppressed(second);
            }
            throw failed;
        }
    }

    private static void refuseTaken(KernelDirectory lab) throws LabFailed {
        if (lab.hasState() || Qemu.processes(lab.prefix()).findAny().isPresent())
            throw new LabFailed("there is a lab of " + lab.path() + " already; end it: bluerig lab kernel down --directory " + lab.path());
        if (Files.exists(lab.file("inventory.yaml")))
            throw new LabFailed(lab.file("inventory.yaml") + " exists and is not a lab's; name another directory");
    }

    private static LabFiles make(KernelDirectory lab, Options options, GuestImages images, Acceleration acceleration, LabProgress progress)
        throws IOException, LabFailed {
        Files.createDirectories(lab.path());
        lab.save(new KernelDirectory.State(Collections.nCopies(options.guests(), List.of(0))));
        LabTopology topology = lab.topology();
        MachineFiles.key(lab.file("id_ed25519"), "bluerig-lab");
        var keys = new LinkedHashMap<String, String>();
        for (int guest = 0; guest < options.guests(); guest++) {
            Path own = Files.createDirectories(lab.guest(guest));
            keys.putAll(LabDisk.make(own, lab.hardware(guest), lab.file("id_ed25519.pub"), images,
                HostTool.logging(own.resolve(KernelDirectory.DISK_LOG), progress)));
        }
        var ports = new ArrayList<List<Integer>>();
        for (int guest = 0; guest < options.guests(); guest++) ports.add(start(lab, guest, images, acceleration, options));
        lab.save(new KernelDirectory.State(ports));
        describe(lab, keys);
        return new LabFiles(lab.file("inventory.yaml"), lab.file("known_hosts"), lab.file("id_ed25519"),
            topology.machines().stream().map(LabMachine::name).toList());
    }

    private static List<Integer> start(KernelDirectory lab, int guest, GuestImages images, Acceleration acceleration, Options options)
        throws IOException, LabFailed {
        Qemu qemu = lab.qemu(guest);
        GuestHardware hardware = lab.hardware(guest);
        var cables = hardware.uplinks().stream()
            .map(uplink -> new QemuCommand.Cable(uplink.link(), uplink.address(), KernelDirectory.guestName(1 - guest))).toList();
        for (int attempt = 1; ; attempt++) {
            List<Integer> ports = FreePorts.free(1 + hardware.ends().size());
            try {
                qemu.start(new QemuCommand(qemu.name(), images, acceleration, options.processors(), options.megabytes(), hardware.ends(),
                    ports, cables));
                return ports;
            } catch (Qemu.PortTaken taken) {
                if (attempt == ATTEMPTS)
                    throw new LabFailed("others took the chosen ports of 127.0.0.1 " + ATTEMPTS + " times: " + taken.getMessage());
            }
        }
    }

    /// What the user dials with: known_hosts and the inventory.
    private static void describe(KernelDirectory lab, Map<String, String> keys) throws IOException, LabFailed {
        LabTopology topology = lab.topology();
        var dials = new LinkedHashMap<String, SshEndpoint>();
        var guests = new StringBuilder();
        for (int guest = 0; guest < lab.state().guests(); guest++) {
            List<Integer> ports = lab.state().ports().get(guest);
            List<Integer> ends = lab.hardware(guest).ends();
            for (int i = 0; i < ends.size(); i++) dials.put(topology.host(ends.get(i)), new SshEndpoint("127.0.0.1", ports.get(i + 1)));
            Path disk = lab.guest(guest).resolve("disk");
            String[] key = Files.readString(disk.resolve("guest/ssh_host_ed25519_key.pub")).split(" ");
            guests.append(KernelDirectory.guestName(guest)).append(',').append(new SshEndpoint("127.0.0.1", ports.getFirst()).known())
                .append(' ').append(key[0]).append(' ').append(key[1]).append('\n');
            LabRemoval.of(disk);
        }
        var inventory = new InventoryText("kernel", VARIABLES, topology, lab.file("id_ed25519"), dials);
        MachineFiles.write(lab.file("known_hosts"), inventory.knownHosts(keys) + guests, "rw-r--r--");
        MachineFiles.write(lab.file("inventory.yaml"), inventory.text(), "rw-r--r--");
    }

    /// Until every guest said that it is up and every sshd greets.
    private static void await(KernelDirectory lab, LabProgress progress) throws LabFailed {
        await(lab, new long[lab.state().guests()], progress);
    }

    private static void await(KernelDirectory lab, long[] since, LabProgress progress) throws LabFailed {
        long start = System.nanoTime();
        long end = start + PATIENCE.toNanos();
        for (int guest = 0; guest < since.length; guest++) {
            Console console = lab.console(guest);
            String name = KernelDirectory.guestName(guest);
            progress.say(name + ": booting; its console: " + console.log());
            while (!isUp(lab, guest, console.stage(since[guest]), since[guest]))
                pause(console, since[guest], end, progress, name + " is not up");
            for (int port : lab.state().ports().get(guest))
                while (!Guest.greets(port)) pause(console, since[guest], end, progress, "no sshd greets at 127.0.0.1 port " + port);
            progress.say(name + ": up after " + (System.nanoTime() - start + 500_000_000) / 1_000_000_000 + " s");
        }
    }

    private static boolean isUp(KernelDirectory lab, int guest, Console.Stage stage, long since) throws LabFailed {
        return switch (stage) {
            case Console.Stage.Up _ -> true;
            case Console.Stage.Failed(String reason) ->
                throw new LabFailed("the guest failed: " + reason + ". The end of its console:\n" + lab.console(guest).tail(since));
            case Console.Stage.Starting _ -> {
                if (!lab.qemu(guest).runs())
                    throw new LabFailed("QEMU ended" + lab.qemu(guest).said() + ". The end of the guest's console:\n" + lab.console(guest)
                        .tail(since));
                yield false;
            }
        };
    }

    private static void pause(Console console, long since, long end, LabProgress progress, String what) throws LabFailed {
        if (progress.stopped()) throw new LabFailed("interrupted: " + what + " yet");
        if (System.nanoTime() > end)
            throw new LabFailed(what + " after " + PATIENCE.toSeconds() + " s. The end of the guest's console:\n" + console.tail(since));
        try {
            Thread.sleep(GLANCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted: " + what + " yet", stopped);
        }
    }

    /// Ends the lab's guests and removes its files; the cache stays. Safe to repeat, and after a crash half way.
    public static void down(Path directory) throws LabFailed {
        var lab = new KernelDirectory(directory);
        if (lab.hasState()) lab.state();   // another lab's directory is not ours to clear
        Qemu.end(lab.prefix());
        try {
            if (lab.hasState() || lab.hasGuest()) lab.clear();
        } catch (IOException stays) {
            throw new LabFailed("the lab is down, but its files stay in " + lab.path(), stays);
        }
    }

    /// As if somebody pressed the reset button of each guest: nothing is written back first, the disks stay. Returns when all is up again.
    public static void reboot(Path directory, LabProgress progress) throws LabFailed {
        var lab = new KernelDirectory(directory);
        var since = new long[lab.state().guests()];
        for (int guest = 0; guest < since.length; guest++) {
            since[guest] = lab.console(guest).length();
            lab.qemu(guest).reset();
        }
        await(lab, since, progress);
    }

    /// What of the lab runs, guest by guest and machine by machine; also of a lab whose start or end was cut off.
    public static KernelStatus status(Path directory) throws LabFailed {
        return KernelStatus.of(new KernelDirectory(directory));
    }

    /// A way into a running guest that is no machine's: root in its own name spaces, for tests that break things or read what the whole
    /// kernel says.
    /// `number`: 1 or 2.
    public static MachineExec guest(Path directory, int number) throws LabFailed {
        return numbered(directory, number).inside();
    }

    /// A way into a running machine beside its SSH.
    public static MachineExec machine(Path directory, String name) throws LabFailed {
        var lab = new KernelDirectory(directory);
        for (int guest = 0; guest < lab.state().guests(); guest++)
            if (lab.hardware(guest).machines().stream().anyMatch(machine -> machine.name().equals(name)))
                return new Guest(lab, guest).machine(name);
        throw new LabFailed("no machine " + name + " in the lab of " + lab.path());
    }

    /// What the guest has said on its serial line since its first boot.
    public static String said(Path directory, int number) throws LabFailed {
        Guest guest = numbered(directory, number);
        return guest.lab().console(guest.number()).text(0);
    }

    /// The guest's serial line, where process 1 keeps a root shell; closing it leaves the guest as it is.
    public static SocketChannel console(Path directory, int number) throws LabFailed {
        Guest guest = numbered(directory, number);
        try {
            return guest.lab().qemu(guest.number()).open(QemuCommand.CONSOLE);
        } catch (IOException refused) {
            throw new LabFailed("no console", refused);
        }
    }

    private static Guest numbered(Path directory, int number) throws LabFailed {
        var lab = new KernelDirectory(directory);
        int guests = lab.state().guests();
        if (number < 1 || number > guests)
            throw new LabFailed("there is no guest " + number + ": the lab of " + lab.path() + " has " + guests);
        return new Guest(lab, number - 1);
    }
}
