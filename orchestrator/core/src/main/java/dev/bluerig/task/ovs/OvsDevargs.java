package dev.bluerig.task.ovs;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsTopology.Interface;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which netdev `options:dpdk-devargs` of a port means.
///
/// DPDK's ethdev guide: `0000:03:00.0` is the function's uplink; `representor=vf3`, `3`, `[3]`, `pf1vf3`, `sf2` one of the ports behind it.
/// mlx5 counts the host's physical function as the VF `-1` or `65535`, so `representor=[65535]` is pf0hpf. Other forms name the netdev
/// (`net_af_packet0,iface=p0`) or its MAC address (`class=eth,mac=02:00:00:00:00:01`).
///
/// - `pci`: lower case with its domain; empty for other forms. `function`: which uplink it belongs to. `kind` and `number` of the
///   representor.
/// - `sure`: exactly one port is named.
record OvsDevargs(String text, String pci, String function, Kind kind, String number, Optional<String> iface, Optional<String> mac,
    boolean sure) {
    enum Kind { UPLINK, HOST, VF, SF, OTHER }

    private static final Pattern PCI = Pattern.compile("(?:pci:)?(?:([0-9a-fA-F]{4,8}):)?([0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.([0-7]))");
    private static final Pattern REPRESENTOR = Pattern.compile("(?:c\\d+)?\\(?(?:pf(\\d+))?\\)?(vf|sf)?(?:\\[([-0-9,]*)]|(-?\\d+))?");

    static Optional<OvsDevargs> of(Interface device) {
        return Optional.ofNullable(device.options().get("dpdk-devargs")).map(OvsDevargs::parse);
    }

    static OvsDevargs parse(String text) {
        var fields = List.of(text.split(",(?![^\\[]*])", 64));
        Matcher address = PCI.matcher(fields.getFirst().strip());
        if (!address.matches()) return new OvsDevargs(text, "", "", Kind.OTHER, "", value(fields, "iface"), value(fields, "mac"), true);
        String pci = (address.group(1) == null ? "0000" : address.group(1)).toLowerCase(Locale.ROOT) + ":" + address.group(2)
            .toLowerCase(Locale.ROOT);
        String function = address.group(3);
        var asked = value(fields, "representor");
        if (asked.isEmpty()) return new OvsDevargs(text, pci, function, Kind.UPLINK, "", Optional.empty(), Optional.empty(), true);
        Matcher one = REPRESENTOR.matcher(asked.get());
        if (!one.matches()) return new OvsDevargs(text, pci, function, Kind.OTHER, "", Optional.empty(), Optional.empty(), false);
        return representor(text, pci, Optional.ofNullable(one.group(1)).orElse(function), one);
    }

    private static OvsDevargs representor(String text, String pci, String function, Matcher one) {
        String numbers = Optional.ofNullable(one.group(3)).or(() -> Optional.ofNullable(one.group(4))).orElse("");
        boolean single = numbers.matches("-?\\d+");
        boolean host = numbers.isEmpty() && one.group(2) == null || (numbers + ",").matches(".*(^|[,\\[])(-1|65535),.*")
            || numbers.endsWith("-65535");
        Kind kind = "sf".equals(one.group(2)) ? Kind.SF : host ? Kind.HOST : single ? Kind.VF : Kind.OTHER;
        return new OvsDevargs(text, pci, function, kind, single ? numbers : "", Optional.empty(), Optional.empty(), single);
    }

    private static Optional<String> value(List<String> fields, String key) {
        return fields.stream().map(String::strip).filter(field -> field.startsWith(key + "="))
            .map(field -> field.substring(key.length() + 1)).findFirst();
    }

    /// The one netdev that this is, when the kernel says on which PCI function its netdevs sit.
    Optional<Link> netdev(Links links) {
        var all = links.all().stream().filter(link -> iface.filter(link.name().text()::equals).isPresent()
            || mac.isPresent() && link.mac().filter(mac.get()::equalsIgnoreCase).isPresent()
            || !pci.isEmpty() && sure && link.device().filter(pci::equalsIgnoreCase).isPresent() && shaped(link.name().text())).toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /// Nothing speaks against it: the name has the shape, and no other PCI function is known for the netdev.
    boolean mayBe(String name, Links links) {
        if (iface.isPresent() || mac.isPresent()) return netdev(links).filter(link -> link.name().text().equals(name)).isPresent();
        boolean elsewhere = OvsPorts.link(links, name).flatMap(Link::device).filter(device -> !device.equalsIgnoreCase(pci)).isPresent();
        return !pci.isEmpty() && !elsewhere && shaped(name);
    }

    private boolean shaped(String name) {
        boolean same = OvsPorts.function(name).filter(function::equals).isPresent();
        return same && switch (kind) {
            case UPLINK -> OvsPorts.isUplink(name);
            case HOST -> name.matches(".*pf\\d+(hpf)?");
            case VF -> name.endsWith("vf" + number);
            case SF -> !number.isEmpty() && name.endsWith("sf" + number);
            case OTHER -> !sure && !OvsPorts.isUplink(name);
        };
    }
}
