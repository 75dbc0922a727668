package dev.bluerig.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final Reply MISSING = new Reply.Ran(127, "", "mst: not found");

    private static Reading<Ports> read(Reply sysfs, Reply mst) {
        return switch (new Ports.Seen().read()) {
            case Reading.Ask<Ports> ask -> ask.then().apply(List.of(sysfs, mst));
            case Reading.Known<Ports> known -> throw new AssertionError("known without asking");
            case Reading.Unknown<Ports> unknown -> throw new AssertionError("unknown without asking");
        };
    }

    private static Reading<Ports> ports(String... pairs) {
        var netdevs = new java.util.TreeMap<PciAddress, LinkName>();
        for (int i = 0; i < pairs.length; i += 2) netdevs.put(new PciAddress(pairs[i]), new LinkName(pairs[i + 1]));
        return Reading.known(new Ports(netdevs));
    }

    @Test
    void sysfsGivesTheNetdevOfEachFunctionAndSkipsVirtualDevices() {
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
    void theUplinkStandsForItsFunctionAmongItsRepresentorsAndSubFunctions() {
        var sysfs = new Reply.Ran(0, """
            en3f0pf0sf0 ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/net/en3f0pf0sf0
            enp3s0f0s0 ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/mlx5_core.sf.2/net/enp3s0f0s0
            pf0hpf ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/net/pf0hpf
            p0 ../../devices/pci0000:00/0000:00:00.0/0000:01:00.0/0000:02:02.0/0000:03:00.0/net/p0
            """, "");
        assertEquals(ports("0000:03:00.0", "p0"), read(sysfs, MISSING));
    }

    @Test
    void mstFillsWhatSysfsDoesNotShowAndNeverOverrulesIt() {
        var sysfs = new Reply.Ran(0, "ens5f0np0 ../../devices/pci0000:b0/0000:b1:00.0/net/ens5f0np0\n", "");
        var mst = new Reply.Ran(0, """
            DEVICE_TYPE             MST                           PCI       RDMA            NET                       NUMA
            BlueField2(rev:1)       /dev/mst/mt41686_pciconf0.1   b1:00.1   mlx5_1          net-ens5f1                1

            BlueField2(rev:1)       /dev/mst/mt41686_pciconf0     b1:00.0   mlx5_0          net-ens5f0                1
            """, "");
        assertEquals(ports("0000:b1:00.0", "ens5f0np0", "0000:b1:00.1", "ens5f1"), read(sysfs, mst));
    }

    @Test
    void aMachineWithoutPciNetdevsHasNoPortsAndThatIsKnown() {
        assertEquals(Reading.known(new Ports(Map.of())), read(new Reply.Ran(0, "lo ../../devices/virtual/net/lo\n", ""), MISSING));
    }

    @Test
    void nothingAnsweredIsUnknown() {
        assertInstanceOf(Reading.Unknown.class, read(new Reply.Ran(1, "", "find: ‘/sys/class/net’: No such file or directory"), MISSING));
    }
}
