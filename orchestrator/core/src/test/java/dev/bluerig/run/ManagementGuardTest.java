package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.Ways;
import dev.bluerig.fact.Facts;
import dev.bluerig.guard.Danger;
import dev.bluerig.guard.WayGuard;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Design 8.2: a DPU must not cut the management of its host, when that runs through the DPU's ports.
class ManagementGuardTest {
    /// iproute2 6.1.0, Debian 12, shortened to what is read: eno1 is a card of the board, ens1f0np0 is a port of the DPU.
    private static final String LINKS = """
        [{"ifindex":2,"ifname":"eno1","flags":["UP","LOWER_UP"],"mtu":1500,"parentbus":"pci","parentdev":"0000:02:00.0","addr_info":[{"family":"inet","local":"10.0.0.11","prefixlen":24,"scope":"global"}]},
         {"ifindex":3,"ifname":"ens1f0np0","flags":["UP","LOWER_UP"],"mtu":9000,"parentbus":"pci","parentdev":"0000:b1:00.0","addr_info":[{"family":"inet","local":"10.1.0.11","prefixlen":24,"scope":"global"}]},
         {"ifindex":4,"ifname":"ens1f0v3","flags":["UP","LOWER_UP"],"mtu":1500,"parentbus":"pci","parentdev":"0000:b1:01.5","addr_info":[{"family":"inet","local":"10.2.0.11","prefixlen":24,"scope":"global"}]}]
        """;

    @TempDir
    private Path directory;

    private Inventory inventory() throws IOException {
        return InventoryReader.read(Files.writeString(directory.resolve("lab.yaml"), """
            machines:
              host-a: {kind: host, address: 10.0.0.11, ssh: {user: lab}, ports: [{pci: "0000:b1:00.0", address: 192.0.2.1/30}, {pci: "0000:b1:00.1", address: 192.0.2.5/30}]}
              dpu-a: {kind: dpu, host: host-a, card: "0000:b1:00", ssh: {user: ubuntu}, via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}
            """));
    }

    private static Reply host(Command command, String connection, String route) {
        Function<String, Reply> ok = text -> new Reply.Ran(0, text, "");
        return Ways.answer(command, connection, LINKS, route, other -> switch (other.line()) {
            case "find /sys/class/net -maxdepth 1 -type l -printf '%f %l\\n'" -> ok.apply("""
                eno1 ../../devices/pci0000:00/0000:00:1c.0/0000:02:00.0/net/eno1
                ens1f0np0 ../../devices/pci0000:b0/0000:b0:00.0/0000:b1:00.0/net/ens1f0np0
                ens1f0v3 ../../devices/pci0000:b0/0000:b0:00.0/0000:b1:01.5/net/ens1f0v3
                """);
            case "find /sys/bus/pci/drivers/vfio-pci /sys/bus/pci/drivers/uio_pci_generic /sys/bus/pci/drivers/igb_uio"
                + " /sys/bus/pci/drivers/pci-stub /sys/bus/pci/drivers/pciback -maxdepth 1 -type l -printf '%h %f\\n'" ->
                new Reply.Ran(1, "", "");
            case "find /proc -mindepth 2 -maxdepth 2 -name environ -exec grep -zsha '^SSH_CONNECTION=' '{}' +" -> new Reply.Ran(1, "", "");
            case "readlink -f /sys/class/net/eno1/device" -> ok.apply("/sys/devices/pci0000:00/0000:00:1c.0/0000:02:00.0\n");
            case "readlink -f /sys/class/net/ens1f0np0/device" -> ok.apply("/sys/devices/pci0000:b0/0000:b0:00.0/0000:b1:00.0\n");
            case "readlink -f /sys/class/net/ens1f0v3/device" -> ok.apply("/sys/devices/pci0000:b0/0000:b0:00.0/0000:b1:01.5\n");
            case "readlink -f /sys/class/net/ens1f0v3/device/physfn" -> ok.apply("/sys/devices/pci0000:b0/0000:b0:00.0/0000:b1:00.0\n");
            case "find /sys/class/net/ens1f0v3/device/physfn/ -maxdepth 1 -name 'virtfn*' -printf '%f %l\\n'" ->
                ok.apply("virtfn0 ../0000:b1:01.2\nvirtfn3 ../0000:b1:01.5\n");
            case String line when line.contains("/device/physfn") -> new Reply.Ran(1, "", "");
            case "mst status -v" -> new Reply.Ran(127, "", "sh: mst: not found\n");
            default -> throw new AssertionError("the fake was not told about " + command.line());
        });
    }

    private Map<String, String> behind(String connection, String route) throws IOException, Unreachable {
        var inventory = inventory();
        try (var connections = new Connections(inventory, (machine, way) -> new FakeMachine(command -> host(command, connection, route)))) {
            return new ManagementGuard(inventory.machines().get("dpu-a"), inventory, connections, new SharedReadings()).behind();
        }
    }

    private static final String TMFIFO = "[{\"ifindex\":7,\"ifname\":\"tmfifo_net0\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":1500,"
        + "\"addr_info\":[{\"family\":\"inet\",\"local\":\"192.168.100.1\",\"prefixlen\":30,\"scope\":\"global\"}]}]";

    /// `interface: {name: tmfifo_net0, addresses: [192.168.100.9/30], only: true}` takes the way to the DPU, while there is one.
    @Test
    void the_way_to_a_dpu_counts_for_its_host_while_the_dpu_answers() throws IOException, Unreachable {
        String heard = "[{\"dst\":\"192.168.100.2\",\"dev\":\"tmfifo_net0\",\"lladdr\":\"00:1a:ca:ff:ff:01\",\"state\":[\"STALE\"]}]";
        var away = Remedy.of(List.of(Command.of("true")), List.of(), Set.of()).doing(List.of(
            new Deed.AddAddress("tmfifo_net0", new Cidr("192.168.100.9/30")),
            new Deed.RemoveAddress("tmfifo_net0", new Cidr("192.168.100.1/30"))));
        assertEquals(Set.of("192.168.100.1"), dangers(heard, away));
        assertEquals(Set.of(), dangers("[]", away));
        assertEquals(Set.of(), dangers(heard, Remedy.of(List.of(Command.of("true")), List.of(), Set.of()).doing(List.of(
            new Deed.AddAddress("tmfifo_net0", new Cidr("192.168.100.5/30"))))));
    }

    private Set<String> dangers(String neighbours, Remedy remedy) throws IOException, Unreachable {
        var inventory = inventory();
        var host = new FakeMachine(command -> command.line().equals("ip -j neigh show") ? new Reply.Ran(0, neighbours, "")
            : Ways.answer(command, "10.0.0.1 51000 10.0.0.11 22", TMFIFO, "[]", other -> new Reply.Ran(127, "", "")));
        try (var connections = new Connections(inventory, (machine, way) -> host)) {
            var guard = new ManagementGuard(inventory.machines().get("host-a"), inventory, connections, new SharedReadings());
            return new WayGuard(new Facts(host).see(guard.own()), Map.of()).refusal(remedy).stream().flatMap(refusal ->
                refusal.dangers().stream()).map(Danger::name).collect(Collectors.toSet());
        }
    }

    @Test
    void a_host_managed_through_the_dpu_makes_uplink_and_representor_untouchable() throws IOException, Unreachable {
        var links = behind("10.1.0.1 51000 10.1.0.11 22", "[{\"dst\":\"10.1.0.0/24\",\"dev\":\"ens1f0np0\",\"protocol\":\"kernel\",\"s"
            + "cope\":\"link\",\"prefsrc\":\"10.1.0.11\",\"flags\":[]}]");
        assertEquals(Set.of("p0", "pf0hpf"), links.keySet());
        assertTrue(links.get("p0").startsWith("carries host-a: "), links.toString());
    }

    @Test
    void a_host_managed_over_a_card_of_the_board_leaves_the_dpu_free() throws IOException, Unreachable {
        assertEquals(Map.of(), behind("10.0.0.1 51000 10.0.0.11 22", "[{\"dst\":\"10.0.0.0/24\",\"dev\":\"eno1\",\"protocol\":\"kernel"
            + "\",\"scope\":\"link\",\"prefsrc\":\"10.0.0.11\",\"flags\":[]}]"));
    }

    /// Its representor is told by the number that PCI gives it, not by its address.
    @Test
    void a_host_managed_over_a_virtual_function_makes_its_representor_untouchable() throws IOException, Unreachable {
        var links = behind("10.2.0.1 51000 10.2.0.11 22", "[{\"dst\":\"10.2.0.0/24\",\"dev\":\"ens1f0v3\",\"protocol\":\"kernel"
            + "\",\"scope\":\"link\",\"prefsrc\":\"10.2.0.11\",\"flags\":[]}]");
        assertEquals(Set.of("p0", "pf0vf3"), links.keySet());
    }

    @Test
    void what_is_not_known_counts_as_carried() throws IOException, Unreachable {
        var links = behind("", "[]");
        assertEquals(Set.of("p0", "p1", "pf0hpf", "pf1hpf"), links.keySet());
        assertTrue(links.get("p1").startsWith("it is not known"), links.toString());
    }
}
