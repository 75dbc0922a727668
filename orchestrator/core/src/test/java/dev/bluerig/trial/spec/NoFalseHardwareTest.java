package dev.bluerig.trial.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.trial.agent.SampleReadings;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.verdict.Judge;
import dev.bluerig.trial.verdict.RandomRun;
import dev.bluerig.trial.verdict.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Random worlds, the evidence that they would leave, and never a false HARDWARE.
class NoFalseHardwareTest {
    private static final int WORLDS = 20_000;

    @Test
    void what_is_not_hardware_is_never_called_so() {
        var random = new Random(20261122);
        Map<TlsPlacement, Integer> rulings = new EnumMap<>(TlsPlacement.class);
        Map<String, Integer> faults = new TreeMap<>();
        for (int number = 0; number < WORLDS; number++) {
            var world = RandomRun.wrong(random);
            Evidence evidence = SampleReadings.lost(SampleReadings.noise(world.evidence(), random), random);
            for (Verdict verdict : Judge.of(evidence, Thresholds.DEFAULT)) {
                if (world.truth(verdict.role(), verdict.half()).hardware()) continue;
                String which = "world " + number + ": " + world;
                assertNotEquals(TlsPlacement.HARDWARE, verdict.ruling(), () -> which + "\n" + verdict);
                rulings.merge(verdict.ruling(), 1, Integer::sum);
                faults.merge(world.truth(verdict.role(), verdict.half()).fault().name(), 1, Integer::sum);
            }
        }
        for (TlsPlacement ruling : new TlsPlacement[] {TlsPlacement.SOFTWARE, TlsPlacement.USER_SPACE, TlsPlacement.MIXED, TlsPlacement.UNKNOWN}) assertTrue(rulings.getOrDefault(ruling, 0) > 100, () -> "too few of " + ruling + ": " + rulings);
        for (RandomRun.Fault fault : RandomRun.Fault.values()) assertTrue(fault == RandomRun.Fault.NONE || faults.getOrDefault(fault.name(), 0) > 100, () -> "too few of " + fault + ": " + faults);
    }

    @Test
    void what_is_hardware_is_called_so_or_unknown() {
        var random = new Random(42);
        int passed = 0;
        for (int number = 0; number < WORLDS; number++) {
            var world = RandomRun.right(random);
            Evidence evidence = SampleReadings.lost(SampleReadings.noise(world.evidence(), random), random);
            for (Verdict verdict : Judge.of(evidence, Thresholds.DEFAULT)) {
                String which = "world " + number + ": " + world;
                assertTrue(verdict.ruling() == TlsPlacement.HARDWARE || verdict.ruling() == TlsPlacement.UNKNOWN, () -> which + "\n" + verdict);
                if (verdict.ruling() == TlsPlacement.HARDWARE) passed++;
            }
        }
        assertTrue(passed > 1000, "only " + passed);
    }

    @Test
    void hardware_with_nothing_lost_is_always_called_so() {
        var random = new Random(7);
        for (int number = 0; number < 5000; number++) {
            var world = RandomRun.right(random);
            for (Verdict verdict : Judge.of(world.evidence(), Thresholds.DEFAULT)) {
                String which = "world " + number + ": " + world;
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
