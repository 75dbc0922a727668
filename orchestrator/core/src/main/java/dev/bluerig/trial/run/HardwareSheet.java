package dev.bluerig.trial.run;

import dev.bluerig.source.TrustedText;
import java.util.List;

/// One machine of the pair as the report to sign shows it: rows of a table, grouped. A value that could not be read says why in `note`.
public record HardwareSheet(@TrustedText String machine, List<Row> rows) {
    public HardwareSheet {
        rows = List.copyOf(rows);
    }

    /// `group`: card, PCIe, cable, temperature, kernel log, versions. `start` and `end` are equal for what does not change.
    public record Row(@TrustedText String group, String what, String start, String end, String note) {}
}
