package dev.bluerig.fact.link;

import dev.bluerig.fact.SafeValues;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the links in `/sys/class/net` point to. A virtual device has no PCI function, a sub-function hangs below one
/// (`.../mlx5_core.sf.2/net/NAME`) and is not a port of it; virtio has one device in between. Representors share the function of their
/// uplink.
record SysfsLinks(Map<PciAddress, List<LinkName>> links) {
    private static final Pattern PCI = Pattern.compile("/(\\p{XDigit}{4}:\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7])(/virtio\\d+)?/net/[^/]+$");

    static SysfsLinks parse(String text) {
        var links = new LinkedHashMap<PciAddress, List<LinkName>>();
        for (String line : text.lines().toList()) {
            int space = line.indexOf(' ');
            if (space < 0) continue;
            Matcher pci = PCI.matcher(line.substring(space + 1));
            if (!pci.find()) continue;
            SafeValues.link(line.substring(0, space)).ifPresent(name ->
                links.merge(new PciAddress(pci.group(1)), List.of(name), SysfsLinks::both));
        }
        return new SysfsLinks(links);
    }

    private static List<LinkName> both(List<LinkName> first, List<LinkName> second) {
        var all = new TreeSet<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
