package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Reachability;
import dev.bluerig.fact.system.InstalledPrograms;
import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A host's ends of cables, each of which must reach its peer. Never mended: what is wrong lies on another machine or in the cable.
public record ReachTask(List<Cable> cables, List<String> unknownPairs, Mtu mtu) implements Task<Reachability> {
    /// `dpus` are those that the cable runs through.
    public record Cable(CableId id, LinkRef port, String peer, Optional<Cidr> address, List<String> dpus) {
        public Cable {
            dpus = List.copyOf(dpus);
        }
    }

    public ReachTask {
        cables = List.copyOf(cables);
        unknownPairs = List.copyOf(unknownPairs);
    }

    @Override
    public Fact<Reachability> wants() {
        var targets = addressed().stream()
            .map(cable -> new Reachability.Target(cable.port(), cable.address().orElseThrow().address(), mtu.bytes())).toList();
        return targets.isEmpty() ? new Fact.Nothing<>(new Reachability(List.of(), List.of())) : new Reachability.Seen(targets);
    }

    /// Both ends and what carries the cables; with one of them out, a failed ping would blame the wrong machine.
    @Override
    public Set<String> needs() {
        var needs = new TreeSet<String>();
        cables.forEach(cable -> {
            needs.add(cable.peer());
            needs.addAll(cable.dpus());
        });
        return needs;
    }

    private List<Cable> addressed() {
        return cables.stream().filter(cable -> cable.address().isPresent()).toList();
    }

    @Override
    public Set<Effect> brings() {
        return Set.of();
    }

    @Override
    public Diff diff(Reachability seen) {
        var draft = new DiffBuilder();
        unknownPairs.forEach(name -> draft.unmet(Finding.PAIR_UNKNOWN, new Change("pair " + name, "in the inventory", "not there"), ""));
        cables.stream().filter(cable -> cable.address().isEmpty()).forEach(cable ->
            draft.unmet(Finding.PEER_WITHOUT_ADDRESS,
            new Change("cable " + cable.id() + " to " + cable.peer(), "an address of the peer's port", "none in the inventory"), ""));
        if (cables.isEmpty() && unknownPairs.isEmpty()) return new Diff.NotApplicable("this machine is in none of the pairs");
        seen.unfit().forEach(unfit -> draft.unmet(unfit.missing() ? Finding.PROGRAM_MISSING : Finding.PROGRAM_OTHER,
            new Change("program " + unfit.program(), unfit.program() + " of iputils", unfit.missing() ? "absent" : unfit.said()),
            InstalledPrograms.install(unfit.program()).orElse("")));
        if (!seen.unfit().isEmpty()) return draft.diff();
        var ends = addressed();
        for (int i = 0; i < ends.size(); i++) judge(ends.get(i), seen.probes().get(i), draft);
        return draft.diff();
    }

    private void judge(Cable cable, Reachability.Probe probe, DiffBuilder draft) {
        String what = "cable " + cable.id() + ": " + probe.link().map(Object::toString).orElse(cable.port().toString()) + " to "
            + cable.peer() + " " + probe.target().peer();
        String said = probe.said().isEmpty() ? "" : " (" + probe.said() + ")";
        if (probe.link().isEmpty())
            draft.unmet(Finding.PORT_WITHOUT_NETDEV, new Change(what, "a link", "no network device for " + cable.port()), "");
        else if (probe.macs().isEmpty() && probe.small())
            draft.unmet(Finding.REACH_CARD_UNKNOWN,
                new Change(what, "an answer from one card", "ping passes, and arping heard nobody" + said), "");
        else if (probe.macs().isEmpty())
            draft.unmet(Finding.REACH_NO_ARP, new Change(what, "an answer from the peer's card", "nobody answers" + said),
                bridges(cable, probe));
        else if (probe.macs().size() > 1)
            draft.unmet(Finding.REACH_AMBIGUOUS,
                new Change(what, "an answer from one card", "answers from " + String.join(", ", probe.macs())), "");
        else if (!probe.small())
            draft.unmet(Finding.REACH_NO_PING, new Change(what, "ping of 56 bytes passes", "no answer, though " + probe.macs().getFirst()
                + " has the address" + said), "");
        else if (!probe.full())
            draft.unmet(Finding.REACH_SMALL_ONLY, new Change(what, "ping of " + mtu + " bytes passes unfragmented",
                "a small one passes, the full one does not" + said), mtus(cable, probe));
    }

    private static String bridges(Cable cable, Reachability.Probe probe) {
        if (probe.said().contains("is down")) return "this host's own link is down: set `up: true` in the task `interface`";
        return cable.dpus().isEmpty() ? "" : "on " + String.join(" and ", cable.dpus()) + ": ovs-vsctl show; ip -br link. Then on "
            + cable.peer() + ": ip -br address";
    }

    /// The kernel's own complaint tells a small MTU of this host from one on the way.
    private String mtus(Cable cable, Reachability.Probe probe) {
        if (probe.said().contains("too long"))
            return "the MTU of this host's own link is below " + mtu + ": ip -br link; set `mtu` in the task `interface`";
        return cable.dpus().isEmpty() ? "" : "on " + String.join(" and ", cable.dpus())
            + ": the MTU of p0, pf0hpf and their like must be above " + mtu + " (9216 for 9000): ip -br link, ip -d link show p0";
    }
}
