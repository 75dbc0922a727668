package dev.bluerig.fact.link;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import java.util.List;
import java.util.Optional;

/// One network device as `ip` shows it.
///
/// - `kind`: of a virtual device (`veth`, `bridge`, `bond`, `vlan`, `openvswitch`), absent for a real card. `mode`: of a macvlan.
/// - `up`: administratively. `carrier`: the lower layer works (`LOWER_UP`).
/// - `maxMtu`: the most the driver takes; absent when it has no limit or `ip` is too old to print it.
/// - `master`: the bridge, bond or switch that it belongs to; `memberOf`: of what kind that is. `lower`: the link below a VLAN, macvlan or
///   VXLAN.
/// - `device`: on which bus device it sits, a PCI address where the bus is PCI; only newer kernels tell.
/// - `portName`: what the driver calls it (`phys_port_name`): `p0` is an uplink, `pf0hpf`, `pf0vf3` are representors.
/// - `table`: the routing table of a VRF. `shaping`: a queueing discipline that no kernel gives by itself (`htb`, `mqprio`), so somebody
///   set it.
public record Link(LinkName name, int index, Optional<String> kind, Optional<String> mode, boolean up, boolean carrier, int mtu,
    Optional<Integer> maxMtu,
                   Optional<String> mac, Optional<String> master, Optional<String> memberOf, Optional<String> lower,
                   List<String> otherNames,
                   Optional<String> device, Optional<String> portName, Optional<String> table, Optional<String> shaping,
                   List<Address> addresses) {
    public Link {
        otherNames = List.copyOf(otherNames);
        addresses = List.copyOf(addresses);
    }

    /// One of which mode, membership, physical port name, table and shaping are not told.
    public Link(LinkName name, int index, Optional<String> kind, boolean up, boolean carrier, int mtu, Optional<Integer> maxMtu,
        Optional<String> mac,
                Optional<String> master, Optional<String> lower, List<String> otherNames, Optional<String> device,
                List<Address> addresses) {
        this(name, index, kind, Optional.empty(), up, carrier, mtu, maxMtu, mac, master, Optional.empty(), lower, otherNames, device,
            Optional.empty(), Optional.empty(), Optional.empty(), addresses);
    }

    /// `scope` is `global`, `link`, `host` or `site`; `dynamic` came from DHCP or a router advertisement and has a lifetime.
    /// `peer`: the other end of a point-to-point address, which the prefix is of.
    public record Address(Cidr cidr, String scope, boolean dynamic, Optional<String> peer) {
        /// Set by somebody and valid beyond this link: what an inventory speaks of.
        public boolean isPermanentGlobal() {
            return scope.equals("global") && !dynamic;
        }
    }

    /// The same as part of a master.
    Link in(String of) {
        return new Link(name, index, kind, mode, up, carrier, mtu, maxMtu, mac, Optional.of(of), memberOf, lower, otherNames, device,
            portName, table, shaping, addresses);
    }

    /// The same set up or down.
    public Link set(boolean to) {
        return new Link(name, index, kind, mode, to, carrier, mtu, maxMtu, mac, master, memberOf, lower, otherNames, device,
            portName, table, shaping, addresses);
    }

    /// The same with these addresses.
    public Link holding(List<Address> held) {
        return new Link(name, index, kind, mode, up, carrier, mtu, maxMtu, mac, master, memberOf, lower, otherNames, device,
            portName, table, shaping, held);
    }

    /// Told to be an uplink, by its physical port name or by a name made of it: representors may share its PCI function.
    public boolean isUplink() {
        return UplinkPort.isOne(this);
    }

    public boolean has(Cidr cidr) {
        return addresses.stream().anyMatch(address -> address.cidr().equals(cidr) && address.peer().isEmpty());
    }

    /// With whatever prefix.
    public boolean holds(String address) {
        return addresses.stream().anyMatch(held -> held.cidr().address().equals(address));
    }
}
