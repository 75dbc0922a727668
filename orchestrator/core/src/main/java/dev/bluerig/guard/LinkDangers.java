package dev.bluerig.guard;

import dev.bluerig.fact.way.WayCarriers;
import dev.bluerig.task.diff.Deed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Links, ports and bridges that carry a way: they stay up, in their place and as they are.
///
/// `others`: what of this machine carries machines behind it, and why.
record LinkDangers(WayCarriers carriers, Map<String, String> others) {
    Stream<Danger> of(Deed deed) {
        return switch (deed) {
            case Deed.SetLink(String link, boolean up) -> up ? Stream.empty() : carries(link, "it would go down; ", Danger.Kind.LINK);
            case Deed.SetMtu(String link, int mtu) -> carries(link, "its MTU would be " + mtu + "; ", Danger.Kind.LINK);
            case Deed.Disturb(String link) -> carries(link, "", Danger.Kind.LINK);
            case Deed.LeaveBridge(String port, String bridge) -> carries(port, "it would leave " + bridge + "; ", Danger.Kind.LINK);
            case Deed.JoinBridge(String port, String bridge) -> carries(port, "it would become a port of " + bridge + "; ",
                Danger.Kind.LINK);
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
