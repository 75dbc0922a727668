package dev.bluerig.task;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.Guard;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.Permit;
import dev.bluerig.converge.SilentListener;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A host and its peer as network namespaces joined by a veth link, with the kernel's own links and addresses. Files of the host lie below
/// a directory; NetworkManager is absent, netplan's generator only lies there, and systemd's words on its units and `mst` are stand-ins,
/// since a veth has no PCI address.
public final class RealLinks implements AutoCloseable {
    private static final Set<String> ABSENT = Set.of("nmcli", "netplan", "ovs-vsctl");
    private static final String MST = "BlueField2(rev:1)       /dev/mst/mt41686_pciconf0     b1:00.0   mlx5_0          net-ens1f0np0   "
        + "          1\n";

    private static final String UNIT = "LoadState=%s\nActiveState=%s\n\n";

    private final Path root;
    private final String host;
    private final String peer;

    /// `root`: whose name is like no other's, as that of a temporary directory.
    public RealLinks(Path root) {
        this.root = root;
        host = "bluerig-a-" + root.getFileName();
        peer = "bluerig-b-" + root.getFileName();
        here("ip", "netns", "add", host);
        here("ip", "netns", "add", peer);
        here("ip", "-n", host, "link", "add", "ens1f0np0", "type", "veth", "peer", "name", "far0", "netns", peer);
        inPeer("ip", "link", "set", "dev", "far0", "mtu", "9000", "up");
    }

    /// Must succeed.
    public String inHost(String... words) {
        return namespace(host, words);
    }

    public String inPeer(String... words) {
        return namespace(peer, words);
    }

    private String namespace(String name, String... words) {
        var line = new ArrayList<>(List.of("ip", "netns", "exec", name));
        line.addAll(List.of(words));
        return here(line.toArray(String[]::new));
    }

    private String here(String... words) {
        var ran = run(List.of(words), "");
        if (!ran.ok()) throw new AssertionError(List.of(words) + ": " + ran);
        return ran.out();
    }

    public void write(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    public String read(String path) throws IOException {
        return Files.readString(root.resolve(path.substring(1)));
    }

    /// One play of one task, on a fresh look at the host.
    public Outcome play(Mode mode, Class<? extends TaskSpec> type, String yaml) {
        return play(mode, type, yaml, session());
    }

    public Session session() {
        return new FakeMachine(this::answer);
    }

    /// Through another session than its own.
    public Outcome play(Mode mode, Class<? extends TaskSpec> type, String yaml, Session session) {
        Task<?> task = Binder.bind(type, Yaml.read("wanted.yaml", yaml)).on(SampleMachines.of("one"));
        var terms = new Convergence.Terms(mode, Permit.all(), Guard.none(), () -> Optional.empty(), time -> Thread.sleep(time.toMillis()));
        return new Convergence(session, terms, new SilentListener()).play(List.of(task)).getFirst();
    }

    private Reply answer(Command command) {
        if (ABSENT.contains(command.words().getFirst())) return new Reply.Ran(127, "", "not found\n");
        if (command.words().getFirst().equals("mst")) return new Reply.Ran(0, MST, "");
        if (command.words().getFirst().equals("systemctl"))
            return new Reply.Ran(0, UNIT.formatted("loaded", "active") + UNIT.formatted("not-found", "inactive").repeat(2), "");
        var line = new ArrayList<>(List.of("ip", "netns", "exec", host));
        command.words().forEach(word -> line.add(word.matches("/(etc|run|lib)/.*") ? root + word : word));
        var ran = run(line, command.stdin());
        return new Reply.Ran(command.judged(ran.status(), ran.out()), ran.out().replace(root.toString(), ""),
            ran.err().replace(root.toString(), ""));
    }

    private Reply.Ran run(List<String> words, String stdin) {
        try {
            var builder = new ProcessBuilder(words);
            builder.environment().put("LC_ALL", "C");
            Path err = Files.createTempFile(root, "err", "");
            Process process = builder.redirectError(err.toFile()).start();
            try (var in = process.getOutputStream()) {
                in.write(stdin.getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Reply.Ran(process.waitFor(), out, Files.readString(err));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        run(List.of("ip", "netns", "del", host), "");
        run(List.of("ip", "netns", "del", peer), "");
    }
}
