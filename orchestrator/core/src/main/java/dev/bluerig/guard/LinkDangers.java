package dev.bluerig.guard;

import dev.bluerig.fact.way.WayCarriers;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.task.diff.Deed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Links, ports and bridges that carry a way: they stay up, in their place and as they are.
///
/// `others`: what of this machine carries machines behind it, and why.
record LinkDangers(WayIn way, WayCarriers carriers, Map<String, String> others) {
    Stream<Danger> of(Deed deed) {
        return switch (deed) {
            // the link of a bridge that is only crossed is one port of many
            case Deed.SetLink(String link, boolean _) when carriers.crossed().contains(link) -> Stream.empty();
            case Deed.SetMtu(String link, int _) when carriers.crossed().contains(link) -> Stream.empty();
            case Deed.SetLink(String link, boolean up) -> up ? Stream.empty() : carries(link, "it would go down; ", Danger.Kind.LINK);
            case Deed.SetMtu(String link, int mtu) -> carries(link, "its MTU would be " + mtu + "; ", Danger.Kind.LINK);
            case Deed.Disturb(String link) -> carries(link, "", Danger.Kind.LINK);
            case Deed.LeaveBridge(String port, String bridge) -> Stream.concat(carries(port, "it would leave " + bridge + "; ",
                Danger.Kind.LINK), renamed(port, bridge, mac -> mac.equals(mac(bridge))));
            case Deed.JoinBridge(String port, String bridge) -> Stream.concat(carries(port, "it would become a port of " + bridge + "; ",
                Danger.Kind.LINK), renamed(port, bridge, mac -> mac.compareTo(mac(bridge)) < 0));
            case Deed.DeleteBridge(String bridge) -> carries(bridge, "it would be deleted; ", Danger.Kind.BRIDGE);
            case Deed.Reprogram(String bridge) -> carries(bridge, "its rules would change; ", Danger.Kind.BRIDGE);
            case Deed.AddAddress _, Deed.RemoveAddress _, Deed.RunUnit _, Deed.WriteFile _, Deed.RunCommand _, Deed.InstallPackages _ ->
                Stream.empty();
        };
    }

    /// Why this link, port or bridge matters.
    Optional<String> why(String name) {
        return Optional.ofNullable(carriers.links().get(name)).or(() -> Optional.ofNullable(others.get(name)));
    }

    /// Everything that matters, and why.
    Map<String, String> all() {
        var all = new TreeMap<>(others);
        all.putAll(carriers.links());
        return all;
    }

    /// A bridge goes by the lowest MAC address of its ports, unless it was given one (br_stp_if.c; bridge.c of Open vSwitch); who knew the
    /// former one does not reach it until he asks again. An address that was given is told from a port's by being no port's.
    private Stream<Danger> renamed(String port, String bridge, Predicate<String> becomes) {
        boolean borrowed = way.links().all().stream().anyMatch(link -> !link.name().text().equals(bridge)
            && link.mac().filter(mac(bridge)::equals).isPresent());
        boolean changes = borrowed && why(bridge).isPresent() && !mac(port).isEmpty() && becomes.test(mac(port));
        return changes ? Stream.of(Danger.unsure(Danger.Kind.BRIDGE, bridge, "its MAC address would change with its port " + port + "; "
            + why(bridge).orElseThrow())) : Stream.empty();
    }

    private String mac(String name) {
        return way.links().all().stream().filter(link -> link.name().text().equals(name)).flatMap(link -> link.mac().stream()).findFirst()
            .orElse("");
    }

    private Stream<Danger> carries(String name, String deed, Danger.Kind kind) {
        var known = why(name);
        if (known.isPresent()) return Stream.of(Danger.sure(kind, name, deed + known.get()));
        return carriers.blind().stream().map(why -> Danger.unsure(kind, name, deed + "it may carry a way in: " + why));
    }

    /// A link that is made, joined or set down matters only by name; whether any does is asked of a list.
    static boolean touches(List<Deed> deeds) {
        return deeds.stream().anyMatch(deed -> switch (deed) {
            case Deed.SetLink _, Deed.SetMtu _, Deed.Disturb _, Deed.LeaveBridge _, Deed.JoinBridge _, Deed.DeleteBridge _,
                Deed.Reprogram _, Deed.AddAddress _, Deed.RemoveAddress _ -> true;
            case Deed.RunUnit _, Deed.WriteFile _, Deed.RunCommand _, Deed.InstallPackages _ -> false;
        });
    }
}
