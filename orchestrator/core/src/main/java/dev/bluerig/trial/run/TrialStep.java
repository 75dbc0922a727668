package dev.bluerig.trial.run;

import dev.bluerig.inventory.CableId;
import java.util.Optional;

/// Where a pair is in its trial, for the live display.
///
/// - `cell` of `cells`, counted from 1, 0 before the first; `cable`: empty before the first cell and for all cables together.
/// - `doing`: in words: `preconditions`, `handshake`, `payload`, `flip`.
/// - `seconds`, `gigabits`: how long payload has flowed in this run, and how fast it flows now, both directions together; 0 when none does.
public record TrialStep(int cell, int cells, Optional<CableId> cable, String doing, double seconds, double gigabits) {}
