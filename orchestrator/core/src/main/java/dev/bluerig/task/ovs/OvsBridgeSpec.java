package dev.bluerig.task.ovs;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.source.Described;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/// One wanted bridge: which ports it joins, and what happens to the others.
@Described(value = "One bridge.", example = "{bridge: ovs-br0, ports: [p0, pf0hpf]}")
public record OvsBridgeSpec(@Described(value = "Its name.", example = "ovs-br0") LinkName bridge,
                        @Described(value = "The ports that it joins: an uplink and the representor of a host's port.",
                        example = "[p0, pf0hpf]") List<LinkName> ports,
                        @Described(value = "`named`: only a bridge of this name will do; `any-name`: a bridge of another name that"
                        + " joins the ports and no other uplink will do too.",
                            absent = "named") Accept accept,
                        @Described(value = "`keep`: ports that were beside the wanted ones (sub-functions) stay with their uplink;"
                        + " `drop`: they are removed; `refuse`: they are a failure.",
                            absent = "keep") OtherPorts otherPorts,
                        @Described(value = "`found`: the flavour of Open vSwitch that is found is never changed.",
                        absent = "found") Datapath datapath,
                        @Described(value = "OpenFlow rules, groups and meters other than the one rule NORMAL, on the bridge or on one"
                        + " whose place it takes. `refuse`: they are a failure; `keep`: they stay, and move along when all ports of a"
                        + " bridge go to one new bridge; `drop`: they are removed.",
                            absent = "refuse") Flows flows,
                        @Described(value = "Columns that are meant to be as they are found on the bridge or its wanted ports (tag,"
                        + " trunks, vlan_mode, cvlans, protected, qos, ingress_policing_rate, ingress_policing_kpkts_rate, fail_mode;"
                        + " of ovs-ofctl mod-port: no_receive, no_forward, no_flood); any other that is set there is a failure.",
                            example = "[tag]", absent = "") List<String> intended,
                        @Described(value = "Columns of a bridge that goes that may be lost with it (mirrors, sflow, external_ids;"
                        + " no_flood and its like of ovs-ofctl mod-port; static_mac of ovs-appctl fdb/add; qdisc of a port); any other"
                        + " that cannot move along is a failure. Undo does not bring back records that went with a bridge.",
                            example = "[mirrors]", absent = "") List<String> lose) {
    public enum Accept { NAMED, ANY_NAME }

    public enum OtherPorts { KEEP, DROP, REFUSE }

    public enum Datapath { FOUND }

    public enum Flows { KEEP, DROP, REFUSE }

    /// Rules are never touched, every setting is unexpected, nothing may be lost.
    OvsBridgeSpec(LinkName bridge, List<LinkName> ports, Accept accept, OtherPorts otherPorts, Datapath datapath) {
        this(bridge, ports, accept, otherPorts, datapath, Flows.REFUSE, List.of(), List.of());
    }

    public OvsBridgeSpec {
        intended = List.copyOf(intended);
        lose = List.copyOf(lose);
        ports = ports.stream().map(LinkName::written).toList();
        bridge.written();
        if (ports.isEmpty()) throw new IllegalArgumentException("bridge " + bridge + " joins no ports");
        if (new HashSet<>(ports).size() < ports.size()) throw new IllegalArgumentException("bridge " + bridge + " names a port twice");
        for (String column : intended)
            if (!OvsUnwantedSettings.COLUMNS.contains(column))
                throw new IllegalArgumentException("`intended` names one of " + new TreeSet<>(OvsUnwantedSettings.COLUMNS) + ", not "
                    + column);
        for (String column : lose)
            if (!column.matches("[a-z_]+"))
                throw new IllegalArgumentException("`lose` names columns of table Bridge, Port or Interface, not " + column);
        if (ports.contains(bridge)) throw new IllegalArgumentException("a bridge is not its own port: " + bridge);
    }

    public boolean wants(String port) {
        return ports.stream().anyMatch(wanted -> wanted.text().equals(port));
    }

    public List<String> portNames() {
        return ports.stream().map(LinkName::text).toList();
    }
}
