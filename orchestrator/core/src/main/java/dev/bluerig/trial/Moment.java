package dev.bluerig.trial;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.SwitchedFlows;
import dev.bluerig.fact.Temperature;
import dev.bluerig.fact.UplinkCounters;
import java.util.Map;

/// Everything at one moment: both ends of each cable, and the DPUs on the way, by the cable's name.
///
/// - `warmth`: of the card at each end. `flows`: asked only while traffic flows.
record Moment(Map<Spot, Snapshot> ends, Map<Spot, Reading<Temperature>> warmth, Map<Pass, Reading<UplinkCounters>> uplinks, Map<Pass, Reading<SwitchedFlows>> flows) {
    Moment {
        ends = Map.copyOf(ends);
        warmth = Map.copyOf(warmth);
        uplinks = Map.copyOf(uplinks);
        flows = Map.copyOf(flows);
    }

    /// One end of one cable.
    record Spot(String cable, Role role) {}

    /// Where a cable passes a DPU.
    record Pass(String cable, String dpu) {}

    Snapshot end(Lane lane, Role role) {
        return ends.get(new Spot(lane.name(), role));
    }

    Reading<Temperature> warmth(Lane lane, Role role) {
        return warmth.get(new Spot(lane.name(), role));
    }

    Reading<UplinkCounters> uplink(Lane lane, Lane.Way way) {
        return uplinks.get(new Pass(lane.name(), way.dpu().name()));
    }

    Reading<SwitchedFlows> flows(Lane lane, Lane.Way way) {
        return flows.getOrDefault(new Pass(lane.name(), way.dpu().name()), Reading.unknown("not asked at that moment"));
    }
}
