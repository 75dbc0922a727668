package dev.bluerig.trial;

import dev.bluerig.fact.BfImage;
import dev.bluerig.fact.Cards;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.KernelLog;
import dev.bluerig.fact.KernelRelease;
import dev.bluerig.fact.NearCpus;
import dev.bluerig.fact.NicCounters;
import dev.bluerig.fact.OsRelease;
import dev.bluerig.fact.PcieErrors;
import dev.bluerig.fact.PcieLink;
import dev.bluerig.fact.PortSpeed;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.Temperature;
import dev.bluerig.fact.UplinkCounters;
import dev.bluerig.inventory.Machine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// How the machines of a pair are at one moment, for the sheets; what does not change in a trial is asked at its start alone.
record Inspection(Map<String, Asked> answers) {

    static Inspection of(PairTrial trial, List<Lane> lanes, Bench bench, boolean start) throws Lost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        for (Role role : Role.values()) {
            var all = questions.computeIfAbsent(trial.of(role), any -> new LinkedHashSet<>());
            all.add(new KernelLog.Seen());
            if (start) all.addAll(List.of(new KernelRelease.Seen(), new OsRelease.Seen(), cards(trial.of(role))));
            for (Lane lane : lanes) all.addAll(port(lane, role, start));
        }
        for (Machine dpu : trial.dpus()) {
            var all = questions.computeIfAbsent(dpu, any -> new LinkedHashSet<>());
            all.add(new KernelLog.Seen());
            if (start) all.addAll(List.of(new KernelRelease.Seen(), new BfImage.Seen()));
        }
        for (Lane lane : lanes) for (Lane.Way way : lane.ways()) questions.get(way.dpu()).add(new UplinkCounters.Seen(way.uplink()));
        return new Inspection(bench.ask(questions));
    }

    private static List<Fact.Question<?>> port(Lane lane, Role role, boolean start) {
        var pci = lane.cable().of(role).pci();
        var link = lane.link(role);
        var every = List.<Fact.Question<?>>of(new PcieLink.Seen(pci), new PcieErrors.Seen(pci), new PortSpeed.Seen(link), new NicCounters.Seen(link), new Temperature.Seen(pci));
        if (!start) return every;
        var all = new java.util.ArrayList<>(every);
        all.add(new NearCpus.Seen(pci));
        return all;
    }

    static Cards.Seen cards(Machine machine) {
        return new Cards.Seen(machine.kind(), machine.ports().stream().map(Machine.Port::pci).toList());
    }

    <T> Reading<T> get(String machine, Fact<T> fact) {
        return answers.get(machine).get(fact);
    }
}
