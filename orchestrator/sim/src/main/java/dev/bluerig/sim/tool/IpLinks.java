package dev.bluerig.sim.tool;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.ovs.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How `ip address show` and `ip link show` print links: JSON, text, brief (iproute2 6.1).
final class IpLinks {
    private static final long FOR_EVER = 4_294_967_295L;

    private final SimMachine machine;
    private final boolean details;
    private final boolean statistics;
    private final Optional<Boolean> v6;

    IpLinks(SimMachine machine, boolean details, boolean statistics, Optional<Boolean> v6) {
        this.machine = machine;
        this.details = details;
        this.statistics = statistics;
        this.v6 = v6;
    }

    String show(List<SimLink> links, boolean addresses, boolean json, boolean brief) {
        if (json) return JsonText.of(links.stream().map(link -> json(link, addresses)).toList()) + "\n";
        var text = new StringBuilder();
        for (SimLink link : links) text.append(brief ? brief(link, addresses) : text(link, addresses));
        return text.toString();
    }

    private boolean carrier(SimLink link) {
        return machine.world().carrier(machine, link);
    }

    private List<String> flags(SimLink link) {
        var flags = new ArrayList<String>();
        if (link.isUp() && !carrier(link)) flags.add("NO-CARRIER");
        if (link.kind() == SimLink.Kind.LOOPBACK) flags.add("LOOPBACK");
        else flags.addAll(List.of("BROADCAST", "MULTICAST"));
        if (link.isUp()) flags.add("UP");
        if (link.isUp() && carrier(link)) flags.add("LOWER_UP");
        return flags;
    }

    private String state(SimLink link) {
        if (!link.isUp()) return "DOWN";
        if (link.kind() == SimLink.Kind.LOOPBACK || link.kind() == SimLink.Kind.INTERNAL) return "UNKNOWN";
        return carrier(link) ? "UP" : "DOWN";
    }

    private static String queue(SimLink link) {
        return link.kind() == SimLink.Kind.LOOPBACK ? "noqueue" : link.isUp() ? link.kind() == SimLink.Kind.INTERNAL ? "noqueue" : "mq"
            : "noop";
    }

    private Optional<String> master(SimLink link) {
        return machine.ovs().holds(link.name()) && link.kind() != SimLink.Kind.INTERNAL ? Optional.of("ovs-system") : Optional.empty();
    }

    private Map<String, Object> json(SimLink link, boolean addresses) {
        var map = new LinkedHashMap<String, Object>();
        map.put("ifindex", link.index());
        map.put("ifname", link.name());
        map.put("flags", flags(link));
        map.put("mtu", link.mtu());
        map.put("qdisc", queue(link));
        master(link).ifPresent(master -> map.put("master", master));
        map.put("operstate", state(link));
        if (!addresses) map.put("linkmode", "DEFAULT");
        map.put("group", "default");
        map.put("txqlen", 1000);
        map.put("link_type", link.kind() == SimLink.Kind.LOOPBACK ? "loopback" : "ether");
        map.put("address", link.mac());
        map.put("broadcast", link.kind() == SimLink.Kind.LOOPBACK ? link.mac() : "ff:ff:ff:ff:ff:ff");
        if (details) {
            map.put("promiscuity", master(link).isPresent() ? 1 : 0);
            map.put("min_mtu", link.minMtu());
            map.put("max_mtu", link.maxMtu());
            if (link.kind() == SimLink.Kind.INTERNAL) map.put("linkinfo", Map.of("info_kind", "openvswitch"));
            else if (master(link).isPresent()) map.put("linkinfo", Map.of("info_slave_kind", "openvswitch"));
            map.put("num_tx_queues", 1);
            map.put("num_rx_queues", 1);
            map.put("gso_max_size", 65_536);
            map.put("gso_max_segs", 65_535);
            link.physicalName().ifPresent(name -> map.put("phys_port_name", name));
            link.pci().ifPresent(pci -> {
                map.put("parentbus", "pci");
                map.put("parentdev", pci);
            });
        }
        if (statistics) map.put("stats64", Map.of("rx", statistics(link, "rx"), "tx", statistics(link, "tx")));
        if (addresses) map.put("addr_info", addresses(link).stream().map(address -> json(link, address)).toList());
        return map;
    }

    private static Map<String, Object> statistics(SimLink link, String way) {
        var map = new LinkedHashMap<String, Object>();
        map.put("bytes", link.counters().of(way + "_bytes"));
        map.put("packets", link.counters().of(way + "_packets"));
        map.put("errors", 0);
        map.put("dropped", 0);
        if (way.equals("rx")) {
            map.put("over_errors", 0);
            map.put("multicast", 0);
        } else {
            map.put("carrier_errors", 0);
            map.put("collisions", 0);
        }
        return map;
    }

    /// Own addresses, and the link-local one that the kernel gives to a link that is up.
    private List<Cidr> addresses(SimLink link) {
        var all = new ArrayList<>(link.addresses());
        if (link.isUp() && carrier(link) && link.kind() != SimLink.Kind.LOOPBACK && master(link).isEmpty()) all.add(linkLocal(link.mac()));
        return all.stream().filter(address -> v6.isEmpty() || v6.get() == address.isV6()).toList();
    }

    private static Cidr linkLocal(String mac) {
        String[] parts = mac.split(":");
        int first = Integer.parseInt(parts[0], 16) ^ 2;
        return new Cidr("fe80::%02x%s:%sff:fe%s:%s%s/64".formatted(first, parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    private static String scope(SimLink link, Cidr address) {
        return link.kind() == SimLink.Kind.LOOPBACK ? "host" : address.address().startsWith("fe80:") ? "link" : "global";
    }

    private static Map<String, Object> json(SimLink link, Cidr address) {
        var map = new LinkedHashMap<String, Object>();
        boolean dynamic = link.isDynamic() && !address.isV6();
        map.put("family", address.isV6() ? "inet6" : "inet");
        map.put("local", address.address());
        map.put("prefixlen", address.prefix());
        map.put("scope", scope(link, address));
        if (dynamic) map.put("dynamic", true);
        if (!address.isV6()) map.put("label", link.name());
        map.put("valid_life_time", dynamic ? 43_200L : FOR_EVER);
        map.put("preferred_life_time", dynamic ? 43_200L : FOR_EVER);
        return map;
    }

    private String brief(SimLink link, boolean addresses) {
        String rest = addresses ? String.join(" ", addresses(link).stream().map(Cidr::text).toList())
            : link.mac() + " <" + String.join(",", flags(link)) + ">";
        return "%-16s %-14s %s \n".formatted(link.name(), state(link), rest);
    }

    private String text(SimLink link, boolean addresses) {
        var text = new StringBuilder();
        text.append(link.index()).append(": ").append(link.name()).append(": <").append(String.join(",", flags(link))).append("> mtu ")
            .append(link.mtu())
            .append(" qdisc ").append(queue(link));
        master(link).ifPresent(master -> text.append(" master ").append(master));
        text.append(" state ").append(state(link)).append(addresses ? "" : " mode DEFAULT").append(" group default qlen 1000\n");
        text.append("    link/").append(link.kind() == SimLink.Kind.LOOPBACK ? "loopback " : "ether ").append(link.mac())
            .append(" brd ").append(link.kind() == SimLink.Kind.LOOPBACK ? link.mac() : "ff:ff:ff:ff:ff:ff");
        if (details) text.append(" promiscuity 0  minmtu ").append(link.minMtu()).append(" maxmtu ").append(link.maxMtu());
        text.append('\n');
        if (!addresses) return text.toString();
        for (Cidr address : addresses(link)) {
            text.append("    inet").append(address.isV6() ? "6 " : " ").append(address).append(" scope ").append(scope(link, address))
                .append(address.isV6() ? "" : " " + link.name()).append('\n');
            text.append("       valid_lft forever preferred_lft forever\n");
        }
        return text.toString();
    }
}
