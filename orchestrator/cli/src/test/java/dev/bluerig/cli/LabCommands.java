package dev.bluerig.cli;

import dev.bluerig.lab.kernel.KernelLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.MachineExec;
import dev.bluerig.lab.namespace.NamespaceLab;
import dev.bluerig.remote.ssh.SshDialer;
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

/// A user at a namespace lab or a kernel lab: types commands of bluerig and reads what they say and leave; looks into machines beside SSH.
final class LabCommands {
    /// What one command left. `all` is what stood on the screen.
    record Result(int exit, String out, String err) {
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

    static final CliContext.DialerFactory SSH = (inventory, file) -> {
        var dialer = new SshDialer(CliContext.settings(inventory, file));
        return new CliContext.OpenDialer(dialer, dialer::close);
    };

    /// The labs with real programs, by their words on the command line.
    private enum Kind {
        NAMESPACE("namespace") {
            @Override
            MachineExec machine(Path lab, String name) {
                return NamespaceLab.machine(lab, name).orElseThrow();
            }
        },
        KERNEL("kernel") {
            @Override
            MachineExec machine(Path lab, String name) throws LabFailed {
                return KernelLab.machine(lab, name);
            }
        };

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        abstract MachineExec machine(Path lab, String name) throws LabFailed;
    }

    private final Kind kind;
    private final Path directory;
    private final Path project;

    private LabCommands(Kind kind, Path directory, Path project) {
        this.kind = kind;
        this.directory = directory;
        this.project = project;
    }

    /// At a namespace lab. `directory` holds the lab and the runs; `project` the playbooks and templates.
    LabCommands(Path directory, Path project) {
        this(Kind.NAMESPACE, directory, project);
    }

    static LabCommands kernel(Path directory, Path project) {
        return new LabCommands(Kind.KERNEL, directory, project);
    }

    LabCommands with(Path otherProject) {
        return new LabCommands(kind, directory, otherProject);
    }

    /// As typed: nothing is added.
    Result type(CliContext.DialerFactory dialing, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
            NOBODY, false, false);
        var context = new CliContext(directory, project, Map.of(), InstantSource.system(), new Random(), () -> false, dialing);
        int exit = new Bluerig(terminal, context).run(words).number();
        terminal.flush();
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    void up() {
        succeed(type(SSH, "lab", kind.word, "up", "--directory", "lab"));
    }

    void down() {
        succeed(type(SSH, "lab", kind.word, "down", "--directory", "lab"));
    }

    private static void succeed(Result result) {
        if (result.exit() != 0) throw new AssertionError(result.all());
    }

    /// With this lab's inventory and this desk's project.
    Result run(String... words) {
        return run(SSH, words);
    }

    Result run(CliContext.DialerFactory dialing, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(arguments());
        return type(dialing, all.toArray(String[]::new));
    }

    List<String> arguments() {
        return List.of("-C", project.toString(), "-i", lab().resolve("inventory.yaml").toString(), "--runs",
            directory.resolve("runs").toString());
    }

    Path lab() {
        return directory.resolve("lab");
    }

    /// Of a namespace lab.
    long holder(String machine) {
        return NamespaceLab.holder(lab(), machine).orElseThrow();
    }

    MachineExec inside(String machine) throws LabFailed {
        return kind.machine(lab(), machine);
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
            + in(machine, "ls", "-lR", "--time-style=full-iso", "/etc/netplan", "/etc/systemd/system", "/etc/modules-load.d",
            "/var/lib/lab")
            + in(machine, "lsmod").lines().map(line -> line.split(" ")[0]).sorted().toList());
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
            said.add(bridge + ": "
                + String.join(" ", in(dpu, "ovs-vsctl", "--timeout=10", "list-ports", bridge).lines().sorted().toList()));
        return String.join("; ", said);
    }
}
