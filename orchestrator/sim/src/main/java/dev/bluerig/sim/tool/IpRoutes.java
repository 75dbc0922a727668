package dev.bluerig.sim.tool;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.ovs.JsonText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Routes of a simulated machine: those the kernel makes of addresses, and the default route over the management link.
final class IpRoutes {
    private final SimMachine machine;
    private final Optional<Boolean> v6;

    IpRoutes(SimMachine machine, Optional<Boolean> v6) {
        this.machine = machine;
        this.v6 = v6;
    }

    String show(boolean all, boolean standard, boolean json) {
        var routes = new ArrayList<Map<String, Object>>();
        boolean v4 = !v6.orElse(false);
        if (v4) gateway().ifPresent(gateway -> routes.add(standard(gateway)));
        if (!standard) {
            for (SimLink link : machine.links().all()) {
                if (link.isUp())
                    link.addresses().stream().filter(address -> v6.isEmpty() ? all || !address.isV6() : v6.get() == address.isV6())
                    .forEach(address -> of(link, address, all).forEach(routes::add));
            }
        }
        if (json) return JsonText.of(routes) + "\n";
        var text = new StringBuilder();
        routes.forEach(route -> text.append(text(route)).append('\n'));
        return text.toString();
    }

    /// Behind the link that DHCP addressed.
    private Optional<SimLink> gateway() {
        return machine.links().all().stream().filter(link -> link.isUp() && link.isDynamic()).findFirst();
    }

    private static Map<String, Object> standard(SimLink link) {
        var route = new LinkedHashMap<String, Object>();
        route.put("dst", "default");
        route.put("gateway", "127.255.255.254");
        route.put("dev", link.name());
        route.put("protocol", "dhcp");
        route.put("metric", 100);
        route.put("flags", List.of());
        return route;
    }

    private List<Map<String, Object>> of(SimLink link, Cidr address, boolean all) {
        var routes = new ArrayList<Map<String, Object>>();
        boolean host = address.prefix() == (address.isV6() ? 128 : 32);
        if (link.kind() != SimLink.Kind.LOOPBACK && !host) {
            var route = new LinkedHashMap<String, Object>();
            route.put("dst", network(address));
            route.put("dev", link.name());
            route.put("protocol", "kernel");
            if (!address.isV6()) {
                route.put("scope", "link");
                route.put("prefsrc", address.address());
            } else {
                route.put("metric", 256);
            }
            route.put("flags", machine.world().carrier(machine, link) ? List.of() : List.of("linkdown"));
            routes.add(route);
        }
        if (all) {
            var local = new LinkedHashMap<String, Object>();
            local.put("type", "local");
            local.put("dst", address.address());
            local.put("dev", link.name());
            local.put("table", "local");
            local.put("protocol", "kernel");
            if (!address.isV6()) {
                local.put("scope", "host");
                local.put("prefsrc", address.address());
            } else {
                local.put("metric", 0);
            }
            local.put("flags", List.of());
            routes.add(local);
        }
        return routes;
    }

    private static String network(Cidr address) {
        try {
            byte[] bytes = InetAddress.getByName(address.address()).getAddress();   // digits only: never resolved
            for (int bit = address.prefix(); bit < bytes.length * 8; bit++) bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            return new Cidr(InetAddress.getByAddress(bytes).getHostAddress() + "/" + address.prefix()).text();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(Map<String, Object> route) {
        var text = new StringBuilder();
        route.forEach((key, value) -> {
            switch (key) {
                case "type" -> text.append(value).append(' ');
                case "dst" -> text.append(value).append(' ');
                case "gateway" -> text.append("via ").append(value).append(' ');
                case "protocol" -> text.append("proto ").append(value).append(' ');
                case "prefsrc" -> text.append("src ").append(value).append(' ');
                case "flags" -> ((List<?>) value).forEach(flag -> text.append(flag).append(' '));
                default -> text.append(key).append(' ').append(value).append(' ');
            }
        });
        return text.toString();
    }

    /// Empty: unreachable.
    Optional<String> get(Cidr to, boolean json) {
        boolean local = machine.links().all().stream()
            .anyMatch(link -> link.addresses().stream().anyMatch(own -> own.address().equals(to.address())));
        var route = new LinkedHashMap<String, Object>();
        if (local) {
            route.put("type", "local");
            route.put("dst", to.address());
            route.put("dev", "lo");
            route.put("prefsrc", to.address());
        } else {
            Optional<SimLink> link = machine.linkTowards(to.address());
            Optional<SimLink> out = link.or(() -> to.isV6() ? Optional.empty() : gateway());
            if (out.isEmpty()) return Optional.empty();
            route.put("dst", to.address());
            if (link.isEmpty()) route.put("gateway", "127.255.255.254");
            route.put("dev", out.get().name());
            out.get().addresses().stream().filter(own -> own.isV6() == to.isV6()).findFirst()
                .ifPresent(own -> route.put("prefsrc", own.address()));
        }
        route.put("flags", List.of());
        route.put("uid", 0);
        route.put("cache", List.of());
        if (json) return Optional.of(JsonText.of(List.of(route)) + "\n");
        route.remove("cache");
        return Optional.of(text(route) + "\n    cache \n");
    }

    /// Who answers on a link; what was not asked for by address is the DPU behind the host's tmfifo, which speaks all the time.
    String neighbours(Optional<String> asked, Optional<String> device, boolean json) {
        var found = new ArrayList<Map<String, Object>>();
        for (SimLink link : machine.links().all()) {
            Optional<String> to = asked.or(() -> Optional.of("192.168.100.2").filter(far -> link.name().startsWith("tmfifo_net")
                && machine.kind() == SimMachine.Kind.HOST));
            if (to.isEmpty() || device.filter(name -> !name.equals(link.name())).isPresent()) continue;
            machine.world().fabric().deliver(machine, link, to.get(), 60).ifPresent(place -> {
                var neighbour = new LinkedHashMap<String, Object>();
                neighbour.put("dst", to.get());
                neighbour.put("dev", link.name());
                neighbour.put("lladdr", place.link().mac());
                neighbour.put("state", List.of("REACHABLE"));
                found.add(neighbour);
            });
        }
        if (json) return JsonText.of(found) + "\n";
        var text = new StringBuilder();
        found.forEach(neighbour -> text.append(neighbour.get("dst")).append(" dev ").append(neighbour.get("dev")).append(" lladdr ")
            .append(neighbour.get("lladdr")).append(" REACHABLE \n"));
        return text.toString();
    }
}
