package dev.bluerig.fact.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortLinksTest {
    private static final Reply MISSING = new Reply.Ran(127, "", "mst: not found");

    private static Inquiry<PortLinks> read(Reply sysfs, Reply mst) {
        return read(sysfs, mst, "", "");
    }

    /// `portNames`: `NETDEV phys_port_name` a line, as `ip -d -j` would show them.
    private static Inquiry<PortLinks> read(Reply sysfs, Reply mst, String portNames, String taken) {
        String links = portNames.lines().map(line -> line.split(" "))
            .map(words -> "{\"ifname\":\"" + words[0] + "\",\"mtu\":1500,\"phys_port_name\":\"" + words[1] + "\"}")
            .collect(Collectors.joining(",", "[{\"ifname\":\"lo\",\"mtu\":65536}" + (portNames.isEmpty() ? "" : ","), "]"));
        return switch (new PortLinks.Seen().read()) {
            case Inquiry.Ask<PortLinks> ask -> after(ask.then()
                .apply(List.of(sysfs, new Reply.Ran(0, links, ""), new Reply.Ran(1, taken, ""))), mst);
            case Reading<PortLinks> reading -> throw new AssertionError("read without asking: " + reading);
        };
    }

    /// Only where sysfs shows none.
    private static Inquiry<PortLinks> after(Inquiry<PortLinks> sysfs, Reply mst) {
        return sysfs instanceof Inquiry.Ask<PortLinks> ask ? ask.then().apply(List.of(mst)) : sysfs;
    }

    private static Reading<PortLinks> ports(String... pairs) {
        var netdevs = new java.util.TreeMap<PciAddress, LinkName>();
        for (int i = 0; i < pairs.length; i += 2) netdevs.put(new PciAddress(pairs[i]), new LinkName(pairs[i + 1]));
        return Reading.known(new PortLinks(netdevs));
    }

    @Test
    void sysfs_gives_the_netdev_of_each_function_and_skips_virtual_devices() {
        var sysfs = new Reply.Ran(0, """
            lo ../../devices/virtual/net/lo
            veth0 ../../devices/virtual/net/veth0
            eth0 ../../devices/pci0000:00/0000:00:03.0/virtio2/net/eth0
            ens5f0np0 ../../devices/pci0000:b0/0000:b0:02.0/0000:b1:00.0/net/ens5f0np0
            ens5f1np1 ../../devices/pci0000:b0/0000:b0:02.0/0000:b1:00.1/net/ens5f1np1
            """, "");
        assertEquals(ports("0000:00:03.0", "eth0", "0000:b1:00.0", "ens5f0np0", "0000:b1:00.1", "ens5f1np1"), read(sysfs, MISSING));
    }

    @Test
    void the_uplink_stands_for_its_function_among_its_representors_and_sub_functions() {
        var sysfs = new Reply.Ran(0, """
            en3f0pf0sf0 ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/net/en3f0pf0sf0
            enp3s0f0s0 ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/mlx5_core.sf.2/net/enp3s0f0s0
            pf0hpf ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/net/pf0hpf
            p0 ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/net/p0
            """, "");
        assertEquals(ports("0000:03:00.0", "p0"), read(sysfs, MISSING));
    }

    private static final Reply MST = new Reply.Ran(0, """
        DEVICE_TYPE             MST                           PCI       RDMA            NET                       NUMA
        BlueField2(rev:1)       /dev/mst/mt41686_pciconf0.1   b1:00.1   mlx5_1          net-ens5f1                1

        BlueField2(rev:1)       /dev/mst/mt41686_pciconf0     b1:00.0   mlx5_0          net-ens5f0                1
        """, "");

    @Test
    void mst_tells_where_sysfs_shows_no_function_and_never_overrules_it() {
        var sysfs = new Reply.Ran(0, "ens5f0np0 ../../devices/pci0000:b0/0000:b1:00.0/net/ens5f0np0\n", "");
        assertEquals(ports("0000:b1:00.0", "ens5f0np0"), read(sysfs, MST));
        for (Reply silent : List.of(new Reply.Ran(1, "", "find: denied"), new Reply.Ran(0, "lo ../../devices/virtual/net/lo\n", "")))
            assertEquals(ports("0000:b1:00.0", "ens5f0", "0000:b1:00.1", "ens5f1"), read(silent, MST));
    }

    @Test
    void a_machine_without_pci_netdevs_has_no_ports_and_that_is_known() {
        assertEquals(Reading.known(new PortLinks(Map.of())), read(new Reply.Ran(0, "lo ../../devices/virtual/net/lo\n", ""), MISSING));
    }

    @Test
    void nothing_answered_is_unknown() {
        assertInstanceOf(Reading.Unknown.class, read(new Reply.Ran(1, "", "find: ‘/sys/class/net’: No such file or directory"), MISSING));
    }

    private static final PciAddress PORT = new PciAddress("0000:b1:00.0");

    private static PortLinks of(String netdevs, String portNames) {
        String sysfs = Stream.of(netdevs.split(" "))
            .map(name -> name + " ../../devices/pci0000:b0/0000:b0:02.0/0000:b1:00.0/net/" + name + "\n").collect(Collectors.joining());
        return switch (read(new Reply.Ran(0, sysfs, ""), MISSING, portNames, "")) {
            case Reading.Known<PortLinks>(PortLinks ports) -> ports;
            case Inquiry<PortLinks> other -> throw new AssertionError(other);
        };
    }

    private static void port(String expected, String netdevs, String portNames) {
        PortLinks ports = of(netdevs, portNames);
        assertEquals(expected, ports.netdev(PORT).map(LinkName::text).orElse("none"), netdevs);
        assertEquals(Map.of(), ports.unclear(), netdevs);
    }

    private static void unclear(String netdevs, String portNames) {
        PortLinks ports = of(netdevs, portNames);
        assertEquals(Map.of(), ports.netdevs(), netdevs);
        assertEquals(netdevs, String.join(" ", ports.unclear().get(PORT).stream().map(LinkName::text).toList()));
    }

    /// As hosts in switchdev mode were reported: names of the administrator's beside representors that udev never renamed.
    @Test
    void the_physical_port_name_tells_an_uplink_from_representors_whatever_their_names() {
        port("eth_rail1", "eth1 eth_rail1", "eth1 pf0vf0\neth_rail1 p0\n");
        port("eth2", "eth10 eth2 eth8 eth9", "eth2 p0\neth8 pf0vf0\neth9 pf0vf1\neth10 pf0sf0\n");
        port("rail0", "eth4 rail0", "rail0 p1\neth4 c1pf1vf0\n");
        port("zz", "aa bb zz", "aa pf0hpf\nbb pf0\nzz p0s1\n");
        port("p7", "p0 p7", "p0 pf0vf0\np7 p0\n");
        port("zz", "aa zz", "aa 0\n");   // mlx5 before Linux 5.1
        port("zz", "aa bb zz", "aa pf0vf0\nbb pf0vf1\n");
    }

    @Test
    void a_representor_alone_is_not_the_port() {
        port("none", "eth4", "eth4 pf0vf0\n");
        port("eth4", "eth4", "eth4 0\n");
        port("eth4", "eth4", "");
    }

    @Test
    void several_netdevs_and_nothing_that_tells_them_apart_are_unclear() {
        unclear("eth1 eth_rail1", "");
        unclear("eth2 eth3", "eth2 p0\neth3 p1\n");   // two ports of one function
        unclear("ens1 ens1d1", "");                     // ConnectX-3: dev_port 0 and 1
        unclear("eth0 eth0_3", "");
        unclear("p0 rail0", "");
        unclear("aa bb zz", "aa pf0vf0\n");
    }

    @Test
    void names_made_of_port_names_count_where_nobody_tells_them() {
        port("p0", "en3f0pf0sf0 p0 pf0hpf", "");
        port("ens1f0np0", "ens1f0np0 ens1f0npf0vf0 ens1f0npf0vf1", "");
    }

    @Test
    void a_function_that_a_program_has_is_taken_and_has_no_netdev() {
        var taken = "/sys/bus/pci/drivers/vfio-pci 0000:b1:00.0\n/sys/bus/pci/drivers/vfio-pci"
            + " module\n/sys/bus/pci/drivers/uio_pci_generic 0000:b1:00.1\n";
        var ports = read(new Reply.Ran(0, "lo ../../devices/virtual/net/lo\n", ""), MISSING, "", taken);
        assertEquals(
            Reading.known(new PortLinks(Map.of(), Map.of(), Map.of(PORT, "vfio-pci", new PciAddress("0000:b1:00.1"), "uio_pci_generic"))),
            ports);
    }
}
