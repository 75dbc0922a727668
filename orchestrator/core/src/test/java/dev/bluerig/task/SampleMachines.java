package dev.bluerig.task;

import dev.bluerig.inventory.CardSlot;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Pair;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.inventory.Ssh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two hosts, two DPUs, one pair with two cables: the site of tasks that look at the inventory.
public final class SampleMachines {
    private static final Ssh SSH = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Ssh.Sudo.NONE, Optional.empty());

    private SampleMachines() {}

    /// Seen from host-a.
    public static MachineContext of(String shape) {
        return at(shape, "host-a");
    }

    public static MachineContext at(String shape, String machine) {
        boolean v6 = shape.startsWith("ipv6");
        var cables = shape.startsWith("two") ? List.of(new Pair.Cable(0, 0), new Pair.Cable(1, 1)) : List.of(new Pair.Cable(0, 0));
        var machines = new LinkedHashMap<String, Machine>();
        machines.put("host-a", host("host-a", v6 ? "fd00::1/64" : "192.0.2.1/30", "192.0.2.5/30"));
        machines.put("host-b", host("host-b", v6 ? "fd00::2/64" : "192.0.2.2/30", "192.0.2.6/30"));
        machines.put("dpu-a", dpu("dpu-a", "host-a"));
        machines.put("dpu-b", dpu("dpu-b", "host-b"));
        var inventory = new Inventory(machines, Map.of(), Map.of("bench", new Pair("bench", "host-a", "host-b", cables)), Optional.empty());
        return new MachineContext(machines.get(machine), inventory);
    }

    private static Machine host(String name, String first, String second) {
        var ports = List.of(new Machine.Port(new PciAddress("0000:b1:00.0"), Optional.of(new Cidr(first))),
            new Machine.Port(new PciAddress("0000:b1:00.1"), Optional.of(new Cidr(second))));
        return new Machine(name, Machine.Kind.HOST, List.of(), Optional.of("10.0.0.11"), SSH, ports, Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Map.of());
    }

    private static Machine dpu(String name, String host) {
        var via = new Machine.Via(new LinkName("tmfifo_net0"), new Cidr("192.168.100.1/30"), "192.168.100.2");
        return new Machine(name, Machine.Kind.DPU, List.of(), Optional.empty(), SSH, List.of(), Optional.of(host),
            Optional.of(new CardSlot("0000:b1:00")), Optional.of(via), Optional.empty(), Map.of());
    }
}
