package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.Guard;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.Permit;
import dev.bluerig.converge.SilentListener;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabTopology;
import dev.bluerig.lab.machine.MachineExec;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.MachineContext;
import dev.bluerig.task.Task;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.task.TaskName;
import dev.bluerig.task.TaskSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The tasks of the bring-up, from factory state to two cables that carry full frames: real sshd, sudo, Open vSwitch and links.
@NeedsLab(value = {"ip", "unshare", "nsenter", "sshd", "ssh", "ethtool", "sudo", "arping", "systemctl", "ovs-vswitchd", "ovs-vsctl"}, root = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BringUpInLabTest {
    @TempDir
    static Path parent;
    private static Path directory;
    private static LabHarness bench;

    private static final List<Map.Entry<String, String>> WAY = List.of(
        Map.entry("service", "{name: rshim, enabled: true, running: true}"),
        Map.entry("interface", "- {name: tmfifo_net0, addresses: [192.168.100.1/30], up: true, persist: true}"));
    private static final List<Map.Entry<String, String>> CARDS = List.of(
        Map.entry("firmware", "{crypto: enabled, mode: dpu, link_type: ethernet, pending_reset: none}"),
        Map.entry("kernel", "{tls_offload: [tx, rx], modules: [tls]}"));
    private static final List<Map.Entry<String, String>> SWITCH = List.of(
        Map.entry("ovs", "{hw_offload: true}"),
        Map.entry("ovs_bridge", "[{bridge: ovs-br0, ports: [p0, pf0hpf]}, {bridge: ovs-br1, ports: [p1, pf1hpf]}]"),
        Map.entry("interface", "[{name: p0, mtu: 9216, up: true, persist: true}, {name: pf0hpf, mtu: 9216, up: true, persist: true}, "
            + "{name: p1, mtu: 9216, up: true, persist: true}, {name: pf1hpf, mtu: 9216, up: true, persist: true}]"));

    private static List<Map.Entry<String, String>> ports(int end) {
        return List.of(Map.entry("interface", "[" + port(end, 0) + ", " + port(end, 1) + "]"),
            Map.entry("offload", "[{pci: \"0000:b1:00.0\", tls_tx: true, tls_rx: true, persist: true}, {pci: \"0000:b1:00.1\", tls_tx: true, tls_rx: true, persist: true}]"));
    }

    private static String port(int end, int port) {
        return "{pci: \"0000:b1:00." + port + "\", addresses: [" + LabTopology.dataAddress(end, port) + "], only: true, mtu: 9000, up: true, persist: true}";
    }

    private static final List<Map.Entry<String, String>> REACH = List.of(Map.entry("reach", "{pairs: all, mtu: 9000}"));

    @BeforeAll
    static void up() throws Exception {
        directory = parent.resolve("lab");
        bench = new LabHarness(NamespaceLab.up(directory, NamespaceLab.Options.pairs(1)));
    }

    @AfterAll
    static void down() throws LabFailed {
        if (bench != null) bench.close();
        NamespaceLab.down(directory);
    }

    private static MachineExec inside(String machine) {
        return NamespaceLab.machine(directory, machine).orElseThrow();
    }

    private static Task<?> task(String machine, Map.Entry<String, String> text) {
        Class<? extends TaskSpec> type = TaskCatalogue.all().stream().filter(each -> each.getAnnotation(TaskName.class).value().equals(text.getKey())).findFirst().orElseThrow();
        TaskSpec wish = Binder.bind(type, Yaml.read("test.yaml", text.getValue()));
        return wish.on(new MachineContext(bench.inventory().machines().get(machine), bench.inventory()));
    }

    private static List<Outcome> play(Mode mode, String machine, List<Map.Entry<String, String>> texts) throws Exception {
        var terms = new Convergence.Terms(mode, Permit.all(), Guard.none(), java.util.Optional::empty, time -> Thread.sleep(time));
        List<Task<?>> tasks = new ArrayList<>();
        for (Map.Entry<String, String> text : texts) tasks.add(task(machine, text));
        return new Convergence(bench.session(machine), terms, new SilentListener()).play(tasks);
    }

    private static Map<String, List<Outcome>> all(Mode mode) throws Exception {
        var outcomes = new LinkedHashMap<String, List<Outcome>>();
        for (String host : List.of("host-a", "host-b")) {
            outcomes.put(host + " way", play(mode, host, WAY));
            outcomes.put(host + " cards", play(mode, host, CARDS));
        }
        for (String dpu : List.of("dpu-a", "dpu-b")) outcomes.put(dpu, play(mode, dpu, SWITCH));
        for (int end = 0; end < 2; end++) outcomes.put("ports " + end, play(mode, end == 0 ? "host-a" : "host-b", ports(end)));
        for (String host : List.of("host-a", "host-b")) outcomes.put(host + " reach", play(mode, host, REACH));
        return outcomes;
    }

    @Test
    @Order(1)
    void checkForecastsAndTouchesNothing() throws Exception {
        for (Outcome outcome : play(Mode.CHECK, "host-a", WAY)) assertInstanceOf(Outcome.WouldChange.class, outcome);
        assertEquals("disabled", inside("host-a").run("systemctl", "is-enabled", "rshim").output().strip());
        for (Outcome outcome : play(Mode.CHECK, "host-a", ports(0))) assertInstanceOf(Outcome.WouldChange.class, outcome);
    }

    @Test
    @Order(2)
    void applyBringsThePairUp() throws Exception {
        all(Mode.APPLY).forEach((where, outcomes) -> outcomes.forEach(outcome ->
            assertTrue(outcome instanceof Outcome.Changed || outcome instanceof Outcome.Ok, where + ": " + outcome)));
        String show = inside("dpu-b").output("ovs-vsctl", "show");
        assertTrue(show.contains("Bridge ovs-br0") && show.contains("Bridge ovs-br1") && show.contains("Port en3f1pf1sf0") && !show.contains("ovsbr"), show);
        for (String peer : List.of("192.0.2.2", "192.0.2.6")) inside("host-a").output("ping", "-n", "-M", "do", "-c", "2", "-i", "0.2", "-W", "1", "-s", "8972", peer);
        String netplan = inside("host-b").output("ls", "/etc/netplan");
        assertTrue(netplan.contains("60-bluerig-"), netplan);
    }

    @Test
    @Order(3)
    void aSecondApplyChangesNothing() throws Exception {
        all(Mode.APPLY).forEach((where, outcomes) -> outcomes.forEach(outcome -> assertInstanceOf(Outcome.Ok.class, outcome, where + ": " + outcome)));
    }

    @Test
    @Order(5)
    void acceptanceAllowsNoDifference() throws Exception {
        inside("dpu-b").output("ip", "link", "set", "dev", "p0", "mtu", "1500");
        assertInstanceOf(Outcome.Failed.class, play(Mode.ACCEPT, "dpu-b", SWITCH).getLast());
        assertTrue(inside("dpu-b").output("ip", "link", "show", "dev", "p0").contains("mtu 1500"), "nothing was changed");
        assertInstanceOf(Outcome.Changed.class, play(Mode.APPLY, "dpu-b", SWITCH).getLast());
        all(Mode.ACCEPT).forEach((where, outcomes) -> outcomes.forEach(outcome -> assertInstanceOf(Outcome.Ok.class, outcome, where + ": " + outcome)));
    }

    @Test
    @Order(4)
    void driftByHandIsFoundAndMended() throws Exception {
        inside("dpu-a").output("ovs-vsctl", "--timeout=10", "del-port", "ovs-br0", "pf0hpf");
        inside("dpu-a").output("ovs-vsctl", "--timeout=10", "set", "open_vswitch", ".", "other_config:hw-offload=false");
        inside("dpu-a").output("ip", "link", "set", "dev", "p1", "mtu", "1500");
        inside("host-a").output("ip", "address", "flush", "dev", "ens5f0np0");
        inside("host-a").output("ethtool", "-K", "ens5f1np1", "tls-hw-rx-offload", "off");
        for (Outcome outcome : play(Mode.CHECK, "dpu-a", SWITCH)) assertInstanceOf(Outcome.WouldChange.class, outcome);
        for (Outcome outcome : play(Mode.CHECK, "host-a", ports(0))) assertInstanceOf(Outcome.WouldChange.class, outcome);
        assertInstanceOf(Outcome.Failed.class, play(Mode.APPLY, "host-a", REACH).getFirst());
        all(Mode.APPLY).forEach((where, outcomes) -> outcomes.forEach(outcome ->
            assertTrue(outcome instanceof Outcome.Changed || outcome instanceof Outcome.Ok, where + ": " + outcome)));
        for (Outcome outcome : play(Mode.CHECK, "dpu-a", SWITCH)) assertInstanceOf(Outcome.Ok.class, outcome);
    }
}
