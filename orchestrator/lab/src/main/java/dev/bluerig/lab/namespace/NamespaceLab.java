package dev.bluerig.lab.namespace;

import dev.bluerig.lab.machine.InventoryText;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFiles;
import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.LabPrograms;
import dev.bluerig.lab.machine.LabTopology;
import dev.bluerig.lab.machine.MachineExec;
import dev.bluerig.lab.machine.MachineFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// `bluerig lab namespace`: pairs of hosts and DPUs as network namespaces with real OpenSSH, Open vSwitch and veth links.
///
/// Everything a lab makes is found again by the names of its namespaces and links, which follow from its directory: `down` needs no
/// luck after a crash, and labs in different directories do not meet.
public final class NamespaceLab {
    /// Starting is a second of work for a pair; the rest is patience with a busy controller.
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String VARS = "{mtu: 9000, dpu_mtu: 9216, proof_bytes: 4MiB, load_seconds: 1, share_of_line_rate: 0.0001}";

    private NamespaceLab() {}

    /// How a lab is made. `ovs`: with Open vSwitch on the DPUs, else plain SSH machines. `diskMegabytes`: what a machine may write in all.
    public record Options(int pairs, boolean ovs, int diskMegabytes) {
        public static Options pairs(int pairs) {
            return new Options(pairs, true, 192);   // the pair needs about 100 while it is unpacked
        }

        public Options withoutOvs() {
            return new Options(pairs, false, diskMegabytes);
        }
    }

    /// Brings a lab up in factory state; a failure takes down again what was made.
    public static LabFiles up(Path directory, Options options) throws LabFailed {
        NamespaceLabRequirements.require(options.ovs());
        if (options.pairs() < 1 || options.pairs() > LabTopology.MOST_PAIRS)
            throw new LabFailed("a namespace lab has 1 to " + LabTopology.MOST_PAIRS + " pairs; asked for " + options.pairs());
        var lab = new NamespaceDirectory(directory);
        if (lab.hasState() || !Namespace.startingWith(NamespaceWiring.prefix(lab.id())).isEmpty())
            throw new LabFailed("there is a lab of " + lab.path() + " already; end it: bluerig lab namespace down --directory "
                + lab.path());
        if (Files.exists(lab.file("inventory.yaml")))
            throw new LabFailed(lab.file("inventory.yaml") + " exists and is not a lab's; name another directory");
        var wiring = new NamespaceWiring(new LabTopology(lab.id(), options.pairs()), Subnets.free(lab.id()));
        try {
            make(lab, wiring, options);
            return new LabFiles(lab.file("inventory.yaml"), lab.file("known_hosts"), lab.file("id_ed25519"),
                wiring.topology().machines().stream().map(LabMachine::name).toList());
        } catch (IOException | LabFailed failure) {
            var failed = new LabFailed("the namespace lab did not come up: " + failure.getMessage());
            try {
                down(directory);
            } catch (LabFailed second) {
                failed.addSuppressed(second);
            }
            throw failed;
        }
    }

    private static void make(NamespaceDirectory lab, NamespaceWiring wiring, Options options) throws IOException, LabFailed {
        Files.createDirectories(lab.path());
        lab.save(new NamespaceDirectory.State(wiring.subnet(), options.pairs(), options.ovs()));
        lab.unpack();
        MachineFiles.key(lab.file("id_ed25519"), "bluerig-lab");
        var keys = new LinkedHashMap<String, String>();
        List<LabMachine> machines = wiring.topology().machines();
        for (LabMachine machine : machines) keys.put(machine.name(), seed(lab, machine, wiring));
        var inventory = new InventoryText("namespace", VARS, wiring.topology(), lab.file("id_ed25519"), wiring.dials());
        lab.write("known_hosts", inventory.knownHosts(keys), "rw-r--r--");
        lab.write("inventory.yaml", inventory.text(), "rw-r--r--");
        lab.write("links", String.join("\n", wiring.batch()) + "\n", "rw-r--r--");
        LabPrograms.succeed("ip", "-batch", lab.file("links").toString());
        for (LabMachine machine : machines) lab.savePid(machine.name(), start(lab, machine, wiring.namespace(machine), options));
        for (LabMachine machine : machines) awaitReady(lab, machine);
    }

    /// Writes a machine's own files and returns its public host key.
    private static String seed(NamespaceDirectory lab, LabMachine machine, NamespaceWiring wiring) throws IOException, LabFailed {
        Path seed = lab.seed(machine.name());
        Files.createDirectories(seed.resolve("disk"));
        Files.write(seed.resolve("links"), wiring.links(machine));
        Files.write(seed.resolve("nics"), NamespaceWiring.nics(machine));
        String key = MachineFiles.own(seed.resolve("files"), wiring.topology(), machine);
        if (machine.kind() == LabMachine.Kind.HOST)
            Files.writeString(seed.resolve("files/management"), wiring.management(machine.end()) + "\n");
        return key;
    }

    /// Starts the machine's process 1; the process whose id is returned holds all its namespaces and takes the machine with it when killed.
    private static long start(NamespaceDirectory lab, LabMachine machine, String namespace, Options options) throws IOException {
        String kind = switch (machine.kind()) {
            case HOST -> "host";
            case DPU -> options.ovs() ? "dpu" : "bare";
        };
        Path seed = lab.seed(machine.name());
        File console = seed.resolve("console.log").toFile();
        Process process = LabPrograms.process(List.of("setsid", "nsenter", "--net=" + new Namespace(namespace).path(),
            "unshare", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child=KILL",
            lab.file("init").toString(), machine.name(), kind, Integer.toString(options.diskMegabytes()), seed.toString()))
            .redirectOutput(console).redirectErrorStream(true).start();
        return process.pid();
    }

    private static void awaitReady(NamespaceDirectory lab, LabMachine machine) throws IOException, LabFailed {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            String said = lab.said(machine.name());
            if (said.equals("ready")) return;
            boolean dead = lab.pid(machine.name()).stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent());
            if (!said.isEmpty() || dead || Instant.now().isAfter(end))
                throw new LabFailed(machine.name() + (said.isEmpty() ? dead ? " ended" : " is not ready after " + PATIENCE.toSeconds()
                    + " s" : " " + said)
                    + "; its console says:\n" + Files.readString(lab.seed(machine.name()).resolve("console.log")).strip());
            pause();
        }
    }

    private static void pause() throws LabFailed {
        try {
            Thread.sleep(10);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted", stopped);
        }
    }

    /// Ends every process inside the lab's namespaces, removes namespaces, links and files; safe to repeat, and after a crash half way.
    public static void down(Path directory) throws LabFailed {
        var lab = new NamespaceDirectory(directory);
        lab.refuseAnothers();
        List<Namespace> namespaces = Namespace.startingWith(NamespaceWiring.prefix(lab.id()));
        Instant end = Instant.now().plus(PATIENCE);
        for (boolean left = true; left; pause()) {
            left = false;
            for (ProcessHandle holder : lab.holders()) {
                left = true;
                holder.destroyForcibly();
            }
            for (Namespace namespace : namespaces)
                for (Namespace.NamespaceProcess inside : namespace.processes()) {
                    left = true;
                    ProcessHandle.of(inside.pid()).filter(process -> namespace.holds(inside.pid()))
                        .ifPresent(ProcessHandle::destroyForcibly);
                }
            if (left && Instant.now().isAfter(end)) throw new LabFailed("processes of the lab do not end: " + status(directory).text());
        }
        for (String uplink : uplinks(lab.id())) LabPrograms.succeed("ip", "link", "delete", "dev", uplink);
        for (Namespace namespace : namespaces) LabPrograms.succeed("ip", "netns", "delete", namespace.name());
        try {
            if (Files.isDirectory(lab.path()) && lab.hasState()) lab.clear();
        } catch (IOException stays) {
            throw new LabFailed("the lab is down, but its files stay in " + lab.path(), stays);
        }
    }

    private static List<String> uplinks(String id) throws LabFailed {
        File[] links = new File("/sys/class/net").listFiles((_, name) -> name.startsWith(NamespaceWiring.uplinkPrefix(id)));
        if (links == null) throw new LabFailed("cannot list /sys/class/net");
        var names = new TreeSet<String>();
        for (File link : links) names.add(link.getName());
        return List.copyOf(names);
    }

    /// What of the lab runs, machine by machine; also of a lab whose start or end was cut off.
    public static NamespaceStatus status(Path directory) throws LabFailed {
        var lab = new NamespaceDirectory(directory);
        if (!lab.hasState()) {
            var left = new ArrayList<NamespaceStatus.OfMachine>();
            for (Namespace namespace : Namespace.startingWith(NamespaceWiring.prefix(lab.id())))
                left.add(NamespaceStatus.OfMachine.of(namespace.name().substring(NamespaceWiring.prefix(lab.id()).length()), namespace,
                    namespace.processes(), false));
            return new NamespaceStatus(lab.path(), left);
        }
        NamespaceDirectory.State state = lab.state();
        var machines = new ArrayList<NamespaceStatus.OfMachine>();
        var wiring = new NamespaceWiring(new LabTopology(lab.id(), state.pairs()), state.subnet());
        for (LabMachine machine : wiring.topology().machines()) {
            var namespace = new Namespace(wiring.namespace(machine));
            machines.add(NamespaceStatus.OfMachine.of(machine.name(), namespace, namespace.processes(),
                state.ovs() && machine.kind() == LabMachine.Kind.DPU));
        }
        return new NamespaceStatus(lab.path(), machines);
    }

    /// A way into a running machine beside SSH, for tests that break things.
    public static Optional<MachineExec> machine(Path directory, String name) {
        OptionalLong pid = holder(directory, name);
        return pid.isEmpty() ? Optional.empty() : Optional.of(MachineExec.process(name, pid.getAsLong()));
    }

    /// The process that holds a running machine's name spaces: the machine ends with it.
    public static OptionalLong holder(Path directory, String name) {
        var lab = new NamespaceDirectory(directory);
        OptionalLong pid = lab.pid(name);
        return pid.isPresent() && new Namespace(NamespaceWiring.prefix(lab.id()) + name).holds(pid.getAsLong()) ? pid
            : OptionalLong.empty();
    }
}
