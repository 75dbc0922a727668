package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Reading;

/// What passed an uplink of a DPU during a run. `counter` names what was read (`tx_bytes_phy`, or `tx_bytes` of an interface that has no
/// others).
public record UplinkTraffic(String dpu, String link, String end, String counter, Reading<Long> out, Reading<Long> in) {}
