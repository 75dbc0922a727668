package dev.bluerig.fact;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which netdev stands for a PCI function. A port is its PCI address; names change with driver updates (design 8.9).
public record Ports(Map<PciAddress, LinkName> netdevs) {
    public Ports {
        netdevs = Collections.unmodifiableMap(new TreeMap<>(netdevs));
    }

    public Optional<LinkName> netdev(PciAddress pci) {
        return Optional.ofNullable(netdevs.get(pci));
    }

    public Optional<PciAddress> pci(LinkName netdev) {
        return netdevs.entrySet().stream().filter(entry -> entry.getValue().equals(netdev)).map(Map.Entry::getKey).findFirst();
    }

    /// Sysfs first; for functions that sysfs does not show, the NET column of MST. Unknown only when neither answers.
    public record Seen() implements Fact.Question<Ports> {
        static final Command SYSFS = Command.of("find", "/sys/class/net", "-maxdepth", "1", "-type", "l", "-printf", "%f %l\\n");

        @Override
        public Reading<Ports> read() {
            return Reading.ask(List.of(SYSFS, MstStatus.COMMAND), replies -> join(replies.get(0), replies.get(1)));
        }

        private static Reading<Ports> join(Reply sysfs, Reply mst) {
            var netdevs = new TreeMap<PciAddress, LinkName>();
            boolean answered = false;
            if (mst instanceof Reply.Ran ran && ran.ok()) {
                MstStatus.parse(ran.out()).devices().forEach(device -> device.pci().ifPresent(pci ->
                    SysfsLinks.uplink(device.netdevs()).ifPresent(name -> netdevs.put(pci, name))));
                answered = !netdevs.isEmpty();
            }
            if (sysfs instanceof Reply.Ran ran && ran.ok()) {
                netdevs.putAll(SysfsLinks.parse(ran.out()).byFunction());
                answered = true;
            }
            return answered ? Reading.known(new Ports(netdevs)) : Answers.unknown(SYSFS, sysfs);
        }
    }
}
