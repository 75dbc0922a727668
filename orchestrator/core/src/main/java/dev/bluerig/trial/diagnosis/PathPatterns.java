package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.LinkType;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.verdict.Measurements;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where packets go: routes and links of the hosts, switches of the DPUs.
final class PathPatterns {
    /// Uplinks and host representors as NVIDIA's rules name them.
    private static final Pattern UPLINK = Pattern.compile("p\\d+");
    private static final Pattern REPRESENTOR = Pattern.compile("pf\\d+hpf");

    private PathPatterns() {}

    static Optional<String> local(DiagnosisInput input) {
        return route(input).filter(PeerRoute::local).map(route -> "ip route get: local, by " + route.device());
    }

    static Optional<String> virtual(DiagnosisInput input) {
        return elsewhere(input)
            .flatMap(route -> kind(input, route.device()).map(kind -> "ip route get: by " + route.device() + ", a " + kind));
    }

    static Optional<String> otherLink(DiagnosisInput input) {
        return elsewhere(input).filter(route -> kind(input, route.device()).isEmpty())
            .map(route -> "ip route get: by " + route.device() + ", the tested link is " + input.end().orElseThrow().link());
    }

    /// The route, where it does not leave by the tested link.
    static Optional<PeerRoute> elsewhere(DiagnosisInput input) {
        return route(input).filter(route -> !route.local() && input.end().filter(end -> end.link().equals(route.device())).isEmpty());
    }

    /// The first look that does not lead out by the tested link, else the first.
    private static Optional<PeerRoute> route(DiagnosisInput input) {
        var routes = input.end().stream().flatMap(end -> Stream.of(end.before(), end.during(), end.after()))
            .flatMap(snapshot -> snapshot.route().ifKnown().stream()).toList();
        return routes.stream().filter(route -> route.local() || !route.device().equals(input.end().orElseThrow().link())).findFirst()
            .or(() -> routes.stream().findFirst());
    }

    private static Optional<String> kind(DiagnosisInput input, String device) {
        return named(input.here(), device).flatMap(Link::kind);
    }

    private static Optional<Link> named(TrialEnvironment machine, String device) {
        return links(machine).filter(link -> link.name().text().equals(device)).findFirst();
    }

    private static Stream<Link> links(TrialEnvironment machine) {
        return machine.links().ifKnown().stream().map(Links::all).flatMap(List::stream);
    }

    static Optional<String> noCarrier(DiagnosisInput input) {
        boolean lost = input.end().filter(end -> Stream.of(end.before(), end.during(), end.after())
            .anyMatch(snapshot -> snapshot.carrier().ifKnown().filter(carrier -> !carrier).isPresent())).isPresent();
        if (!lost) return Optional.empty();
        boolean infiniband = input.here().hardware().cards().ifKnown().map(Cards::cards).orElse(List.of()).stream()
            .anyMatch(card -> card.links().containsValue(LinkType.INFINIBAND));
        return Optional.of(input.end().orElseThrow().link() + " has no carrier"
            + (infiniband ? "; a port of the card speaks InfiniBand" : ""));
    }

    static Optional<String> flapped(DiagnosisInput input) {
        return input.missed().stream().filter(evidence -> evidence.card("link_down_events_phy").orUnknown() > 0).findFirst()
            .map(evidence -> "link_down_events_phy +" + evidence.card("link_down_events_phy").orUnknown() + " on " + evidence.end().link());
    }

    static Optional<String> notBridged(DiagnosisInput input) {
        if (!unreachable(input)) return Optional.empty();
        return input.here().ovs().ifKnown().filter(ovs -> ovs.bridges().stream().noneMatch(PathPatterns::joins))
            .map(ovs -> "no bridge holds an uplink and its host's representor: "
            + (ovs.bridges().isEmpty() ? "there is none"
            : String.join("; ", ovs.bridges().stream()
            .map(bridge -> bridge.name() + " holds " + bridge.ports().stream().map(OvsTopology.Port::name).toList()).toList())));
    }

    private static boolean joins(OvsTopology.Bridge bridge) {
        return bridge.ports().stream().anyMatch(port -> UPLINK.matcher(port.name()).matches() || port.bondMode().isPresent())
            && bridge.ports().stream().anyMatch(port -> REPRESENTOR.matcher(port.name()).matches());
    }

    static Optional<String> portBroken(DiagnosisInput input) {
        if (!unreachable(input)) return Optional.empty();
        return input.here().ovs().ifKnown().stream().flatMap(OvsTopology::ports).flatMap(port -> port.interfaces().stream())
            .filter(device -> !device.error().isEmpty() || device.ofport().filter(number -> number < 0).isPresent()).findFirst()
            .map(device -> device.name() + ": " + (device.error().isEmpty() ? "ofport -1" : device.error()));
    }

    static Optional<String> switchLinkDown(DiagnosisInput input) {
        if (!unreachable(input)) return Optional.empty();
        return links(input.here()).filter(link -> switched(link.name()) && (!link.up() || !link.carrier())).findFirst()
            .map(link -> link.name() + (link.up() ? " has no carrier" : " is down"));
    }

    static Optional<String> noUplink(DiagnosisInput input) {
        if (!input.dpu() || input.here().links().ifKnown().isEmpty()
            || links(input.here()).anyMatch(link -> switched(link.name()))) return Optional.empty();
        var mode = input.here().hardware().cards().ifKnown().map(Cards::cards).orElse(List.of()).stream()
            .flatMap(card -> card.mode().stream()).findFirst();
        return Optional.of("no link of the DPU is called p0 or pf0hpf" + mode.map(seen -> ", and the card is in mode " + seen).orElse(""));
    }

    /// A DPU's link that takes no larger packets than the host sends: its own headers no longer fit.
    static Optional<String> mtu(DiagnosisInput input) {
        if (!input.dpu() || !suffers(input)) return Optional.empty();
        int host = input.around().values().stream().filter(machine -> !machine.switchAsked()).flatMap(PathPatterns::links)
            .filter(link -> link.kind().isEmpty() && link.carrier() && !link.name().text().equals("lo"))
            .filter(link -> tested(input, link)).mapToInt(Link::mtu).max().orElse(0);
        return links(input.here()).filter(link -> switched(link.name()) && host > 0
            && (link.mtu() < host || link.mtu() == host && host > 1500)).findFirst()
            .map(link -> link.name() + " has MTU " + link.mtu() + ", the hosts' port " + host);
    }

    private static boolean tested(DiagnosisInput input, Link link) {
        return input.evidence().map(evidence -> List.of(evidence.on().server().link(), evidence.on().client().link())
            .contains(link.name().text())).orElse(true);
    }

    private static boolean suffers(DiagnosisInput input) {
        boolean lossy = input.evidence().filter(seen -> Measurements.of(seen.load(), seen.on(), OptionalLong.empty())
            .retransmits() > 0.01).isPresent();
        return input.stalled() || lossy || input.failed(AgentCode.CONNECT_TIMED_OUT);
    }

    static Optional<String> flowsInSoftware(DiagnosisInput input) {
        return input.here().ovs().ifKnown().filter(ovs -> ovs.flavour() == OvsTopology.Flavour.KERNEL && !ovs.hwOffload())
            .map(ovs -> "other_config:hw-offload is " + ovs.otherConfig().getOrDefault("hw-offload", "not set"));
    }

    static Optional<String> switchSilent(DiagnosisInput input) {
        return input.dpu() && input.here().ovs().ifKnown().isEmpty() ? Optional.of(Readings.why(input.here().ovs()))
            : Optional.empty();
    }

    private static boolean unreachable(DiagnosisInput input) {
        return input.dpu() && (input.failed(AgentCode.CONNECT_TIMED_OUT) || input.stalled());
    }

    private static boolean switched(LinkName name) {
        return UPLINK.matcher(name.text()).matches() || REPRESENTOR.matcher(name.text()).matches();
    }
}
