package dev.bluerig.fact;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the links in `/sys/class/net` point to. A virtual device has no PCI function, a sub-function hangs below one
/// (`.../mlx5_core.sf.2/net/NAME`) and is not a port of it; virtio has one device in between.
record SysfsLinks(Map<PciAddress, List<LinkName>> links) {
    private static final Pattern PCI = Pattern.compile("/(\\p{XDigit}{4}:\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7])(/virtio\\d+)?/net/[^/]+$");
    /// Representors share the uplink's PCI function: `pf0hpf`, `pf0vf3`, `pf0sf0`, `eth0_3`, `en3f0pf0sf0`, `enp3s0f0npf0vf1`
    /// (Documentation/networking/devlink/devlink-port.rst, systemd's phys_port_name suffixes).
    private static final Pattern REPRESENTOR = Pattern.compile(".*pf\\d+(hpf|vf\\d+|sf\\d+)|pf\\d+hpf|.*_\\d+");

    static SysfsLinks parse(String text) {
        var links = new LinkedHashMap<PciAddress, List<LinkName>>();
        for (String line : text.lines().toList()) {
            int space = line.indexOf(' ');
            if (space < 0) continue;
            Matcher pci = PCI.matcher(line.substring(space + 1));
            if (!pci.find()) continue;
            Names.link(line.substring(0, space)).ifPresent(name ->
                links.merge(new PciAddress(pci.group(1)), List.of(name), SysfsLinks::both));
        }
        return new SysfsLinks(links);
    }

    private static List<LinkName> both(List<LinkName> first, List<LinkName> second) {
        var all = new TreeSet<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    /// One name per function: the uplink where representors stand beside it.
    SortedMap<PciAddress, LinkName> byFunction() {
        var chosen = new TreeMap<PciAddress, LinkName>();
        links.forEach((pci, names) -> uplink(names).ifPresent(name -> chosen.put(pci, name)));
        return chosen;
    }

    static Optional<LinkName> uplink(List<LinkName> names) {
        return names.stream().filter(name -> !REPRESENTOR.matcher(name.text()).matches()).findFirst()
            .or(() -> names.stream().findFirst());
    }
}
