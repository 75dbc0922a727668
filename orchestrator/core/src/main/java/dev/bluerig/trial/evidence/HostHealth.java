package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Reading;

/// How one machine fared during a run, for the expectations that neither program nor counters of TLS can tell.
///
/// - `linkErrors`: by how much CRC and symbol errors and link downs rose.
/// - `temperature`: the highest seen, in degrees Celsius.
/// - `flows`: of a DPU, the payload's flows that the eswitch carried and those that its cores carried; unknown on a host.
public record HostHealth(String machine, Reading<Long> linkErrors, Reading<Integer> temperature, Reading<Flows> flows) {
    public record Flows(long offloaded, long inSoftware) {}
}
