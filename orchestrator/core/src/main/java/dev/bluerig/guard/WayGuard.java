package dev.bluerig.guard;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.way.WayCarriers;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// After this remedy, do the controller's packets still arrive and leave the way they do, and does the next login work?
///
/// What cannot be told is refused where it touches a link, bridge, unit or file that could be of the way in, and nowhere else.
/// `behind`: what of this machine carries machines behind it, and why.
public record WayGuard(Reading<WayIn> own, Map<String, String> behind) {
    public WayGuard {
        behind = Map.copyOf(behind);
    }

    /// Whether it depends on the way in what is to be said of a remedy; what the next login goes by is known without it.
    public static boolean asks(Remedy remedy) {
        var deeds = played(remedy);
        return asks(deeds) || deeds.stream().anyMatch(Deed.RunCommand.class::isInstance);
    }

    private static boolean asks(List<Deed> deeds) {
        return LinkDangers.touches(deeds) || deeds.stream().anyMatch(deed -> switch (deed) {
            case Deed.RunUnit unit -> UnitDangers.asks(unit);
            case Deed.WriteFile write -> FileDangers.isOfLinks(write);
            case Deed.RunCommand _, Deed.InstallPackages _, Deed.SetLink _, Deed.SetMtu _, Deed.Disturb _, Deed.AddAddress _,
                Deed.RemoveAddress _, Deed.LeaveBridge _, Deed.JoinBridge _, Deed.DeleteBridge _, Deed.Reprogram _ -> false;
        });
    }

    /// Whether machines behind this one could lose their way.
    public static boolean concernsOthers(Remedy remedy) {
        var deeds = played(remedy);
        return LinkDangers.touches(deeds) || deeds.stream().anyMatch(deed -> deed instanceof Deed.RunUnit unit && UnitDangers.asks(unit)
            || deed instanceof Deed.RunCommand);
    }

    /// What the words of the user's own commands come to, in their place.
    private static List<Deed> played(Remedy remedy) {
        return remedy.does().stream().flatMap(deed -> deed instanceof Deed.RunCommand command ? command(command) : Stream.of(deed))
            .toList();
    }

    private static Stream<Deed> command(Deed.RunCommand command) {
        var known = CommandDeeds.deeds(command.words());
        Stream<Deed> does = known.isPresent() ? known.get().stream() : Stream.of(command);
        return Stream.concat(CommandDangers.touched(command), does);
    }

    public Optional<Refusal> refusal(Remedy remedy) {
        var deeds = played(remedy);
        return switch (own) {
            case Reading.Known<WayIn>(WayIn way) -> Refusal.of(dangers(deeds, way));
            case Reading.Unknown<WayIn>(String why) -> blindly(deeds, why);
        };
    }

    private List<Danger> dangers(List<Deed> deeds, WayIn way) {
        var carriers = WayCarriers.of(way);
        var links = new LinkDangers(way, carriers, others(way));
        var dangers = new ArrayList<Danger>();
        deeds.forEach(deed -> links.of(deed).forEach(dangers::add));
        if (LinkDangers.touches(deeds)) dangers.addAll(new RouteDangers(way, deeds).all());
        var all = links.all();
        var files = new FileDangers(way.links().all().stream().filter(link -> all.containsKey(link.name().text())).toList());
        deeds.forEach(deed -> door(deed, Optional.of(links), files, all).forEach(dangers::add));
        return dangers;
    }

    /// Ports are known here by their names or by what their driver calls them.
    private Map<String, String> others(WayIn way) {
        var all = new TreeMap<>(behind);
        way.links().all().forEach(link -> link.portName().map(behind::get).ifPresent(why -> all.put(link.name().text(), why)));
        return all;
    }

    private static Stream<Danger> door(Deed deed, Optional<LinkDangers> links, FileDangers files, Map<String, String> carriers) {
        return switch (deed) {
            case Deed.RunUnit unit -> new UnitDangers(links).of(unit);
            case Deed.WriteFile write -> files.of(write);
            case Deed.RunCommand command -> new CommandDangers(carriers).of(command.words());
            case Deed.InstallPackages install -> PackageDangers.of(install);
            case Deed.SetLink _, Deed.SetMtu _, Deed.Disturb _, Deed.AddAddress _, Deed.RemoveAddress _, Deed.LeaveBridge _,
                Deed.JoinBridge _, Deed.DeleteBridge _, Deed.Reprogram _ -> Stream.empty();
        };
    }

    private Optional<Refusal> blindly(List<Deed> deeds, String why) {
        var dangers = deeds.stream().flatMap(deed -> door(deed, Optional.empty(), new FileDangers(List.of()), Map.of())).toList();
        boolean asks = asks(deeds);
        return dangers.isEmpty() && !asks ? Optional.empty() : Optional.of(new Refusal(dangers, asks ? Optional.of(why)
            : Optional.empty()));
    }
}
