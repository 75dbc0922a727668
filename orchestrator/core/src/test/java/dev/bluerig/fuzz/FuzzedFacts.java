package dev.bluerig.fuzz;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.card.BfImage;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.EswitchMode;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.card.PcieErrors;
import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.card.VirtualFunction;
import dev.bluerig.fact.link.DpuPath;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.NearCpus;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.link.PortSpeed;
import dev.bluerig.fact.link.Reachability;
import dev.bluerig.fact.link.Routes;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.ovs.OvsDaemon;
import dev.bluerig.fact.ovs.OvsFlows;
import dev.bluerig.fact.ovs.OvsRestart;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.SwitchedFlows;
import dev.bluerig.fact.ovs.SwitchedPorts;
import dev.bluerig.fact.ovs.TcOffload;
import dev.bluerig.fact.system.FilePlace;
import dev.bluerig.fact.system.FileState;
import dev.bluerig.fact.system.InstalledPrograms;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.fact.system.OsRelease;
import dev.bluerig.fact.system.PackageState;
import dev.bluerig.fact.system.Probe;
import dev.bluerig.fact.system.Services;
import dev.bluerig.fact.system.WantedFile;
import dev.bluerig.fact.tls.BsdTlsCounters;
import dev.bluerig.fact.tls.CapturedSegments;
import dev.bluerig.fact.tls.KernelTlsCiphers;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.fact.way.ManagementPath;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Unreachable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every fact as a parser: what is read is a transcript, and the answer is known or unknown, whatever it says.
final class FuzzedFacts {
    private static final PciAddress PORT = new PciAddress("0000:b1:00.0");
    private static final PciAddress SECOND = new PciAddress("0000:b1:00.1");
    private static final LinkName LINK = new LinkName("ens1f0np0");
    private static final LinkName UPLINK = new LinkName("p0");

    static final List<Fact<?>> ALL = List.of(
        Persistence.seen(),
        new BfImage.Seen(),
        new Cards.Seen(Machine.Kind.HOST, List.of(SECOND, PORT)),
        new Cards.Seen(Machine.Kind.DPU, List.of()),
        new EswitchMode.Seen(PORT),
        new Mlx5Driver.Seen(),
        new NicCounters.Seen(LINK),
        new PcieErrors.Seen(PORT),
        new PcieLink.Seen(PORT),
        new Temperature.Seen(PORT),
        new VirtualFunction.Seen(LINK),
        new DpuPath.Seen(new LinkName("tmfifo_net0"), "192.168.100.2"),
        new Links.Seen(),
        new NearCpus.Seen(PORT),
        new PeerRoute.Seen("192.0.2.2"),
        new PortLinks.Seen(),
        new PortSpeed.Seen(LINK),
        new Reachability.Seen(List.of(new Reachability.Target(new LinkRef.ByAddress(PORT), "192.0.2.2", 9000),
            new Reachability.Target(new LinkRef.ByName(LINK), "2001:db8::2", 1500))),
        new Routes.Seen(),
        new UplinkCounters.Seen(UPLINK),
        new OvsDaemon.Seen(),
        new OvsFlows.Seen(List.of("ovs-br0", "ovs-br1"), List.of("p0", "pf0hpf", "p1", "pf1hpf")),
        new OvsRestart.Seen(true),
        new OvsTopology.Seen(),
        new SwitchedFlows.Seen(List.of(UPLINK, new LinkName("pf0hpf"))),
        new SwitchedPorts.Seen(),
        new TcOffload.Seen(),
        new FilePlace.Seen("/etc/example.conf", Optional.of("root:root")),
        new FileState.Seen("/etc/example.conf"),
        new InstalledPrograms.Seen(Set.of("ip", "arping", "nmcli", "./own")),
        new KernelConfig.Seen(List.of()),
        new KernelConfig.Seen(List.of("LOCALVERSION", "SECURITY")),
        new KernelLog.Seen(),
        new KernelModules.Seen(List.of("tls", "act-mirred")),
        new KernelRelease.Seen(),
        new OsRelease.Seen(),
        new PackageState.Seen(List.of("ethtool", "pciutils")),
        new Probe.Seen(Command.of("grep", "-qx", "16777216", "/proc/sys/net/core/rmem_max")),
        new Services.Seen(List.of("openvswitch-switch.service", "openvswitch.service")),
        new WantedFile("/etc/example.conf", "wanted\n", "0644", Optional.of("root:0")),
        new BsdTlsCounters.Seen(),
        new CapturedSegments.Seen("/run/capture.pcap"),
        new KernelTlsCiphers.Seen(),
        new KernelTlsSockets.Seen(),
        new OffloadFlags.Seen(List.of(new LinkRef.ByAddress(PORT), new LinkRef.ByAddress(SECOND))),
        new OffloadFlags.Seen(List.of(new LinkRef.ByName(LINK))),
        new Retransmits.Seen(),
        new TlsCounters.Seen(),
        new TlsSockets.Seen(),
        ManagementPath.seen());

    private FuzzedFacts() {}

    /// One for each kind of question.
    static List<FuzzedParser> parsers() {
        var kinds = new LinkedHashMap<String, List<Fact<?>>>();
        for (Fact<?> fact : ALL) kinds.computeIfAbsent(name(fact), any -> new ArrayList<>()).add(fact);
        return kinds.entrySet().stream().map(kind -> FuzzedParser.of(kind.getKey(), () -> TranscriptSeeds.of(kind.getValue()),
            text -> read(kind.getValue(), text))).toList();
    }

    private static String name(Fact<?> fact) {
        return fact.questions().iterator().next().getClass().getNestHost().getSimpleName();
    }

    private static List<Reading<?>> read(List<Fact<?>> facts, String text) throws Unreachable {
        var read = new ArrayList<Reading<?>>();
        for (Fact<?> fact : facts) read.add(told(new Facts(new SpokenMachine(text)).see(fact)));
        return read;
    }

    /// A reason must be one.
    private static Reading<?> told(Reading<?> reading) {
        if (reading instanceof Reading.Unknown<?>(String why) && (why.isBlank() || why.endsWith(": null")))
            throw new AssertionError("unknown, and no word why: " + why);
        return reading;
    }
}
