package dev.bluerig.guard;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.RealOvs;
import dev.bluerig.cases.Ways;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A machine with a real kernel and a real Open vSwitch, its controller, and a place where nobody answers: three network namespaces.
final class WayLab implements AutoCloseable {
    private final RealOvs ovs = RealOvs.with();
    private final String machine = ovs.namespace();
    private final String controller = machine + "-c";
    private final String silent = machine + "-s";

    WayLab() {
        must(run("", "ip", "netns", "add", controller));
        must(run("", "ip", "netns", "add", silent));
        must(run("", "ip", "-n", controller, "link", "set", "lo", "up"));
        // a router does not answer for who is behind it
        must(run("", "ip", "netns", "exec", controller, "sysctl", "-qw", "net.ipv4.conf.all.arp_ignore=1"));
        // nobody waits two seconds for an IPv6 address
        for (String namespace : List.of(machine, controller, silent))
            must(run("", "ip", "netns", "exec", namespace, "sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0"));
    }

    void build(WayWorld world) {
        var pairs = new ArrayList<String>();
        for (String link : world.links())
            if (link.matches("[md]\\d")) pairs.add("link add " + link + " type veth peer name far-" + link + " netns "
                + (link.startsWith("m") ? controller : silent));
        batch(machine, pairs);
        if (!world.switches.isEmpty()) vsctl(world.switches);
        var ups = world.bridges.stream().map(bridge -> "link set " + bridge + " up").toList();
        batch(machine, ups);
        batch(controller, world.controller);
        batch(silent, world.silent);
        batch(machine, world.machine);
        batch(machine, world.machine6, "-6");
        batch(controller, world.controller6, "-6");
        batch(machine, world.last);
    }

    void change(WayChange change) {
        batch(machine, change.ip());
        if (!change.switches().isEmpty()) vsctl(change.switches());
        force(machine, List.of("neigh flush all"));     // what is known now is forgotten some day
    }

    void clear(WayWorld world) {
        world.bridges.forEach(bridge -> run("", "ip", "netns", "exec", machine, "ip", "link", "set", bridge, "down"));
        var parts = world.bridges.stream().map(bridge -> "--if-exists del-br " + bridge).toList();
        if (!parts.isEmpty()) vsctl(parts);
        var gone = new ArrayList<>(world.links().stream().filter(link -> !world.bridges.contains(link)).map(link -> "link del " + link)
            .toList());
        gone.add("address flush dev lo");
        gone.addAll(List.of("link set lo down", "link set lo up"));
        force(machine, gone);
        force(controller, List.of("address flush dev lo", "link set lo down", "link set lo up"));
        world.rules.forEach(rule -> run("", ("ip -n " + machine + " " + rule).split(" ")));
    }

    /// The machine as it is asked for its way in.
    Reading<WayIn> way(WayWorld world) {
        return Ways.seen(new FakeMachine(command -> switch (command.words().getFirst()) {
            case "printenv" -> new Reply.Ran(0, world.peer + " 51000 " + world.local + " 22\n", "");
            case "ss" -> new Reply.Ran(0, "", "");
            default -> ovs.reply(command);
        }));
    }

    /// On the machine, where `/var/lib` is this directory and no systemd runs. What it starts may go on.
    Reply run(Command command, Path directory) {
        var words = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", "mount --bind \"$0\" /var/lib && { [ ! -d /run/systemd ] "
            + "|| mount -t tmpfs none /run/systemd; } && exec \"$@\"", directory.toString()));
        words.addAll(command.words());
        return ovs.reply(new Command(words, command.stdin(), command.deadline(), command.secret(), command.proof(), command.party()));
    }

    /// Whether the machine answers its controller.
    boolean answers(WayWorld world, int times) {
        for (int i = 0; i < times; i++)
            if (run("", "ip", "netns", "exec", controller, "ping", "-n", "-c", "1", "-W", "0.4", "-I", world.peer, world.local)
                instanceof Reply.Ran ran && ran.ok()) return true;
        return false;
    }

    private void vsctl(List<String> parts) {
        var words = new ArrayList<>(List.of("ovs-vsctl", "--timeout=10"));
        parts.forEach(part -> {
            words.add("--");
            words.addAll(Arrays.asList(part.split(" ")));
        });
        must((Reply.Ran) ovs.reply(Command.of(words)));
    }

    private void batch(String namespace, List<String> lines, String... options) {
        if (lines.isEmpty()) return;
        var words = new ArrayList<>(List.of("ip", "-n", namespace));
        words.addAll(List.of(options));
        words.addAll(List.of("-batch", "-"));
        must(run(String.join("\n", lines) + "\n", words.toArray(String[]::new)));
    }

    /// What is not there any more does not matter.
    private static void force(String namespace, List<String> lines) {
        run(String.join("\n", lines) + "\n", "ip", "-n", namespace, "-force", "-batch", "-");
    }

    private static void must(Reply.Ran ran) {
        if (!ran.ok()) throw new AssertionError(ran);
    }

    private static Reply.Ran run(String stdin, String... words) {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(stdin.getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Reply.Ran(process.waitFor(), out, stdin);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        run("", "ip", "netns", "del", controller);
        run("", "ip", "netns", "del", silent);
        ovs.close();
    }
}
