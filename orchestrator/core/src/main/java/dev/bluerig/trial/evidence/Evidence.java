package dev.bluerig.trial.evidence;

import dev.bluerig.inventory.CableId;
import dev.bluerig.trial.spec.Load;
import java.util.List;
import java.util.Optional;

/// All that is known of one run over one cable. Verdicts are made from this alone.
///
/// - `on`: the run with the offload flags as the trial wants them; `off`: the flip, the same run with the flags off; absent when no flip
///   was wanted, or when no flag was on. Its `after` was looked at when the programs had already put the flags back.
/// - `alongside`: connections of ours that other cables of the pair carried at the same time (`ports: together`); the kernel's counters
///   count them, too.
/// - `uplinks`: the DPUs on the way, during `on`; empty where the DPUs are not ours.
/// - `wire`: what was captured during `on`; absent when it was not wanted. In the flip nothing is captured: the kernel encrypts then, and
///   the card has no part in it.
public record Evidence(CableId cable, Load load, int alongside, RunObservation on, Optional<RunObservation> off,
    List<UplinkTraffic> uplinks, Optional<CaptureResult> wire) {
    public Evidence {
        uplinks = List.copyOf(uplinks);
    }
}
