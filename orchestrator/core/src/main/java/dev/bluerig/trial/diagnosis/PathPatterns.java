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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where packets go: routes and links of the hosts, switches of the DPUs.
final class PathPatterns {
    /// Uplinks and host representors as NVIDIA's rules name them.
    private static final Pattern UPLINK = Pattern.compile("p\\d+");
    private static final Pattern REPRESENTOR = Pattern.compile("pf\\d+hpf");

    private PathPatterns() {}

    static Optional<String> local(DiagnosisInput scene) {
        return route(scene).filter(PeerRoute::local).map(route -> "ip route get: local, by " + route.device());
    }

    static Optional<String> virtual(DiagnosisInput scene) {
        return elsewhere(scene)
            .flatMap(route -> kind(scene, route.device()).map(kind -> "ip route get: by " + route.device() + ", a " + kind));
    }

    static Optional<String> otherLink(DiagnosisInput scene) {
        return elsewhere(scene).filter(route -> kind(scene, route.device()).isEmpty())
            .map(route -> "ip route get: by " + route.device() + ", the tested link is " + scene.end().orElseThrow().link());
    }

    /// The route, where it does not leave by the tested link.
    static Optional<PeerRoute> elsewhere(DiagnosisInput scene) {
        return route(scene).filter(route -> !route.local() && scene.end().filter(end -> end.link().equals(route.device())).isEmpty());
    }

    /// The first look that does not lead out by the tested link, else the first.
    private static Optional<PeerRoute> route(DiagnosisInput scene) {
        var routes = scene.end().stream().flatMap(end -> Stream.of(end.before(), end.during(), end.after()))
            .flatMap(look -> DiagnosisInput.known(look.route()).stream()).toList();
        return routes.stream().filter(route -> route.local() || !route.device().equals(scene.end().orElseThrow().link())).findFirst()
            .or(() -> routes.stream().findFirst());
    }

    private static Optional<String> kind(DiagnosisInput scene, String device) {
        return named(scene.here(), device).flatMap(Link::kind);
    }

    private static Optional<Link> named(TrialEnvironment machine, String device) {
        return links(machine).filter(link -> link.name().text().equals(device)).findFirst();
    }

    private static Stream<Link> links(TrialEnvironment machine) {
        return DiagnosisInput.known(machine.links()).stream().map(Links::all).flatMap(List::stream);
    }

    static Optional<String> noCarrier(DiagnosisInput scene) {
        boolean lost = scene.end().filter(end -> Stream.of(end.before(), end.during(), end.after())
            .anyMatch(look -> DiagnosisInput.known(look.carrier()).filter(carrier -> !carrier).isPresent())).isPresent();
        if (!lost) return Optional.empty();
        boolean infiniband = DiagnosisInput.known(scene.here().hardware().cards()).map(Cards::cards).orElse(List.of()).stream()
            .anyMatch(card -> card.links().containsValue(LinkType.INFINIBAND));
        return Optional.of(scene.end().orElseThrow().link() + " has no carrier"
            + (infiniband ? "; a port of the card speaks InfiniBand" : ""));
    }

    static Optional<String> flapped(DiagnosisInput scene) {
        return scene.missed().stream().filter(matter -> matter.card("link_down_events_phy").orUnknown() > 0).findFirst()
            .map(matter -> "link_down_events_phy +" + matter.card("link_down_events_phy").orUnknown() + " on " + matter.end().link());
    }

    static Optional<String> notBridged(DiagnosisInput scene) {
        if (!unreachable(scene)) return Optional.empty();
        return DiagnosisInput.known(scene.here().ovs()).filter(ovs -> ovs.bridges().stream().noneMatch(PathPatterns::joins))
            .map(ovs -> "no bridge holds an uplink and its host's representor: "
            + (ovs.bridges().isEmpty() ? "there is none"
            : String.join("; ", ovs.bridges().stream()
            .map(bridge -> bridge.name() + " holds " + bridge.ports().stream().map(OvsTopology.Port::name).toList()).toList())));
    }

    private static boolean joins(OvsTopology.Bridge bridge) {
        return bridge.ports().stream().anyMatch(port -> UPLINK.matcher(port.name()).matches() || port.bondMode().isPresent())
            && bridge.ports().stream().anyMatch(port -> REPRESENTOR.matcher(port.name()).matches());
    }

    static Optional<String> portBroken(DiagnosisInput scene) {
        if (!unreachable(scene)) return Optional.empty();
        return DiagnosisInput.known(scene.here().ovs()).stream().flatMap(OvsTopology::ports).flatMap(port -> port.interfaces().stream())
            .filter(device -> !device.error().isEmpty() || device.ofport().filter(number -> number < 0).isPresent()).findFirst()
            .map(device -> device.name() + ": " + (device.error().isEmpty() ? "ofport -1" : device.error()));
    }

    static Optional<String> switchLinkDown(DiagnosisInput scene) {
        if (!unreachable(scene)) return Optional.empty();
        return links(scene.here()).filter(link -> switched(link.name()) && (!link.up() || !link.carrier())).findFirst()
            .map(link -> link.name() + (link.up() ? " has no carrier" : " is down"));
    }

    static Optional<String> noUplink(DiagnosisInput scene) {
        if (!scene.dpu() || DiagnosisInput.known(scene.here().links()).isEmpty()
            || links(scene.here()).anyMatch(link -> switched(link.name()))) return Optional.empty();
        var mode = DiagnosisInput.known(scene.here().hardware().cards()).map(Cards::cards).orElse(List.of()).stream()
            .flatMap(card -> card.mode().stream()).findFirst();
        return Optional.of("no link of the DPU is called p0 or pf0hpf" + mode.map(seen -> ", and the card is in mode " + seen).orElse(""));
    }

    /// A DPU's link that takes no larger packets than the host sends: its own headers no longer fit.
    static Optional<String> mtu(DiagnosisInput scene) {
        if (!scene.dpu() || !suffers(scene)) return Optional.empty();
        int host = scene.around().values().stream().filter(machine -> !machine.switchAsked()).flatMap(PathPatterns::links)
            .filter(link -> link.kind().isEmpty() && link.carrier() && !link.name().text().equals("lo"))
            .filter(link -> tested(scene, link)).mapToInt(Link::mtu).max().orElse(0);
        return links(scene.here()).filter(link -> switched(link.name()) && host > 0
            && (link.mtu() < host || link.mtu() == host && host > 1500)).findFirst()
            .map(link -> link.name() + " has MTU " + link.mtu() + ", the hosts' port " + host);
    }

    private static boolean tested(DiagnosisInput scene, Link link) {
        return scene.evidence().map(evidence -> List.of(evidence.on().server().link(), evidence.on().client().link())
            .contains(link.name().text())).orElse(true);
    }

    private static boolean suffers(DiagnosisInput scene) {
        boolean lossy = scene.evidence().filter(seen -> Measurements.of(seen.load(), seen.on(), java.util.OptionalLong.empty())
            .retransmits() > 0.01).isPresent();
        return scene.stalled() || lossy || scene.failed(AgentCode.CONNECT_TIMED_OUT);
    }

    static Optional<String> flowsInSoftware(DiagnosisInput scene) {
        return DiagnosisInput.known(scene.here().ovs()).filter(ovs -> ovs.flavour() == OvsTopology.Flavour.KERNEL && !ovs.hwOffload())
            .map(ovs -> "other_config:hw-offload is " + ovs.otherConfig().getOrDefault("hw-offload", "not set"));
    }

    static Optional<String> switchSilent(DiagnosisInput scene) {
        return scene.dpu() && DiagnosisInput.known(scene.here().ovs()).isEmpty() ? Optional.of(Readings.why(scene.here().ovs()))
            : Optional.empty();
    }

    private static boolean unreachable(DiagnosisInput scene) {
        return scene.dpu() && (scene.failed(AgentCode.CONNECT_TIMED_OUT) || scene.stalled());
    }

    private static boolean switched(LinkName name) {
        return UPLINK.matcher(name.text()).matches() || REPRESENTOR.matcher(name.text()).matches();
    }
}
