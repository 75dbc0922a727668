package dev.bluerig.trial.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// Bars and expectations that would let anything pass are mistakes of the playbook, said where they stand.
class LimitsTest {
    @TestFactory
    Stream<DynamicTest> bars_have_ranges() {
        return Stream.of(
            refused("received 0", "`received` is 0.9 to 1, found 0.0", () -> new Thresholds(0, 0.02, 1000)),
            refused("received below 0", "`received` is 0.9 to 1, found -1.0", () -> new Thresholds(-1, 0.02, 1000)),
            refused("received half", "`received` is 0.9 to 1, found 0.5", () -> new Thresholds(0.5, 0.02, 1000)),
            refused("received above 1", "`received` is 0.9 to 1, found 1.1", () -> new Thresholds(1.1, 0.02, 1000)),
            refused("received is no number", "`received` is 0.9 to 1, found NaN", () -> new Thresholds(Double.NaN, 0.02, 1000)),
            refused("surplus without end", "`surplus` is 0 to 0.1, found Infinity",
            () -> new Thresholds(0.99, Double.POSITIVE_INFINITY, 1000)),
            refused("surplus below 0", "`surplus` is 0 to 0.1, found -0.1", () -> new Thresholds(0.99, -0.1, 1000)),
            refused("disorder without end", "`disorder` is 0 to 10000, found 2147483647",
            () -> new Thresholds(0.99, 0.02, Integer.MAX_VALUE)),
            refused("disorder below 0", "`disorder` is 0 to 10000, found -1", () -> new Thresholds(0.99, 0.02, -1)));
    }

    @TestFactory
    Stream<DynamicTest> expectations_have_ranges() {
        return Stream.of(
            refused("line rate below 0", "`line_rate` is above 0, and at most 1, found -1.0", () -> expect(0, -1.0, 1.0, 1.0, 0.5, 0L, 90)),
            refused("line rate above 1", "`line_rate` is above 0, and at most 1, found 80.0", () -> expect(0, 80.0, 1.0, 1.0, 0.5, 0L, 90)),
            refused("no throughput", "`gigabits` is above 0, found 0.0", () -> expect(0, 0.5, 0.0, 1.0, 0.5, 0L, 90)),
            refused("CPU without end", "`cpu_per_gigabyte` is above 0, found Infinity",
            () -> expect(0, 0.5, 1.0, Double.POSITIVE_INFINITY, 0.5, 0L, 90)),
            refused("every segment twice", "`retransmits` is 0 or more, and below 1, found 1.0",
            () -> expect(0, 0.5, 1.0, 1.0, 1.0, 0L, 90)),
            refused("fewer link errors than none", "`link_errors` is 0 or more, found -1", () -> expect(0, 0.5, 1.0, 1.0, 0.5, -1L, 90)),
            refused("hotter than any card", "`temperature_below` is 1 to 150, found 2000", () -> expect(0, 0.5, 1.0, 1.0, 0.5, 0L, 2000)),
            refused("fewer errors than none", "`decrypt_errors` is 0 or more, found -1", () -> expect(-1, 0.5, 1.0, 1.0, 0.5, 0L, 90)));
    }

    private static Expect expect(long errors, double line, double gigabits, double cpu, double retransmits, long linkErrors, int below) {
        return new Expect(Optional.empty(), Optional.empty(), errors, Expect.Flows.ANY, Optional.of(line), Optional.of(gigabits),
            Optional.of(cpu), Optional.of(retransmits), Optional.of(linkErrors), Optional.of(below));
    }

    private static DynamicTest refused(String name, String message, Executable make) {
        return DynamicTest.dynamicTest(name, () -> assertEquals(message, assertThrows(IllegalArgumentException.class, make).getMessage()));
    }

    @Test
    void the_ends_of_the_ranges_are_within() {
        assertTrue(new Thresholds(0.9, 0, 0).received() < new Thresholds(1, 0.1, 10_000).received());
        assertEquals(1, expect(0, 1.0, 0.001, 0.001, 0, 0, 1).lineRate().orElseThrow());
    }
}
