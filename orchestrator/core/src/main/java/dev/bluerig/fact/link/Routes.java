package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.SafeValues;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The routes of all tables by which packets leave. Which table a packet uses is up to policy rules.
public record Routes(List<Route> routes) {
    public static final Command COMMAND = Command.of("ip", "-j", "route", "show", "table", "all");

    public Routes {
        routes = List.copyOf(routes);
    }

    /// `to` is absent for a default route. `source`: the address that the route is bound to (`src`).
    public record Route(Optional<Cidr> to, String device, String table, boolean v6, Optional<String> gateway, Optional<String> source,
        int metric) {
        /// `192.0.2.0/24 via eno1`.
        public String words() {
            return destination() + " via " + gateway.map(by -> by + " on ").orElse("") + device;
        }

        public String destination() {
            return to.map(Cidr::text).orElse("default");
        }
    }

    public record Seen() implements Fact.Question<Routes> {
        @Override
        public Inquiry<Routes> read() {
            return Inquiry.parse(COMMAND, Routes::parse);
        }
    }

    static Routes parse(String json) {
        var routes = new ArrayList<Route>();
        for (Tree.Mapping object : ToolJson.objects("ip route", json)) {
            String type = ToolJson.text(object, "type").orElse("unicast");
            if (!type.equals("unicast")) continue;
            var devices = new LinkedHashSet<String>();
            ToolJson.text(object, "dev").ifPresent(devices::add);
            ToolJson.objects(object, "nexthops").forEach(hop -> ToolJson.text(hop, "dev").ifPresent(devices::add));
            devices.forEach(device -> route(object, device).ifPresent(routes::add));
        }
        return new Routes(routes);
    }

    /// IPv6 routes are told from IPv4 by `pref`, which only they have, when the destination does not say.
    private static Optional<Route> route(Tree.Mapping object, String device) {
        String to = ToolJson.text(object, "dst").orElse("default");
        if (to.equals("default")) return Optional.of(route(object, device, Optional.empty(), v6(object)));
        boolean six = to.indexOf(':') >= 0;
        return SafeValues.cidr(to.indexOf('/') >= 0 ? to : to + (six ? "/128" : "/32"))
            .map(cidr -> route(object, device, Optional.of(cidr), six));
    }

    private static Route route(Tree.Mapping object, String device, Optional<Cidr> to, boolean six) {
        return new Route(to, device, ToolJson.text(object, "table").orElse("main"), six, ToolJson.text(object, "gateway"),
            ToolJson.text(object, "prefsrc"),
            ToolJson.number(object, "metric").orElse(0));
    }

    private static boolean v6(Tree.Mapping object) {
        return object.get("pref").isPresent() || ToolJson.text(object, "gateway").filter(gateway -> gateway.indexOf(':') >= 0).isPresent();
    }
}
