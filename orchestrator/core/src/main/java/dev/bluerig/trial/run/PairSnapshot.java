package dev.bluerig.trial.run;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.ovs.SwitchedFlows;
import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.spec.CablePath;
import java.util.Map;

/// Everything at one time: both ends of each cable, and the DPUs on the way.
///
/// - `temperature`: of the card at each end. `flows`: asked only while traffic flows.
record PairSnapshot(Map<CableEnd, EndSnapshot> ends, Map<CableEnd, Reading<Temperature>> temperatures,
    Map<CableDpu, Reading<UplinkCounters>> uplinks, Map<CableDpu, Reading<SwitchedFlows>> flows) {
    PairSnapshot {
        ends = Map.copyOf(ends);
        temperatures = Map.copyOf(temperatures);
        uplinks = Map.copyOf(uplinks);
        flows = Map.copyOf(flows);
    }

    /// One end of one cable.
    record CableEnd(CableId cable, Role role) {}

    /// Where a cable passes a DPU.
    record CableDpu(CableId cable, String dpu) {}

    EndSnapshot end(CablePath path, Role role) {
        return ends.get(new CableEnd(path.id(), role));
    }

    Reading<Temperature> temperature(CablePath path, Role role) {
        return temperatures.get(new CableEnd(path.id(), role));
    }

    Reading<UplinkCounters> uplink(CablePath path, CablePath.DpuHop way) {
        return uplinks.get(new CableDpu(path.id(), way.dpu().name()));
    }

    Reading<SwitchedFlows> flows(CablePath path, CablePath.DpuHop way) {
        return flows.getOrDefault(new CableDpu(path.id(), way.dpu().name()), Reading.unknown("not asked at that moment"));
    }
}
