package dev.bluerig.report;

import java.util.Locale;
import java.util.Optional;

/// What every page says about where a run took place, so that no simulation is ever taken for hardware.
public final class LabNotice {
    private LabNotice() {}

    /// Empty for real hardware.
    public static String of(Optional<String> lab) {
        return lab.map(name -> name.equals("sim") ? "SIMULATED: every machine of this run was a model inside bluerig"
            : name.toUpperCase(Locale.ROOT) + " LAB: no machine of this run had a real network card").orElse("");
    }

    /// The same in one or two words, for the captions of tables; empty for real hardware.
    public static String label(Optional<String> lab) {
        return of(lab).replaceFirst(":.*", "");
    }
}
