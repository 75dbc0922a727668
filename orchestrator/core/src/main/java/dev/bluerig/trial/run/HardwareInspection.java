package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.BfImage;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.card.PcieErrors;
import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.link.NearCpus;
import dev.bluerig.fact.link.PortSpeed;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.fact.system.OsRelease;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// How the machines of a pair are at one moment, for the sheets; what does not change in a trial is asked at its start alone.
record HardwareInspection(Map<String, MachineAnswer> answers) {

    static HardwareInspection of(PairTrial trial, List<CablePath> lanes, PairSessions bench, boolean start) throws HostLost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        for (Role role : Role.values()) {
            var all = questions.computeIfAbsent(trial.of(role), any -> new LinkedHashSet<>());
            all.add(new KernelLog.Seen());
            if (start) all.addAll(List.of(new KernelRelease.Seen(), new OsRelease.Seen(), cards(trial.of(role))));
            for (CablePath lane : lanes) all.addAll(port(lane, role, start));
        }
        for (Machine dpu : trial.dpus()) {
            var all = questions.computeIfAbsent(dpu, any -> new LinkedHashSet<>());
            all.add(new KernelLog.Seen());
            if (start) all.addAll(List.of(new KernelRelease.Seen(), new BfImage.Seen()));
        }
        for (CablePath lane : lanes) for (CablePath.Way way : lane.ways()) questions.get(way.dpu()).add(new UplinkCounters.Seen(way.uplink()));
        return new HardwareInspection(bench.ask(questions));
    }

    private static List<Fact.Question<?>> port(CablePath lane, Role role, boolean start) {
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
