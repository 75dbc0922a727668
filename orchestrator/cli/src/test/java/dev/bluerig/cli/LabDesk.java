package dev.bluerig.cli;

import dev.bluerig.lab.machine.Inside;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.namespace.NamespaceLab;
import dev.bluerig.remote.SshDialer;
import dev.bluerig.report.Report;
import dev.bluerig.source.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// A user at a namespace lab: types commands of bluerig and reads what they say and leave; looks into machines beside SSH.
final class LabDesk {
    /// What one command left. `all` is what stood on the screen.
    record Said(int exit, String out, String err) {
        String all() {
            return out + err + "exit " + exit;
        }

        boolean has(String line) {
            return out.contains(line);
        }
    }

    private static final Keyboard NOBODY = new Keyboard() {
        @Override
        public Optional<String> line(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> hidden(String question) {
            return Optional.empty();
        }
    };

    static final World.Dialing SSH = (inventory, file) -> {
        var dialer = new SshDialer(World.settings(inventory, file));
        return new World.Opened(dialer, dialer::close);
    };

    private final Path directory;
    private final Path project;

    /// `directory` holds the lab and the runs; `project` the playbooks and templates.
    LabDesk(Path directory, Path project) {
        this.directory = directory;
        this.project = project;
    }

    LabDesk with(Path otherProject) {
        return new LabDesk(directory, otherProject);
    }

    /// As typed: nothing is added.
    Said type(World.Dialing dialing, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), NOBODY, false, false);
        var world = new World(directory, project, Map.of(), InstantSource.system(), new Random(), () -> false, dialing);
        int exit = new Bluerig(terminal, world).run(words);
        terminal.flush();
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    void up() {
        succeed(type(SSH, "lab", "namespace", "up", "--directory", "lab"));
    }

    void down() {
        succeed(type(SSH, "lab", "namespace", "down", "--directory", "lab"));
    }

    private static void succeed(Said said) {
        if (said.exit() != 0) throw new AssertionError(said.all());
    }

    /// With this lab's inventory and this desk's project.
    Said run(String... words) {
        return run(SSH, words);
    }

    Said run(World.Dialing dialing, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(arguments());
        return type(dialing, all.toArray(String[]::new));
    }

    List<String> arguments() {
        return List.of("-C", project.toString(), "-i", directory.resolve("lab/inventory.yaml").toString(), "--runs", directory.resolve("runs").toString());
    }

    long holder(String machine) {
        return NamespaceLab.holder(directory.resolve("lab"), machine).orElseThrow();
    }

    Inside inside(String machine) {
        return NamespaceLab.machine(directory.resolve("lab"), machine).orElseThrow();
    }

    String in(String machine, String... program) throws LabFailed {
        return inside(machine).output(program);
    }

    /// Where the newest run is recorded.
    Path last() throws IOException {
        try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
            return runs.max((one, two) -> Long.compare(began(one), began(two))).orElseThrow();
        }
    }

    private static long began(Path run) {
        try {
            return Files.getLastModifiedTime(run.resolve("journal.jsonl")).toMillis();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    Report report() throws IOException {
        Path file = last().resolve("report.json");
        return Report.read(file.toString(), Files.readString(file));
    }

    /// Everything of a machine that the bring-up could change.
    String state(String machine) throws LabFailed {
        var seen = new StringBuilder(in(machine, "ip", "-4", "-br", "address") + in(machine, "ip", "-o", "link")
            + in(machine, "ls", "-lR", "--time-style=full-iso", "/etc/netplan", "/etc/systemd/system", "/etc/modules-load.d", "/var/lib/lab")
            + in(machine, "cat", "/var/lib/lab/modules"));
        if (machine.startsWith("dpu-")) seen.append(in(machine, "ovs-vsctl", "--timeout=10", "show")).append(offload(machine));
        return seen.toString();
    }

    String offload(String dpu) throws LabFailed {
        return in(dpu, "ovs-vsctl", "--timeout=10", "--if-exists", "get", "Open_vSwitch", ".", "other_config:hw-offload").strip();
    }

    /// Bridge -> ports, in alphabetical order, as `ovs-vsctl` says it.
    String bridges(String dpu) throws LabFailed {
        var said = new ArrayList<String>();
        for (String bridge : in(dpu, "ovs-vsctl", "--timeout=10", "list-br").lines().sorted().toList())
            said.add(bridge + ": " + String.join(" ", in(dpu, "ovs-vsctl", "--timeout=10", "list-ports", bridge).lines().sorted().toList()));
        return String.join("; ", said);
    }
}
