package dev.bluerig.fact;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import java.util.List;
import java.util.Optional;

/// One network device as `ip` shows it.
///
/// - `kind`: of a virtual device (`veth`, `bridge`, `bond`, `vlan`, `openvswitch`), absent for a real card.
/// - `up`: administratively. `carrier`: the lower layer works (`LOWER_UP`).
/// - `maxMtu`: the most the driver takes; absent when it has no limit or `ip` is too old to print it.
/// - `master`: the bridge, bond or switch that it belongs to. `lower`: the link below a VLAN or macvlan.
/// - `device`: on which bus device it sits, a PCI address where the bus is PCI; only newer kernels tell.
public record Link(LinkName name, int index, Optional<String> kind, boolean up, boolean carrier, int mtu, Optional<Integer> maxMtu,
                   Optional<String> mac, Optional<String> master, Optional<String> lower, List<String> otherNames,
                   Optional<String> device, List<Address> addresses) {
    public Link {
        otherNames = List.copyOf(otherNames);
        addresses = List.copyOf(addresses);
    }

    /// `scope` is `global`, `link`, `host` or `site`; `dynamic` came from DHCP or a router advertisement and has a lifetime.
    public record Address(Cidr cidr, String scope, boolean dynamic) {
        /// Set by somebody and valid beyond this link: what an inventory speaks of.
        public boolean isPermanentGlobal() {
            return scope.equals("global") && !dynamic;
        }
    }

    public boolean has(Cidr cidr) {
        return addresses.stream().anyMatch(address -> address.cidr().equals(cidr));
    }
}
