package dev.bluerig.task.link;

import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.source.Described;
import java.util.List;
import java.util.Optional;

/// What one link shall be. Absent fields are left as they are.
public record InterfaceSpec(
    @Described(value = "The link's name; for a port prefer `pci`, because names change with driver updates.",
    example = "tmfifo_net0") Optional<LinkName> name,
    @Described(value = "The PCI address of the port, in the place of `name`.", example = "\"0000:b1:00.0\"") Optional<PciAddress> pci,
    @Described(value = "Addresses that the link must have; IPv4 ones are probed for a duplicate before they are added.",
    example = "[192.0.2.1/30]", absent = "[]") List<Cidr> addresses,
    @Described(value = "Remove other permanent global addresses; link-local ones and those from DHCP or router advertisements stay.",
    absent = "false") boolean only,
    @Described(value = "Bytes of payload per frame; hosts at 9000 need 9216 on the DPU's p0 and pf0hpf.",
    example = "9000") Optional<Mtu> mtu,
    @Described(value = "Administrative state.", example = "true") Optional<Boolean> up,
    @Described(value = "Write the settings down for whoever sets up the link at boot, too.", absent = "false") boolean persist) {

    public InterfaceSpec {
        addresses = List.copyOf(addresses);
        LinkRef.of(name, pci);
        if (addresses.isEmpty() && mtu.isEmpty() && up.isEmpty() && !only)
            throw new IllegalArgumentException("nothing is wanted of this link: say `addresses`, `mtu` or `up`");
        if (addresses.stream().distinct().count() < addresses.size()) throw new IllegalArgumentException("an address is there twice");
        if (up.filter(is -> !is).isPresent() && !addresses.isEmpty())
            throw new IllegalArgumentException("`up: false` and `addresses` contradict each other");
        if (persist && addresses.isEmpty() && mtu.isEmpty() && up.isEmpty())
            throw new IllegalArgumentException("`persist` without `addresses`, `mtu` or `up` has nothing to write");
    }

    public LinkRef ref() {
        return LinkRef.of(name, pci);
    }
}
