package dev.bluerig.task;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.card.BfImage;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.TcOffload;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.fact.system.OsRelease;
import dev.bluerig.fact.system.Services;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.fact.way.ManagementPath;
import dev.bluerig.inventory.Machine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The facts that `bluerig facts` can print, by name, as they are asked of one machine.
public record FactCatalogue(Map<String, Fact<?>> facts) {
    private static final List<String> MODULES = List.of("mlx5_core", "tls");
    /// Both names of Open vSwitch, and who else may own links or move interrupts.
    private static final List<String> SERVICES =
        List.of("rshim.service", "openvswitch-switch.service", "openvswitch.service", "NetworkManager.service",
        "systemd-networkd.service", "irqbalance.service");

    public FactCatalogue {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    public static FactCatalogue of(Machine machine) {
        var ports = machine.ports().stream().map(Machine.Port::pci).toList();
        var all = new TreeMap<String, Fact<?>>();
        all.put("bf-image", new BfImage.Seen());
        all.put("cards", new Cards.Seen(machine.kind(), ports));
        all.put("kernel-config", new KernelConfig.Seen(List.of()));
        all.put("kernel-release", new KernelRelease.Seen());
        all.put("links", new Links.Seen());
        all.put("management-path", ManagementPath.seen());
        all.put("mlx5-driver", new Mlx5Driver.Seen());
        all.put("modules", new KernelModules.Seen(MODULES));
        all.put("os-release", new OsRelease.Seen());
        all.put("ovs", new OvsTopology.Seen());
        all.put("persistence", Persistence.seen());
        all.put("ports", new PortLinks.Seen());
        all.put("services", new Services.Seen(SERVICES));
        all.put("tc-offload", new TcOffload.Seen());
        all.put("tls-sockets", new TlsSockets.Seen());
        if (!ports.isEmpty()) all.put("offload-flags", new OffloadFlags.Seen(ports.stream().<LinkRef>map(LinkRef.ByAddress::new).toList()));
        return new FactCatalogue(all);
    }
}
