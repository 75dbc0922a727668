package dev.bluerig.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Renderer;
import dev.bluerig.source.TemplateValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InventoryReaderTest {
    private static final Path SHIPPED = Path.of("../../inventory");
    private static final String A = "a: {kind: host, address: 10.0.0.1, ports: [{pci: 0000:b1:00.0, address: 192.0.2.1/30}, {pci:"
        + " 0000:b1:00.1, address: 192.0.2.5/30}]}\n";
    private static final String B = "b: {kind: host, address: 10.0.0.2, ports: [{pci: 0000:b1:00.0, address: 192.0.2.2/30}, {pci:"
        + " 0000:b1:00.1, address: 192.0.2.6/30}]}\n";

    @TempDir
    private Path home;

    private Inventory read(String text) {
        return InventoryReader.read("f", text, home, new InventoryEnvironment(Map.of("LAB_PASSWORD", "swordfish"), home));
    }

    private String problems(String text) {
        return assertThrows(InvalidInput.class, () -> read(text)).getMessage();
    }

    @Test
    void the_bench_is_valid() {
        Inventory bench = InventoryReader.read(SHIPPED.resolve("bench.yaml"));
        assertEquals(List.of("host-a", "host-b", "dpu-a", "dpu-b"), List.copyOf(bench.machines().keySet()));
        Machine host = bench.machines().get("host-a");
        assertEquals(Optional.of("lab"), host.ssh().user());
        assertEquals(Ssh.Sudo.PASSWORDLESS, host.ssh().sudo());
        assertEquals(new Machine.Port(new PciAddress("0000:b1:00.1"), Optional.of(new Cidr("192.0.2.5/30"))), host.ports().get(1));
        assertEquals(Map.of("mtu", 9000L, "dpu_mtu", 9216L, "proof_bytes", "4GiB", "load_seconds", 300L, "share_of_line_rate", "0.8"),
            host.vars());
        Machine dpu = bench.machines().get("dpu-a");
        assertEquals(Optional.of(DpuMode.DPU), dpu.mode());
        assertEquals(Optional.of(new Machine.Via(new LinkName("tmfifo_net0"), new Cidr("192.168.100.1/30"), "192.168.100.2")), dpu.via());
        assertEquals(List.of(dpu), bench.dpusOf(host));
        assertEquals(Map.of("bench", new Pair("bench", "host-a", "host-b", List.of(new Pair.Cable(0, 0), new Pair.Cable(1, 1)))),
            bench.pairs());
        assertEquals(Map.of("hosts", List.of("host-a", "host-b"), "dpus", List.of("dpu-a", "dpu-b")), bench.groups());
        assertEquals(Optional.empty(), bench.lab());
    }

    @Test
    void the_fleet_is_written_out() {
        Inventory fleet = InventoryReader.read(SHIPPED.resolve("fleet.yaml"));
        assertEquals(800, fleet.machines().size());
        assertEquals(200, fleet.pairs().size());
        assertEquals(Optional.of("10.0.1.17"), fleet.machines().get("host-a-017").address());
        assertEquals(Optional.of(new Cidr("10.64.199.6/30")), fleet.machines().get("host-b-200").ports().get(1).address());
        assertEquals(Optional.of("host-a-001"), fleet.machines().get("dpu-a-001").host());
        assertEquals(Optional.of("host-b-099"), fleet.machines().get("dpu-b-099").host());
        assertEquals(Optional.of("10.0.3.99"), fleet.machines().get("dpu-b-099").address());
        assertEquals("host-b-200", fleet.pairs().get("pair-200").second());
        assertEquals(List.of("fleet", "dpus", "right"), fleet.machines().get("dpu-b-001").groups());
        assertEquals(Ssh.Sudo.PASSWORDLESS, fleet.machines().get("dpu-b-001").ssh().sudo());
        assertEquals(List.of("dpu-a-[001:200]", "dpu-b-[001:200]", "host-a-[001:200]", "host-b-[001:200]"),
            NameRange.fold(fleet.groups().get("fleet")));
    }

    @Test
    void settings_merge_from_outside_inwards() {
        Inventory inventory = read("""
            vars: {a: top, b: top, c: top, d: top, e: top}
            groups:
              outer: {vars: {b: outer, c: outer, d: outer, e: outer}, ssh: {user: outer, port: 1}}
              inner: {groups: [outer], vars: {c: inner, d: inner, e: inner}, ssh: {user: inner}}
              flat: {vars: {b: flat, d: flat}, ssh: {port: 2}}
            machines:
              m: {kind: host, groups: [inner, flat], address: 10.0.0.1, vars: {e: "{{ name }}-{{ c }}"}}
              n: {kind: host, groups: [flat, inner], address: 10.0.0.2, ssh: {sudo: passwordless}}
            """);
        Machine m = inventory.machines().get("m");
        assertEquals(List.of("outer", "flat", "inner"), m.groups());
        assertEquals(Map.of("a", "top", "b", "flat", "c", "inner", "d", "inner", "e", "m-inner"), m.vars());
        assertEquals(new Ssh(Optional.of("inner"), Optional.of(2), Optional.empty(), Optional.empty(), Optional.empty(), Ssh.Sudo.NONE,
            Optional.empty()), m.ssh());
        assertEquals(Map.of("a", "top", "b", "outer", "c", "inner", "d", "inner", "e", "inner"), inventory.machines().get("n").vars());
    }

    @Test
    void secrets_are_pointed_to() throws IOException {
        Path key = Files.writeString(home.resolve("key"), "key");
        Path secret = Files.writeString(home.resolve("secret"), "open sesame\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Ssh ssh = read("machines:\n  m: {kind: host, address: h, ssh: {identity: ~/key, password: {env: LAB_PASSWORD}, sudo: password,"
            + " sudo_password: {file: secret}}}\n").machines().get("m").ssh();
        assertEquals(Optional.of(key.toString()), ssh.identity());
        assertEquals("swordfish", ssh.password().orElseThrow().reveal());
        assertEquals("open sesame", ssh.sudoPassword().orElseThrow().reveal());
        assertFalse(ssh.toString().contains("sesame") || ssh.toString().contains("swordfish"));
        assertEquals("ubuntu", read("lab: sim\nmachines:\n  m: {kind: host, address: h, ssh: {password: ubuntu}}\n").machines().get("m")
            .ssh().password().orElseThrow().reveal());
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        String start = "machines:\n  m: {kind: host, address: h, ssh: {identity: ~/nokey, ";
        assertEquals("f:2:66: a secret is not written into the inventory; write {env: NAME} or {file: PATH}",
            problems(start + "password: swordfish, passphrase: {env: NONE}}}\n"));
        // what is not there is the matter of the machine that needs it
        Ssh without = read(start + "password: {env: ALSO_NONE}, sudo_password: {file: secret}, passphrase: {env: NONE}}}\n").machines()
            .get("m").ssh();
        assertEquals("""
            f:2:47: `identity`: the key file cannot be read: %1$s/nokey
            f:2:127: `passphrase`: the environment variable NONE is not set
            f:2:66: `password`: the environment variable ALSO_NONE is not set
            f:2:99: `sudo_password`: others can read the secret; chmod 600 %1$s/secret""".formatted(home),
            String.join("\n", without.missing().stream().map(Object::toString).toList()));
        assertEquals(Optional.empty(), without.password());
    }

    private static final String ZONE = "machines:\n  h: {kind: host, address: h}\n  d: {kind: dpu, host: h, via: {link: t0, near:"
        + " 192.168.100.1/30, far: \"%s\"}}\n";

    static Stream<Arguments> bad() {
        return Stream.of(
            Arguments.of(ZONE.formatted("fe80::1%eth0"), "f:3:72: an address with a zone (fe80::1%eth0) is not supported here; give the"
            + " DPU one without, such as 192.168.100.2, on t0"),
            Arguments.of(ZONE.formatted("fe80::1%25eth0"), "f:3:72: an address with a zone (fe80::1%25eth0) is not supported here; give"
            + " the DPU one without, such as 192.168.100.2, on t0"),
            Arguments.of("", "f:1:1: the sections must be a mapping with lab, vars, groups, machines, pairs; found nothing"),
            Arguments.of("machine: {}", "f:1:1: unknown field `machine`; did you mean `machines`?\nf:1:1: field `machines` is missing:"
            + " hosts and DPUs by name"),
            Arguments.of("machines:\n  m: {kind: host}", "f:2:6: field `address` is missing: a host is dialled by it"),
            Arguments.of("machines:\n  m: {kind: hots, adress: 10.0.0.1}",
            "f:2:13: `kind` must be one of host, dpu, found `hots`; did you mean `host`?\nf:2:19: unknown field `adress`; did you mean"
            + " `address`?"),
            Arguments.of("machines:\n  m: {kind: host, address: -oProxyCommand=x}",
            "f:2:28: `address`: not a host name or IP address: -oProxyCommand=x"),
            Arguments.of("machines:\n  m: {kind: host, address: \"$(reboot)\"}",
            "f:2:28: `address`: not a host name or IP address: $(reboot)"),
            Arguments.of("machines:\n  m: {kind: host, address: \"a b\"}", "f:2:28: `address`: not a host name or IP address: a b"),
            Arguments.of("machines:\n  m: {kind: host, address: 10.0.0.300}", "f:2:28: `address`: not an IP address: 10.0.0.300"),
            Arguments.of(ZONE.formatted("192.168.100.02"), "f:3:72: `far`: not an IP address, for some read a leading zero as octal:"
            + " 192.168.100.02"),
            Arguments.of(ZONE.formatted("0x7f.1"), "f:3:72: `far`: not an IP address: 0x7f.1"),
            Arguments.of(ZONE.formatted("1e9"), "f:3:72: `far`: not an IP address: 1e9"),
            Arguments.of("machines:\n  m: {kind: host, address: \"fd00::2\"}\n  n: {kind: host, address: \"FD00:0::2\"}",
            "f:3:28: `m` is dialled at fd00::2 port 22, too"),
            Arguments.of("machines:\n  m: {kind: host, address: h, ssh: {user: -l}}", "f:2:43: `user`: not a user name: -l"),
            Arguments.of("machines:\n  m: {kind: host, address: h, ssh: {user: \"a;b\", port: 0}}",
            "f:2:43: `user`: not a user name: a;b\nf:2:56: `port`: an SSH port is 1 to 65535: 0"),
            Arguments.of("machines:\n  \"-m\": {kind: host, address: h}",
            "f:2:3: not a name (1 to 63 letters, digits, - _ . , beginning and ending with a letter or digit): -m"),
            Arguments.of("machines:\n  \"../m\": {kind: host, address: h}",
            "f:2:3: not a name (1 to 63 letters, digits, - _ . , beginning and ending with a letter or digit): ../m"),
            Arguments.of("vars: {a: on}\nmachines:\n  m: {kind: host, address: h}",
            "f:1:11: unquoted `on` is text to some and a boolean to others; write true or false, or quote it"),
            Arguments.of("vars: {machine: 1, a-b: 2, c: \"{{ a }}\"}\nmachines:\n  m: {kind: host, address: h}",
                "f:1:8: `machine` already means something to templates; choose another name\nf:1:20: not a variable name (letters,"
                + " digits, _): a-b\nf:1:31: a variable of all machines or of a group is not a template; a machine's own may be one"),
            Arguments.of("groups:\n  a: {groups: [b]}\n  b: {groups: [c]}\n  c: {groups: [a]}\nmachines:\n  m: {kind: host, address: h,"
            + " groups: [a]}", "f:2:3: groups go round in a circle: a in b in c in a"),
            Arguments.of("groups:\n  a: {groups: [a]}\nmachines:\n  m: {kind: host, address: h, groups: [a]}",
            "f:2:3: groups go round in a circle: a in a"),
            Arguments.of("groups:\n  hosts: {groups: [host]}\nmachines:\n  m: {kind: host, address: h, groups: [hots]}",
            "f:2:20: no group is called `host`; did you mean `hosts`?\nf:4:40: no group is called `hots`; did you mean `hosts`?"),
            Arguments.of("groups:\n  m: {}\n  all: {}\nmachines:\n  m: {kind: host, address: h}",
            "f:3:3: `all` already means every machine\nf:5:3: `m` is the name of a group, too"),
            Arguments.of("machines:\n  m: {kind: host, address: h}\n  n: {kind: host, address: h}",
            "f:3:28: `m` is dialled at h port 22, too"),
            Arguments.of("machines:\n  m-[1:3]: {kind: host, address: \"h[1:3]\"}\n  m-2: {kind: host, address: x}",
            "f:3:3: a machine called `m-2` is already written at line 2"),
            Arguments.of("machines:\n  m-[1:3]: {kind: host, address: \"h[1:4]\"}", "f:2:34: the range is 4 long, that of `m-[1:3]` is 3"),
            Arguments.of("machines:\n  m-[3:1]: {kind: host, address: h}", "f:2:3: a range counts upwards: [3:1]"),
            Arguments.of("machines:\n  m-[1:100]: {kind: host, address: h}", "f:2:36: `m-1` is dialled at h port 22, too"),
            Arguments.of("machines:\n  m-[1:100]: {kind: host, address: \"h{{ nummer }}\"}",
            "f:2:36: `nummer` is not defined; did you mean `number`?"),
            Arguments.of("machines:\n  m: {kind: host, address: h, ports: [{pci: b1:00.0, address: 10.0.0.1/24}, {pci: 0000:b1:00.0,"
            + " address: 10.0.0.2/16}]}",
                "f:2:83: port 0 is the same PCI address 0000:b1:00.0\nf:2:106: ports 0 and 1 of `m` are in one subnet (10.0.0.1/24,"
                + " 10.0.0.2/16); Linux would answer ARP from either"),
            Arguments.of("machines:\n  " + A + "  c: {kind: host, address: x, ports: [{pci: 0000:b1:00.0, address: 192.0.2.1/30}]}",
            "f:3:68: address 192.0.2.1 is that of port 0 of `a`, too"),
            Arguments.of("machines:\n  d: {kind: dpu, address: h}", "f:2:6: field `host` is missing: the host that this DPU is in"),
            Arguments.of("machines:\n  d: {kind: dpu, address: h, host: hosst}\n  host: {kind: host, address: x}",
            "f:2:36: no machine is called `hosst`; did you mean `host`?"),
            Arguments.of("machines:\n  d: {kind: dpu, host: h}\n  h: {kind: host, address: x, card: \"b1:00\", host: h}",
            "f:2:6: a DPU needs `address`, or `via` when it is reached through its host\nf:3:37: `card` belongs to a DPU\nf:3:52: a"
            + " host is not in a host; `kind: dpu`?"),
            Arguments.of("machines:\n  h: {kind: host, address: x}\n  d: {kind: dpu, host: h, address: y}\n  e: {kind: dpu, host: d,"
            + " address: z}", "f:4:24: `d` is a DPU, not a host"),
            Arguments.of("machines:\n  h: {kind: host, address: x}\n  d: {kind: dpu, host: h, address: y, card: \"b1:00\"}\n  e: {kind:"
            + " dpu, host: h, address: z, card: \"0000:B1:00\"}\n  g: {kind: dpu, host: h, address: u}",
                "f:4:45: `d` is card 0000:b1:00 of `h`, too\nf:5:6: field `card` is missing: `h` has more than one DPU"),
            Arguments.of("""
                machines:
                  h: {kind: host, address: x}
                  d: {kind: dpu, host: h, card: "b1:00", via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}
                  e: {kind: dpu, host: h, card: "b2:00", via: {link: tmfifo_net0, near: 192.168.100.5/30, far: 192.168.100.2}}
                """, "f:4:73: `h` is 192.168.100.1/30 on tmfifo_net0 for `d`, and 192.168.100.5/30 here: a link has one `near`\nf:4:96: 192.168.100.2 is not in the subnet of 192.168.100.5/30\nf:4:96: `d` is reached at 192.168.100.2 from `h`, too"),
            Arguments.of("machines:\n  " + A + "  " + B + "pairs:\n  p: {ends: [a, a], cables: []}\n  q: {ends: [a, c], cables: [[0,"
            + " 0]]}\n  r: {ends: [a], cables: [[0, 0]]}",
                "f:5:13: both ends are `a`\nf:6:17: no machine is called `c`; did you mean `a`?\nf:7:13: a pair has two ends, found 1"),
            Arguments.of("machines:\n  " + A + "  " + B + "pairs:\n  p: {ends: [a, b], cables: []}",
            "f:5:29: pair `p` has no cable, so nothing of it is tested; write [port of the first end, port of the second] for each, or"
            + " leave the pair out"),
            Arguments.of("machines:\n  " + A + "  " + B + "pairs:\n  p: {ends: [a, b], cables: [[0, 2], [-1, 1], [0, 1], [1]]}",
            "f:5:29: a cable is [port of the first end, port of the second], found [1]"),
            Arguments.of("machines:\n  " + A + "  " + B + "pairs:\n  p: {ends: [a, b], cables: [[0, 2], [-1, 1]]}",
            "f:5:34: `b` has no port 2; its 2 ports count from 0\nf:5:39: `a` has no port -1; its 2 ports count from 0"),
            Arguments.of("machines:\n  " + A + "  " + B + "pairs:\n  p: {ends: [a, b], cables: [[0, 1], [1, 1]]}",
            "f:5:30: the ends of the cable are not in one subnet: 192.0.2.1/30 and 192.0.2.6/30\nf:5:42: port 1 of `b` is already in"
            + " cable 0 of pair `p`"),
            Arguments.of("machines:\n  h: {kind: host, address: x, mode: dpuu}\n  d: {kind: dpu, host: h, address: y}\npairs:\n  p:"
            + " {ends: [h, d], cables: []}", "f:2:37: `mode` must be one of dpu, nic, restricted, found `dpuu`; did you mean"
            + " `dpu`?\nf:5:17: `d` is a DPU; the ends of a pair are hosts"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses_with_the_text_and_the_place(String text, String message) {
        assertEquals(message, problems(text));
    }

    @Test
    void a_missing_or_binary_file_is_a_problem_too() throws IOException {
        assertTrue(assertThrows(InvalidInput.class, () -> InventoryReader.read(home.resolve("none.yaml"))).getMessage()
            .endsWith("none.yaml: there is no such inventory"));
        Path binary = Files.write(home.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertTrue(assertThrows(InvalidInput.class, () -> InventoryReader.read(binary)).getMessage()
            .endsWith("binary.yaml:1:1: not UTF-8 text: a byte 0xff stands here"));
    }

    static Stream<Arguments> selections() {
        return Stream.of(
            Arguments.of("host-a-001", "host-a-001"), Arguments.of("dpu-a-[001:010]", "dpu-a-[001:010]"),
            Arguments.of("all,!host-*,!dpu-b-*", "dpu-a-[001:200]"),
            Arguments.of("left,!dpus", "host-a-[001:200]"), Arguments.of("!dpus, !host-b-*", "host-a-[001:200]"),
            Arguments.of("*-a-00?", "dpu-a-[001:009], host-a-[001:009]"),
            Arguments.of("host-b-[199:200],host-a-007", "host-a-007, host-b-199, host-b-200"));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void selects(String text, String folded) {
        Inventory fleet = InventoryReader.read(SHIPPED.resolve("fleet.yaml"));
        assertEquals(folded,
            String.join(", ", NameRange.fold(fleet.select(Location.file("--limit"), text).stream().map(Machine::name).toList())));
    }

    static Stream<Arguments> wrongSelections() {
        return Stream.of(
            Arguments.of("hosst", "--limit: no machine or group is called `hosst`; did you mean `hosts`?"),
            Arguments.of("zzzzzzzz", "--limit: no machine or group is called `zzzzzzzz`; there are hosts, dpus, dpu-a, dpu-b, host-a,"
            + " host-b"),
            Arguments.of("hosts,,x*", "--limit: a name is missing between the commas\n--limit: `x*` matches no machine and no group"),
            Arguments.of("hosts,!hosts", "--limit: `hosts,!hosts` selects no machine"),
            Arguments.of("host-[1:3]", "--limit: `host-[1:3]` names machines that are not in the inventory: host-[1:3]"),
            Arguments.of("host-[3:1]", "--limit: a range counts upwards: [3:1]"),
            Arguments.of("", "--limit: a name is missing between the commas"));
    }

    @ParameterizedTest
    @MethodSource("wrongSelections")
    void explains_a_wrong_selection(String text, String message) {
        Inventory bench = InventoryReader.read(SHIPPED.resolve("bench.yaml"));
        assertEquals(message, assertThrows(InvalidInput.class, () -> bench.select(Location.file("--limit"), text)).getMessage());
    }

    @Test
    void templates_see_the_test_bed() {
        Inventory bench = InventoryReader.read(SHIPPED.resolve("bench.yaml"));
        Machine host = bench.machines().get("host-b");
        Machine dpu = bench.machines().get("dpu-b");
        assertEquals("host-b: tmfifo_net0 192.168.100.1/30\n9000 0.8 bench host-a 192.0.2.1/30\n", Renderer.text("t", """
            {{ name }}: {% for dpu in machine.dpus if dpu.via %}{{ dpu.via.link }} {{ dpu.via.near }}{% endfor %}

            {{ mtu }} {{ share_of_line_rate }} {% for pair in pairs %}{{ pair.name }}{% endfor %} {{ machine.cables[0].peer }} {{ machine.cables[0].peer_port.address }}
            """, bench.context(host)));
        assertEquals(List.of(Map.of("bridge", "ovs-br0", "ports", List.of("p0", "pf0hpf")),
            Map.of("bridge", "ovs-br1", "ports", List.of("p1", "pf1hpf"))),
            TemplateValues.of(Renderer.tree("t", "{% for port in host.ports %}\n- bridge: ovs-br{{ loop.index0 }}\n  ports: [p{{"
            + " port.index }}, pf{{ loop.index0 }}hpf]\n{% endfor %}\n", bench.context(dpu))));
    }

    /// The documented set-up for several cards in a host.
    @Test
    void several_dpus_may_be_behind_one_bridge() {
        var inventory = read("""
            machines:
              h: {kind: host, address: x}
              d: {kind: dpu, host: h, card: "b1:00", via: {link: br_tmfifo, near: 192.168.100.1/24, far: 192.168.100.2}}
              e: {kind: dpu, host: h, card: "b2:00", via: {link: br_tmfifo, near: 192.168.100.1/24, far: 192.168.100.3}}
            """);
        assertEquals(List.of(Map.of("name", "br_tmfifo", "addresses", List.of("192.168.100.1/24"), "up", true, "persist", true)),
            items("tmfifo.yaml.j2", inventory, "h"));
    }

    @Test
    void what_is_on_a_bridge_or_bond_is_one_way() {
        String two = "machines:\n  h: {kind: host, address: x}\n  d: {kind: dpu, host: h, card: \"b1:00\", via: {link: %s, near: %s,"
            + " far: 192.168.100.2}}\n  e: {kind: dpu, host: h, card: \"b2:00\", via: {link: %s, near: %s, far: %s}}\n";
        assertEquals("f:4:65: `h` is 192.168.100.1/24 on br0 for `d`, and 192.168.100.9/24 here: a link has one `near`",
            problems(two.formatted("br0", "192.168.100.1/24", "br0", "192.168.100.9/24", "192.168.100.3")));
        assertEquals("f:4:88: `d` is reached at 192.168.100.2 from `h`, too",
            problems(two.formatted("br0", "192.168.100.1/24", "br0", "192.168.100.1/24", "192.168.100.2")));
        assertEquals("f:4:82: `d` is reached at fd00:0::2 from `h`, too",
            problems(two.formatted("br0", "fd00::1/64", "br0", "fd00::1/64", "fd00:0::2").replace("far: 192.168.100.2}", "far: fd00::2}")));
        String subnets = problems(two.formatted("t0", "192.168.100.1/30", "t1", "192.168.100.1/30", "192.168.100.3"));
        assertTrue(subnets.contains("192.168.100.1/30 on t1 is in the subnet of 192.168.100.1/30 on t0 (`d`)"), subnets);
        assertTrue(problems(two.formatted("-x", "192.168.100.1/24", "a:b", "192.168.100.1/24", "192.168.100.3"))
            .contains("not a network device name"));
    }

    @Test
    void the_address_of_ports_in_a_bond_is_on_the_bond() {
        String ports = "machines:\n  h: {kind: host, address: x, ports: [{pci: 0000:b1:00.0, address: 192.0.2.1/30, on: bond0}, {pci:"
            + " 0000:b1:00.1, address: %s, on: %s}, {pci: 0000:b2:00.0, address: 192.0.2.9/30}, {pci: 0000:b2:00.1}]}\n";
        var expected = List.of(Map.of("name", "bond0", "addresses", List.of("192.0.2.1/30"), "mtu", 9000L, "up", true, "persist", true),
            Map.of("pci", "0000:b2:00.0", "addresses", List.of("192.0.2.9/30"), "only", true, "mtu", 9000L, "up", true, "persist", true),
            Map.of("pci", "0000:b2:00.1", "mtu", 9000L, "up", true, "persist", true),
            Map.of("pci", "0000:b1:00.0", "mtu", 9000L, "up", true), Map.of("pci", "0000:b1:00.1", "mtu", 9000L, "up", true));
        assertEquals(expected, items("host-ports.yaml.j2", read("vars: {mtu: 9000}\n" + ports.formatted("192.0.2.1/30", "bond0")), "h"));
        assertTrue(problems(ports.formatted("192.0.2.1/30", "bond1")).contains("address 192.0.2.1 is that of `h` on bond0, too"));
    }

    private static Object items(String template, Inventory inventory, String machine) {
        try {
            String text = Files.readString(Path.of("../../templates").resolve(template));
            return TemplateValues.of(Renderer.tree(template, text, inventory.context(inventory.machines().get(machine))));
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Test
    void is_described() {
        assertEquals(List.of("lab", "vars", "groups", "machines", "pairs"),
            InventoryReader.description().fields().stream().map(field -> field.name()).toList());
        assertTrue(InventoryReader.description().fields().get(3).inner().orElseThrow().fields().stream()
            .anyMatch(field -> field.name().equals("via") && !field.mandatory()));
    }
}
