package dev.bluerig.trial;

import dev.bluerig.source.Ours;
import java.util.List;

/// One machine of the pair as the report to sign shows it: rows of a table, grouped. A value that could not be read says why in `note`.
public record Sheet(@Ours String machine, List<Row> rows) {
    public Sheet {
        rows = List.copyOf(rows);
    }

    /// `group`: card, PCIe, cable, temperature, kernel log, versions. `start` and `end` are equal for what does not change.
    public record Row(@Ours String group, String what, String start, String end, String note) {}
}
