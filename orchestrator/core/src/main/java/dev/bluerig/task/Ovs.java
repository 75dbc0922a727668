package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Links;
import dev.bluerig.fact.OvsTopology;
import dev.bluerig.fact.Services;
import dev.bluerig.fact.TcOffload;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Described;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Open vSwitch hands flows to the card.
///
/// OVS is restarted when `hw-offload` changed its value, in both directions: switching it on works at once upstream, but
/// ovs-vswitchd.conf.db(5) asks for a restart, NVIDIA's boot script (mlnx_bf_configure) does one, and flows stay in software when it was
/// switched off before in the same life of ovs-vswitchd. A restart may leave `hw-tc-offload` off, so it is set again on every link of
/// OVS-kernel that lets it be set; an unchanged value is never a reason to restart.
@Named("ovs")
@Described(value = "Open vSwitch as a whole: whether it hands flows to the card.", example = "ovs: {hw_offload: true}")
public record Ovs(@Described(value = "Flows are offloaded; a change restarts Open vSwitch and drops traffic for seconds.", example = "true") boolean hwOffload)
    implements Task<Ovs.Seen> {
    /// A restart ends when ovs-vswitchd has read its database; opening ports of a card may take longer.
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration RESTART = Duration.ofSeconds(120);
    private static final List<String> SERVICES = List.of("openvswitch-switch.service", "openvswitch.service");   // Debian's name, Red Hat's name

    /// Everything that a restart can spoil.
    public record Seen(OvsTopology ovs, TcOffload tc, Services services, Links links) {}

    @Override
    public Fact<Seen> wants() {
        return new OvsTopology.Seen().with(new TcOffload.Seen(), Half::new).with(new Services.Seen(SERVICES), Whole::new)
            .with(new Links.Seen(), (whole, links) -> new Seen(whole.half().ovs(), whole.half().tc(), whole.services(), links));
    }

    private record Half(OvsTopology ovs, TcOffload tc) {}

    private record Whole(Half half, Services services) {}

    @Override
    public Task<?> on(Site site) {
        return NotHere.unlessNicMode(this, site);
    }

    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.SWITCH);
    }

    @Override
    public Diff diff(Seen seen) {
        return seen.ovs().hwOffload() == hwOffload ? flags(seen) : value(seen);
    }

    private Diff value(Seen seen) {
        var service = SERVICES.stream().map(seen.services()::unit).flatMap(Optional::stream).filter(Services.Unit::exists).map(Services.Unit::name).findFirst();
        String found = seen.ovs().otherConfig().getOrDefault("hw-offload", "not set");
        var changes = new ArrayList<>(List.of(new Change("hw-offload", String.valueOf(hwOffload), found)));
        if (service.isEmpty()) return new Diff.Unmet(Finding.OVS_SERVICE_UNKNOWN, changes, "");
        var off = hwOffload ? links(seen, Set.of(TcOffload.Flag.OFF)) : List.<String>of();
        off.forEach(link -> changes.add(tcChange(link)));
        var restart = Command.of("systemctl", "restart", service.get()).within(RESTART);
        var commands = new ArrayList<>(List.of(set(String.valueOf(hwOffload)), restart));
        if (hwOffload) links(seen, Set.of(TcOffload.Flag.OFF, TcOffload.Flag.ON)).forEach(link -> commands.add(tc(link, "on")));
        var undo = new ArrayList<>(List.of(seen.ovs().otherConfig().containsKey("hw-offload") ? set(found) : unset(), restart));
        off.forEach(link -> undo.add(tc(link, "off")));
        return new Diff.Mendable(changes, new Remedy(commands, undo, touches(seen, service.get()), SETTLE));
    }

    private Diff flags(Seen seen) {
        var broken = OvsPorts.broken(seen.ovs(), seen.links());
        if (!broken.isEmpty()) return new Diff.Unmet(Finding.OVS_PORT_FAILED, broken, "");
        var off = hwOffload ? links(seen, Set.of(TcOffload.Flag.OFF)) : List.<String>of();
        if (off.isEmpty()) return new Diff.Same();
        return new Diff.Mendable(off.stream().map(Ovs::tcChange).toList(), new Remedy(off.stream().map(link -> tc(link, "on")).toList(),
            off.stream().map(link -> tc(link, "off")).toList(), Set.copyOf(off), Duration.ZERO));
    }

    private static Change tcChange(String link) {
        return new Change(link + " hw-tc-offload", "on", "off");
    }

    private static List<String> links(Seen seen, Set<TcOffload.Flag> flags) {
        return seen.tc().links().entrySet().stream().filter(entry -> flags.contains(entry.getValue())).map(java.util.Map.Entry::getKey).toList();
    }

    private static Set<String> touches(Seen seen, String service) {
        var touches = new TreeSet<>(Set.of(service));
        seen.ovs().bridges().forEach(bridge -> touches.addAll(OvsPorts.names(bridge)));
        return touches;
    }

    private static Command set(String value) {
        return Command.of("ovs-vsctl", "--timeout=10", "--no-wait", "set", "open_vswitch", ".", "other_config:hw-offload=" + OvsText.of(value));
    }

    private static Command unset() {
        return Command.of("ovs-vsctl", "--timeout=10", "--no-wait", "remove", "open_vswitch", ".", "other_config", "hw-offload");
    }

    private static Command tc(String link, String value) {
        return Command.of("ethtool", "-K", link, "hw-tc-offload", value);
    }
}
