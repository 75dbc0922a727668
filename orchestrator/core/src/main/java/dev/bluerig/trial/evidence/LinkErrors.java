package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Reading;
import java.util.List;
import java.util.Map;

/// Errors of a cable as a card's driver counts them (mlx5 counters.rst, group "physical port counters"). Names that a driver does not have
/// are left out; when it has none of them, or one went back or came and went, errors cannot be told.
public final class LinkErrors {
    /// The PCS counts symbol errors where no FEC is active, the other one what FEC could not correct.
    public static final List<String> NAMES =
        List.of("rx_crc_errors_phy", "rx_symbol_err_phy", "rx_pcs_symbol_err_phy", "link_down_events_phy");

    private LinkErrors() {}

    /// All of them together, by how much they rose.
    public static Reading<Long> risen(String where, Map<String, Long> before, Map<String, Long> after) {
        var names = NAMES.stream().filter(name -> before.containsKey(name) || after.containsKey(name)).toList();
        if (names.isEmpty()) return Reading.unknown(where + ": ethtool -S has none of " + String.join(", ", NAMES));
        for (String name : names) {
            if (!before.containsKey(name) || !after.containsKey(name))
                return Reading.unknown(where + ": " + name + " was there only " + (before.containsKey(name) ? "before" : "after")
                    + " the run");
            if (after.get(name) < before.get(name))
                return Reading.unknown(where + ": " + name + " went back from " + FigureText.count(before.get(name)) + " to "
                    + FigureText.count(after.get(name)) + ": the driver was loaded again, or the machine rebooted");
        }
        return Reading.known(names.stream().mapToLong(name -> after.get(name) - before.get(name)).sum());
    }
}
