package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A machine with a real Open vSwitch: its own `ovsdb-server` and `ovs-vswitchd` (userspace datapath) in a network namespace of its own,
/// with veth ends as links. Commands run as local processes inside the namespace. Needs root, iproute2 and Open vSwitch.
///
/// What is not real: `systemctl`. `restart` of the OVS service restarts ovs-vswitchd, `show` answers for a Debian machine.
public final class RealOvs extends FakeSession {
    private final Path directory;
    private final String namespace;
    private final LocalMachine machine;
    private final List<String> asked = new ArrayList<>();
    private int restarts;
    private boolean refusing;

    private RealOvs(Path directory) {
        this.directory = directory;
        this.namespace = directory.getFileName().toString();
        this.machine = new LocalMachine(directory, Map.of("OVS_RUNDIR", directory.toString()));
    }

    /// A machine with these links, all up, and no bridge.
    public static RealOvs with(String... links) {
        try {
            var ovs = new RealOvs(Files.createTempDirectory("bluerig-ovs-"));
            try {
                ovs.start(links);
                return ovs;
            } catch (AssertionError failed) {
                ovs.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void start(String... links) {
        must("ip", "netns", "add", namespace);
        must("ip", "-n", namespace, "link", "set", "lo", "up");
        for (String link : links) addLink(link);
        must("ovsdb-tool", "create", directory + "/conf.db", "/usr/share/openvswitch/vswitch.ovsschema");
        startDatabase();
        must("ovs-vsctl", "--timeout=10", "--no-wait", "--", "init", "--", "set", "open_vswitch", ".", "ovs_version=3.1.0");
        startSwitch();
    }

    /// The network namespace that it lives in.
    public String namespace() {
        return namespace;
    }

    public void startDatabase() {
        must("ovsdb-server", directory + "/conf.db", "--remote=punix:" + directory + "/db.sock",
            "--pidfile=" + directory + "/ovsdb-server.pid", "--detach", "--no-chdir", "-vconsole:off", "-vsyslog:off");
    }

    /// From now on the service manager fails to restart the switch, which goes on as it is.
    public void refuseToRestart(boolean refuses) {
        refusing = refuses;
    }

    public void startSwitch() {
        must("ip", "netns", "exec", namespace, "ovs-vswitchd", "unix:" + directory + "/db.sock", "--disable-system",
            "--disable-system-route",
            "--pidfile=" + directory + "/ovs-vswitchd.pid", "--detach", "--no-chdir", "-vconsole:off", "-vsyslog:off");
    }

    public void stopSwitch() {
        end("ovs-vswitchd.pid");
    }

    public void stopDatabase() {
        end("ovsdb-server.pid");
    }

    /// Every question that was really asked.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /// ovs-vswitchd lives and does nothing, until it goes on.
    public void suspendSwitch(boolean suspended) {
        try {
            must("kill", suspended ? "-STOP" : "-CONT", Files.readString(directory.resolve("ovs-vswitchd.pid")).strip());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// One more netdev, up; its other end is called like it with `-x`.
    public void addLink(String link) {
        must("ip", "-n", namespace, "link", "add", link, "type", "veth", "peer", "name", link + "-x");
        must("ip", "-n", namespace, "link", "set", link, "up");
        must("ip", "-n", namespace, "link", "set", link + "-x", "up");
    }

    /// Runs a command inside the machine, as a person with a shell on it would.
    public Reply.Ran run(String... words) {
        return (Reply.Ran) reply(Command.of(words));
    }

    @Override
    public List<Reply> exchange(Exchange exchange) {
        List<Reply> replies = replies(exchange);
        for (int i = 0; i < exchange.questions().size(); i++)
            if (!(replies.get(exchange.steps().size() + i) instanceof Reply.NotRun)) asked.add(exchange.questions().get(i).line());
        return replies;
    }

    private List<Reply> replies(Exchange exchange) {
        try {
            return super.exchange(exchange);
        } catch (Unreachable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    protected Reply run(Command command) {
        return reply(command);
    }

    public Reply reply(Command command) {
        if (command.words().getFirst().equals("systemctl")) return systemctl(command.words());
        var words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.words()
            .forEach(word ->
            words.add(word.replace("/var/run/openvswitch/", directory + "/").replace("/etc/openvswitch/", directory + "/")));
        return machine.run(command, words);
    }

    private Reply systemctl(List<String> words) {
        if (words.get(1).equals("restart") && words.getLast().equals("openvswitch-switch.service")) {
            if (refusing)
                return new Reply.Ran(1, "", "Job for openvswitch-switch.service failed because the control process exited with error"
                    + " code.\n");
            restarts++;
            stopSwitch();
            if (!Files.exists(directory.resolve("ovsdb-server.pid"))) startDatabase();
            startSwitch();
            return new Reply.Ran(0, "", "");
        }
        if (words.get(1).equals("show")) {
            var blocks = words.stream().filter(word -> word.endsWith(".service")).map(unit -> unit.equals("openvswitch-switch.service")
                ? "Id=" + unit + "\nLoadState=loaded\nActiveState=active\nSubState=exited\nUnitFileState=enabled\n"
                : "Id=" + unit + "\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n").toList();
            return new Reply.Ran(0, String.join("\n", blocks), "");
        }
        throw new AssertionError("this systemctl was not told about " + words);
    }

    private void must(String... words) {
        var command = Command.of(words);
        Reply reply = machine.run(command, command.words());
        if (!(reply instanceof Reply.Ran done && done.ok())) throw new AssertionError(command + " failed: " + reply);
    }

    /// By its pid; the daemon removes its pid file as the last thing it does.
    private void end(String pidFile) {
        try {
            Path file = directory.resolve(pidFile);
            if (!Files.exists(file)) return;
            var process = ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
            process.ifPresent(ProcessHandle::destroy);
            for (int i = 0; i < 1000 && process.isPresent() && Files.exists(file); i++) Thread.sleep(10);
            if (process.isPresent() && Files.exists(file)) throw new AssertionError(pidFile + ": the daemon did not end");
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// How often the service manager was told to restart the switch.
    public int restarts() {
        return restarts;
    }

    @Override
    protected int commands() {
        return machine.ran().size();
    }

    @Override
    public void close() {
        end("ovs-vswitchd.pid");
        end("ovsdb-server.pid");
        must("ip", "netns", "del", namespace);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
