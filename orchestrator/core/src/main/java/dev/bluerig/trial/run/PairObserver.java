package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.ovs.SwitchedFlows;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Looks at some cables from outside of the programs: one exchange for each machine, all machines side by side.
final class PairObserver {
    private final PairTrial trial;
    private final List<CablePath> paths;
    private final PairSessions sessions;

    PairObserver(PairTrial trial, List<CablePath> paths, PairSessions sessions) {
        this.trial = trial;
        this.paths = paths;
        this.sessions = sessions;
    }

    /// `traffic`: payload is or was just on the way, so the switches' flows are asked for, too.
    PairSnapshot now(boolean traffic) throws HostLost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        for (CablePath path : paths) {
            for (Role role : Role.values())
                questions.computeIfAbsent(trial.of(role), any -> new LinkedHashSet<>()).addAll(questions(path, role));
            for (CablePath.DpuHop way : path.ways())
                questions.computeIfAbsent(way.dpu(), any -> new LinkedHashSet<>()).addAll(questions(way, traffic));
        }
        return pairSnapshot(sessions.ask(questions), traffic);
    }

    private static List<Fact.Question<?>> questions(CablePath path, Role role) {
        var all = new ArrayList<>(questions(path.link(role), path.peer(role)));
        all.add(new Temperature.Seen(path.cable().of(role).pci()));
        return all;
    }

    /// What a snapshot of one end is made of.
    static List<Fact.Question<?>> questions(LinkName link, String peer) {
        return List.of(new TlsCounters.Seen(), new NicCounters.Seen(link), flags(link), new Links.Seen(), new PeerRoute.Seen(peer),
            new Retransmits.Seen(), new KernelTlsSockets.Seen());
    }

    private static List<Fact.Question<?>> questions(CablePath.DpuHop way, boolean traffic) {
        return traffic ? List.of(new UplinkCounters.Seen(way.uplink()), flows(way)) : List.of(new UplinkCounters.Seen(way.uplink()));
    }

    private static OffloadFlags.Seen flags(LinkName link) {
        return new OffloadFlags.Seen(List.of(new LinkRef.ByName(link)));
    }

    private static SwitchedFlows.Seen flows(CablePath.DpuHop way) {
        return new SwitchedFlows.Seen(List.of(way.uplink(), way.representor()));
    }

    private PairSnapshot pairSnapshot(Map<String, MachineAnswer> answers, boolean traffic) {
        var ends = new HashMap<PairSnapshot.CableEnd, EndSnapshot>();
        var temperatures = new HashMap<PairSnapshot.CableEnd, Reading<Temperature>>();
        var uplinks = new HashMap<PairSnapshot.CableDpu, Reading<UplinkCounters>>();
        var flows = new HashMap<PairSnapshot.CableDpu, Reading<SwitchedFlows>>();
        for (CablePath path : paths) {
            for (Role role : Role.values()) {
                var cableEnd = new PairSnapshot.CableEnd(path.name(), role);
                var asked = answers.get(trial.of(role).name());
                ends.put(cableEnd, snapshot(path.link(role), path.peer(role), asked));
                temperatures.put(cableEnd, asked.get(new Temperature.Seen(path.cable().of(role).pci())));
            }
            for (CablePath.DpuHop way : path.ways()) {
                var cableDpu = new PairSnapshot.CableDpu(path.name(), way.dpu().name());
                var asked = answers.get(way.dpu().name());
                uplinks.put(cableDpu, asked.get(new UplinkCounters.Seen(way.uplink())));
                if (traffic) flows.put(cableDpu, asked.get(flows(way)));
            }
        }
        return new PairSnapshot(ends, temperatures, uplinks, flows);
    }

    static EndSnapshot snapshot(LinkName link, String peer, MachineAnswer asked) {
        var flags = asked.get(flags(link))
            .flatMap(all -> all.of(link).map(Reading::known).orElseGet(() -> Reading.unknown(link + " is gone")));
        var carrier = asked.get(new Links.Seen())
            .flatMap(all -> all.named(link).map(seen -> Reading.known(seen.up() && seen.carrier()))
            .orElseGet(() -> Reading.unknown(link + " is gone")));
        return new EndSnapshot(asked.get(new TlsCounters.Seen()), asked.get(new NicCounters.Seen(link)), flags, carrier,
            asked.get(new PeerRoute.Seen(peer)),
            asked.get(new Retransmits.Seen()), asked.get(new KernelTlsSockets.Seen()));
    }
}
