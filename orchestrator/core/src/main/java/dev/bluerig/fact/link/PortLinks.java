package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.SafeValues;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.card.MstStatus;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which netdev stands for a PCI function. A port is its PCI function and, where several netdevs have it, its physical port name: an uplink
/// is
/// `p0`, a representor `pf0vf3` (Documentation/networking/devlink/devlink-port.rst). Netdev names change with driver updates.
///
/// - `netdevs`: where it is certain.
/// - `unclear`: functions with several netdevs and nothing that tells which is the port.
/// - `taken`: functions whose driver hands them to a program (DPDK, a virtual machine), with that driver.
public record PortLinks(Map<PciAddress, LinkName> netdevs, Map<PciAddress, List<LinkName>> unclear, Map<PciAddress, String> taken) {
    public PortLinks {
        netdevs = Collections.unmodifiableMap(new TreeMap<>(netdevs));
        unclear = Collections.unmodifiableMap(new TreeMap<>(unclear));
        taken = Collections.unmodifiableMap(new TreeMap<>(taken));
    }

    public PortLinks(Map<PciAddress, LinkName> netdevs) {
        this(netdevs, Map.of(), Map.of());
    }

    public Optional<LinkName> netdev(PciAddress pci) {
        return Optional.ofNullable(netdevs.get(pci));
    }

    public Optional<PciAddress> pci(LinkName netdev) {
        return netdevs.entrySet().stream().filter(entry -> entry.getValue().equals(netdev)).map(Map.Entry::getKey).findFirst();
    }

    /// Sysfs tells; where it shows no function with a netdev, the NET column of MST, which costs a script of its own. Physical port names
    /// come with the links, and where nobody tells them, netdev names made of them count. Unknown only when neither sysfs nor MST answers.
    public record Seen() implements Fact.Question<PortLinks> {
        static final Command SYSFS = Command.of("find", "/sys/class/net", "-maxdepth", "1", "-type", "l", "-printf", "%f %l\\n");
        /// Drivers that exist to hand a device to user space or to a guest: Documentation/driver-api/vfio.rst, DPDK's "Linux Drivers".
        static final Command TAKEN = Command.of("find", "/sys/bus/pci/drivers/vfio-pci", "/sys/bus/pci/drivers/uio_pci_generic",
            "/sys/bus/pci/drivers/igb_uio",
            "/sys/bus/pci/drivers/pci-stub", "/sys/bus/pci/drivers/pciback", "-maxdepth", "1", "-type", "l", "-printf", "%h %f\\n");

        @Override
        public Inquiry<PortLinks> read() {
            return Inquiry.ask(List.of(SYSFS, Links.COMMAND, TAKEN), Seen::join);
        }

        private static Inquiry<PortLinks> join(List<Reply> replies) {
            var uplink = UplinkPort.among(names(replies.get(1)));
            var taken = taken(ToolReplies.printed(replies.get(2)));
            var sysfs = ToolReplies.out(replies.getFirst()).map(text -> SysfsLinks.parse(text).links());
            if (sysfs.isPresent() && !sysfs.get().isEmpty()) return Reading.known(of(sysfs.get(), uplink, taken));
            return Inquiry.ask(MstStatus.COMMAND, reply -> {
                var listed = ToolReplies.out(reply).map(Seen::listed).orElse(new TreeMap<>());
                return sysfs.isEmpty() && listed.isEmpty() ? ToolReplies.unknown(SYSFS, replies.getFirst())
                    : Reading.known(of(listed, uplink, taken));
            });
        }

        private static SortedMap<PciAddress, List<LinkName>> listed(String mst) {
            var candidates = new TreeMap<PciAddress, List<LinkName>>();
            MstStatus.parse(mst).devices().forEach(device -> device.pci().filter(pci -> !device.netdevs().isEmpty())
                .ifPresent(pci -> candidates.put(pci, device.netdevs())));
            return candidates;
        }

        private static PortLinks of(Map<PciAddress, List<LinkName>> candidates, UplinkPort uplink, Map<PciAddress, String> taken) {
            var netdevs = new TreeMap<PciAddress, LinkName>();
            var unclear = new TreeMap<PciAddress, List<LinkName>>();
            candidates.forEach((pci, names) -> uplink.of(names).ifPresentOrElse(name -> netdevs.put(pci, name), () -> {
                if (names.size() > 1) unclear.put(pci, names);   // a lone representor is not the port, and the port has no netdev
            }));
            return new PortLinks(netdevs, unclear, taken);
        }

        private static Map<String, String> names(Reply reply) {
            var names = new TreeMap<String, String>();
            if (Reading.parsed(Links.COMMAND, reply, Links::parse) instanceof Reading.Known<Links>(Links links))
                links.all().forEach(link -> link.portName().ifPresent(name -> names.put(link.name().text(), name)));
            return names;
        }

        /// `/sys/bus/pci/drivers/vfio-pci 0000:b1:00.0`; other links in there lead to no device.
        private static Map<PciAddress, String> taken(String text) {
            var taken = new TreeMap<PciAddress, String>();
            for (String line : text.lines().toList()) {
                int space = line.indexOf(' ');
                if (space > 0)
                    SafeValues.pci(line.substring(space + 1))
                        .ifPresent(pci -> taken.put(pci, line.substring(line.lastIndexOf('/', space) + 1, space)));
            }
            return taken;
        }
    }
}
