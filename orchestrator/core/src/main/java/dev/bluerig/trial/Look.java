package dev.bluerig.trial;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.KernelTlsSockets;
import dev.bluerig.fact.Links;
import dev.bluerig.fact.NicCounters;
import dev.bluerig.fact.OffloadFlags;
import dev.bluerig.fact.PeerRoute;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.Retransmits;
import dev.bluerig.fact.SwitchedFlows;
import dev.bluerig.fact.Temperature;
import dev.bluerig.fact.TlsCounters;
import dev.bluerig.fact.UplinkCounters;
import dev.bluerig.fact.LinkRef;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Looks at some cables from outside of the programs: one exchange for each machine, all machines side by side.
final class Look {
    private final PairTrial trial;
    private final List<Lane> lanes;
    private final Bench bench;

    Look(PairTrial trial, List<Lane> lanes, Bench bench) {
        this.trial = trial;
        this.lanes = lanes;
        this.bench = bench;
    }

    /// `traffic`: payload is or was just on the way, so the switches' flows are asked for, too.
    Moment now(boolean traffic) throws Lost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        for (Lane lane : lanes) {
            for (Role role : Role.values()) questions.computeIfAbsent(trial.of(role), any -> new LinkedHashSet<>()).addAll(questions(lane, role));
            for (Lane.Way way : lane.ways()) questions.computeIfAbsent(way.dpu(), any -> new LinkedHashSet<>()).addAll(questions(way, traffic));
        }
        return moment(bench.ask(questions), traffic);
    }

    private static List<Fact.Question<?>> questions(Lane lane, Role role) {
        var all = new ArrayList<>(questions(lane.link(role), lane.peer(role)));
        all.add(new Temperature.Seen(lane.cable().of(role).pci()));
        return all;
    }

    /// What a snapshot of one end is made of.
    static List<Fact.Question<?>> questions(LinkName link, String peer) {
        return List.of(new TlsCounters.Seen(), new NicCounters.Seen(link), flags(link), new Links.Seen(), new PeerRoute.Seen(peer), new Retransmits.Seen(), new KernelTlsSockets.Seen());
    }

    private static List<Fact.Question<?>> questions(Lane.Way way, boolean traffic) {
        return traffic ? List.of(new UplinkCounters.Seen(way.uplink()), flows(way)) : List.of(new UplinkCounters.Seen(way.uplink()));
    }

    private static OffloadFlags.Seen flags(LinkName link) {
        return new OffloadFlags.Seen(List.of(new LinkRef.Named(link)));
    }

    private static SwitchedFlows.Seen flows(Lane.Way way) {
        return new SwitchedFlows.Seen(List.of(way.uplink(), way.representor()));
    }

    private Moment moment(Map<String, Asked> answers, boolean traffic) {
        var ends = new HashMap<Moment.Spot, Snapshot>();
        var warmth = new HashMap<Moment.Spot, Reading<Temperature>>();
        var uplinks = new HashMap<Moment.Pass, Reading<UplinkCounters>>();
        var flows = new HashMap<Moment.Pass, Reading<SwitchedFlows>>();
        for (Lane lane : lanes) {
            for (Role role : Role.values()) {
                var spot = new Moment.Spot(lane.name(), role);
                var asked = answers.get(trial.of(role).name());
                ends.put(spot, snapshot(lane.link(role), lane.peer(role), asked));
                warmth.put(spot, asked.get(new Temperature.Seen(lane.cable().of(role).pci())));
            }
            for (Lane.Way way : lane.ways()) {
                var pass = new Moment.Pass(lane.name(), way.dpu().name());
                var asked = answers.get(way.dpu().name());
                uplinks.put(pass, asked.get(new UplinkCounters.Seen(way.uplink())));
                if (traffic) flows.put(pass, asked.get(flows(way)));
            }
        }
        return new Moment(ends, warmth, uplinks, flows);
    }

    static Snapshot snapshot(LinkName link, String peer, Asked asked) {
        var flags = asked.get(flags(link)).then(all -> all.of(link).map(Reading::known).orElseGet(() -> Reading.unknown(link + " is gone")));
        var carrier = asked.get(new Links.Seen()).then(all -> all.named(link).map(seen -> Reading.known(seen.up() && seen.carrier())).orElseGet(() -> Reading.unknown(link + " is gone")));
        return new Snapshot(asked.get(new TlsCounters.Seen()), asked.get(new NicCounters.Seen(link)), flags, carrier, asked.get(new PeerRoute.Seen(peer)),
            asked.get(new Retransmits.Seen()), asked.get(new KernelTlsSockets.Seen()));
    }
}
