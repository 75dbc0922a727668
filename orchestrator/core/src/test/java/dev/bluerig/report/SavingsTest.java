package dev.bluerig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Measurement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the comparison with the offload off may say.
class SavingsTest {
    private static Measurement measured(long bytes, double server, double client) {
        return new Measurement(1, bytes, 0.03, 0.03, server, client, 0, -1, -1);
    }

    private static TrialResult result(TlsPlacement ruling, Measurement on, Measurement off) {
        Cell plain = SampleTrials.as("bench", 0, "1.2", ruling);
        return SampleTrials.result("bench",
            List.of(new Cell(plain.cable(), plain.load(), plain.verdicts(), Optional.of(on), Optional.of(off), List.of(), List.of(),
            Optional.empty())));
    }

    private static String saves(TrialResult result) {
        var table = CellTable.of(TrialFold.of(List.of(result)).getFirst());
        return table.rows().getFirst().fields().get(table.heads().indexOf("saves"));
    }

    @Test
    void where_nothing_was_offloaded_nothing_is_saved() {
        for (TlsPlacement ruling : List.of(TlsPlacement.USER_SPACE, TlsPlacement.SOFTWARE, TlsPlacement.UNKNOWN)) {
            TrialResult result = result(ruling, measured(8L << 20, 345, 400), measured(8L << 20, 900, 967));
            assertEquals("-", saves(result), ruling.name());
            String page = HtmlReport.of(SampleTrials.run(Optional.empty(), result));
            assertTrue(page.contains("nothing was offloaded, so the two runs differ by chance"), ruling.name());
            assertFalse(page.contains("Ratios above 1") || page.contains("2.63 x"), ruling.name());
        }
    }

    @Test
    void hardware_is_compared() {
        assertEquals("5.00 x", saves(result(TlsPlacement.HARDWARE, measured(8L << 30, 0.1, 0.1), measured(8L << 30, 0.5, 0.5))));
    }

    @Test
    void a_figure_that_is_absent_is_not_zero() {
        TrialResult result = result(TlsPlacement.HARDWARE, measured(8L << 30, -1, 0.2), measured(8L << 30, 0.5, 0.5));
        assertEquals("-", saves(result));
        var table = CellTable.of(TrialFold.of(List.of(result)).getFirst());
        assertEquals("? / 0.20", table.rows().getFirst().fields().get(table.heads().indexOf("CPU s/GB")));
    }

    @Test
    void short_payload_is_remarked_on() {
        assertEquals("over 8.39 MB of payload CPU s/GB is mostly the start of the agents; compare it over 1.07 GB and more",
            CellTable.notes(List.of(result(TlsPlacement.USER_SPACE, measured(8L << 20, 345, 400), measured(8L << 20, 345, 400))))
            .getLast());
        assertEquals(1, CellTable.notes(List.of(result(TlsPlacement.HARDWARE, measured(8L << 30, 1, 1), measured(8L << 30, 1, 1)))).size());
        assertEquals(List.of(), CellTable.notes(List.of(SampleTrials.precondition("bench"))));
    }
}
