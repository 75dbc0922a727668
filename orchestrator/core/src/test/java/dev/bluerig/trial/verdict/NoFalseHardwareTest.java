package dev.bluerig.trial.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.trial.agent.SampleReadings;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random worlds, the evidence that they would leave, and never a false HARDWARE.
class NoFalseHardwareTest {
    private static final int WORLDS = 5_000;
    private static final int MORE_WORLDS = 20_000;

    @Test
    void what_is_not_hardware_is_never_called_so() {
        neverCalledHardware(20261122, WORLDS);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {20261122, 20270401})
    void nor_in_more_worlds(long seed) {
        neverCalledHardware(seed, MORE_WORLDS);
    }

    private static void neverCalledHardware(long seed, int worlds) {
        var random = new Random(seed);
        int enough = worlds / 200;
        Map<TlsPlacement, Integer> rulings = new EnumMap<>(TlsPlacement.class);
        Map<String, Integer> faults = new TreeMap<>();
        for (int number = 0; number < worlds; number++) {
            var run = RandomRun.wrong(random);
            Evidence evidence = SampleReadings.lost(SampleReadings.noise(run.evidence(), random), random);
            for (Verdict verdict : Judge.of(evidence, Thresholds.DEFAULT)) {
                if (run.truth(verdict.role(), verdict.half()).hardware()) continue;
                String which = "world " + number + ": " + run;
                assertNotEquals(TlsPlacement.HARDWARE, verdict.ruling(), () -> which + "\n" + verdict);
                rulings.merge(verdict.ruling(), 1, Integer::sum);
                faults.merge(run.truth(verdict.role(), verdict.half()).fault().name(), 1, Integer::sum);
            }
        }
        for (TlsPlacement ruling : List.of(TlsPlacement.SOFTWARE, TlsPlacement.USER_SPACE, TlsPlacement.MIXED, TlsPlacement.UNKNOWN))
            assertTrue(rulings.getOrDefault(ruling, 0) > enough, () -> "too few of " + ruling + ": " + rulings);
        for (RandomRun.Fault fault : RandomRun.Fault.values())
            assertTrue(fault == RandomRun.Fault.NONE || faults.getOrDefault(fault.name(), 0) > enough,
                () -> "too few of " + fault + ": " + faults);
    }

    @Test
    void what_is_hardware_is_called_so_or_unknown() {
        calledHardwareOrUnknown(42, WORLDS);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {42, 43})
    void so_it_is_in_more_worlds(long seed) {
        calledHardwareOrUnknown(seed, MORE_WORLDS);
    }

    private static void calledHardwareOrUnknown(long seed, int worlds) {
        var random = new Random(seed);
        int passed = 0;
        for (int number = 0; number < worlds; number++) {
            var run = RandomRun.right(random);
            Evidence evidence = SampleReadings.lost(SampleReadings.noise(run.evidence(), random), random);
            for (Verdict verdict : Judge.of(evidence, Thresholds.DEFAULT)) {
                String which = "world " + number + ": " + run;
                assertTrue(verdict.ruling() == TlsPlacement.HARDWARE || verdict.ruling() == TlsPlacement.UNKNOWN,
                    () -> which + "\n" + verdict);
                if (verdict.ruling() == TlsPlacement.HARDWARE) passed++;
            }
        }
        assertTrue(passed > worlds / 20, "only " + passed);
    }

    @Test
    void hardware_with_nothing_lost_is_always_called_so() {
        var random = new Random(7);
        for (int number = 0; number < 5000; number++) {
            var run = RandomRun.right(random);
            for (Verdict verdict : Judge.of(run.evidence(), Thresholds.DEFAULT)) {
                String which = "world " + number + ": " + run;
                assertEquals(TlsPlacement.HARDWARE, verdict.ruling(), () -> which + "\n" + verdict);
            }
        }
    }

    @Test
    void the_same_evidence_gives_the_same_verdicts() {
        var random = new Random(3);
        for (int number = 0; number < 200; number++) {
            Evidence evidence = SampleReadings.lost(RandomRun.wrong(random).evidence(), random);
            assertEquals(Judge.of(evidence, Thresholds.DEFAULT), Judge.of(evidence, Thresholds.DEFAULT));
        }
    }
}
