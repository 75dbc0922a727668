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

/// Everything at one moment: both ends of each cable, and the DPUs on the way.
///
/// - `warmth`: of the card at each end. `flows`: asked only while traffic flows.
record PairSnapshot(Map<Spot, EndSnapshot> ends, Map<Spot, Reading<Temperature>> warmth, Map<Pass, Reading<UplinkCounters>> uplinks,
    Map<Pass, Reading<SwitchedFlows>> flows) {
    PairSnapshot {
        ends = Map.copyOf(ends);
        warmth = Map.copyOf(warmth);
        uplinks = Map.copyOf(uplinks);
        flows = Map.copyOf(flows);
    }

    /// One end of one cable.
    record Spot(CableId cable, Role role) {}

    /// Where a cable passes a DPU.
    record Pass(CableId cable, String dpu) {}

    EndSnapshot end(CablePath lane, Role role) {
        return ends.get(new Spot(lane.id(), role));
    }

    Reading<Temperature> warmth(CablePath lane, Role role) {
        return warmth.get(new Spot(lane.id(), role));
    }

    Reading<UplinkCounters> uplink(CablePath lane, CablePath.Way way) {
        return uplinks.get(new Pass(lane.id(), way.dpu().name()));
    }

    Reading<SwitchedFlows> flows(CablePath lane, CablePath.Way way) {
        return flows.getOrDefault(new Pass(lane.id(), way.dpu().name()), Reading.unknown("not asked at that moment"));
    }
}
