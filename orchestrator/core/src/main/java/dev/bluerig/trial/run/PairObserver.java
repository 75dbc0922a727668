package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.ovs.SwitchedFlows;
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
import java.util.function.Consumer;

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

    /// A fact of one machine, and where its answer goes.
    private record Asked<T>(Machine machine, Fact<T> fact, Consumer<Reading<T>> into) {
        void answered(Map<String, MachineAnswer> answers) {
            into.accept(answers.get(machine.name()).get(fact));
        }
    }

    /// `traffic`: payload is or was just on the way, so the switches' flows are asked for, too.
    PairSnapshot now(boolean traffic) throws HostLost {
        var ends = new HashMap<PairSnapshot.CableEnd, EndSnapshot>();
        var temperatures = new HashMap<PairSnapshot.CableEnd, Reading<Temperature>>();
        var uplinks = new HashMap<PairSnapshot.CableDpu, Reading<UplinkCounters>>();
        var flows = new HashMap<PairSnapshot.CableDpu, Reading<SwitchedFlows>>();
        var all = new ArrayList<Asked<?>>();
        for (CablePath path : paths) {
            for (Role role : Role.values()) {
                Machine host = trial.of(role);
                var spot = new PairSnapshot.CableEnd(path.id(), role);
                all.add(new Asked<>(host, EndSnapshot.of(path.link(role), path.peer(role)),
                    seen -> ends.put(spot, EndSnapshot.read(seen))));
                all.add(new Asked<>(host, new Temperature.Seen(path.cable().of(role).pci()), seen -> temperatures.put(spot, seen)));
            }
            for (CablePath.DpuHop way : path.ways()) {
                var pass = new PairSnapshot.CableDpu(path.id(), way.dpu().name());
                all.add(new Asked<>(way.dpu(), new UplinkCounters.Seen(way.uplink()), seen -> uplinks.put(pass, seen)));
                if (traffic) all.add(new Asked<>(way.dpu(), new SwitchedFlows.Seen(List.of(way.uplink(), way.representor())),
                    seen -> flows.put(pass, seen)));
            }
        }
        ask(all);
        return new PairSnapshot(ends, temperatures, uplinks, flows);
    }

    private void ask(List<Asked<?>> all) throws HostLost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        all.forEach(each -> questions.computeIfAbsent(each.machine(), any -> new LinkedHashSet<>()).addAll(each.fact().questions()));
        var answers = sessions.ask(questions);
        all.forEach(each -> each.answered(answers));
    }
}
