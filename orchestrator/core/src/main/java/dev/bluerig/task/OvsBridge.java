package dev.bluerig.task;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.source.Described;
import java.util.HashSet;
import java.util.List;

/// One wanted bridge: which ports it joins, and what happens to the others.
@Described(value = "One bridge.", example = "{bridge: ovs-br0, ports: [p0, pf0hpf]}")
public record OvsBridge(@Described(value = "Its name.", example = "ovs-br0") LinkName bridge,
                        @Described(value = "The ports that it joins: an uplink and the representor of a host's port.", example = "[p0, pf0hpf]") List<LinkName> ports,
                        @Described(value = "`named`: only a bridge of this name will do; `any-name`: a bridge of another name that joins the ports and no other uplink will do too.",
                            absent = "named") Accept accept,
                        @Described(value = "`keep`: ports that were beside the wanted ones (sub-functions) stay with their uplink; `drop`: they are removed; `refuse`: they are a failure.",
                            absent = "keep") OtherPorts otherPorts,
                        @Described(value = "`found`: the flavour of Open vSwitch that is found is never changed.", absent = "found") Datapath datapath) {
    public enum Accept { NAMED, ANY_NAME }

    public enum OtherPorts { KEEP, DROP, REFUSE }

    public enum Datapath { FOUND }

    public OvsBridge {
        ports = List.copyOf(ports);
        if (ports.isEmpty()) throw new IllegalArgumentException("bridge " + bridge + " joins no ports");
        if (new HashSet<>(ports).size() < ports.size()) throw new IllegalArgumentException("bridge " + bridge + " names a port twice");
        if (ports.contains(bridge)) throw new IllegalArgumentException("a bridge is not its own port: " + bridge);
    }

    boolean wants(String port) {
        return ports.stream().anyMatch(wanted -> wanted.text().equals(port));
    }

    List<String> portNames() {
        return ports.stream().map(LinkName::text).toList();
    }
}
