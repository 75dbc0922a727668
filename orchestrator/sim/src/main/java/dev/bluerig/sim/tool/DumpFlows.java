package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.TlsFault;
import dev.bluerig.sim.net.LinkFeatures;
import dev.bluerig.sim.net.SimLink;
import java.util.List;
import java.util.Optional;

/// `ovs-appctl dpctl/dump-flows -m --names type=offloaded|ovs`: a flow for each direction of a port that carried IP in the last ten seconds
/// (max-idle). It is in the eswitch when `hw-offload` is set and the port's `hw-tc-offload` is on.
public final class DumpFlows {
    private DumpFlows() {}

    static int dump(ProgramCall call, String type) {
        if (!List.of("type=offloaded", "type=ovs").contains(type)) return call.unknown(type);
        SimMachine machine = call.machine();
        boolean wanted = type.equals("type=offloaded");
        for (SimLink link : machine.links().all()) {
            if (link.kind() != SimLink.Kind.UPLINK || !link.isBusy()) continue;
            Optional<SimLink> representor = machine.links().find("pf" + link.port() + "hpf");
            if (representor.isEmpty() || !machine.ovs().forwards(link.name()).contains(representor.get().name())) continue;
            if (offloaded(machine, link) != wanted) continue;
            call.line(flow(link, representor.get(), wanted, link.counters().of("rx_packets")));
            call.line(flow(representor.get(), link, wanted, link.counters().of("tx_packets")));
        }
        return 0;
    }

    /// What the eswitch forwards by itself: the cores see the first packets of a flow alone.
    public static boolean offloaded(SimMachine machine, SimLink link) {
        boolean traffic = link.features().find("hw-tc-offload").filter(LinkFeatures.Feature::on).isPresent();
        return traffic && machine.ovs().offloads() && !machine.tlsFaults().has(TlsFault.FLOWS_IN_SOFTWARE);
    }

    private static String flow(SimLink in, SimLink out, boolean offloaded, long packets) {
        String matched = "ufid:00000000-0000-0000-0000-%012x, skb_priority(0/0),skb_mark(0/0),ct_state(0/0),ct_zone(0/0),"
            + "ct_mark(0/0),ct_label(0/0),recirc_id(0),dp_hash(0/0),in_port(%s),packet_type(ns=0/0,id=0/0),eth(src=%s,dst=%s),"
            + "eth_type(0x0800),ipv4(src=0.0.0.0/0.0.0.0,dst=0.0.0.0/0.0.0.0,proto=0/0,tos=0/0,ttl=0/0,frag=no), ";
        return matched.formatted(in.index(), in.name(), in.mac(), out.mac())
            + "packets:" + packets + ", bytes:" + in.counters().of("rx_bytes") + ", used:0.120s, "
            + (offloaded ? "offloaded:yes, dp:tc" : "dp:ovs") + ", actions:" + out.name();
    }
}
