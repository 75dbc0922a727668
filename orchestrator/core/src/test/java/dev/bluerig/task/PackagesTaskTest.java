package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.TaskCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PackagesTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("package");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertTrue(SampleSpecs.refused(PackagesTask.class, "{names: []}").contains("no package is named"));
        assertTrue(SampleSpecs.refused(PackagesTask.class, "{names: [ethtool], present: false}").contains("never removed"));
        assertTrue(SampleSpecs.refused(PackagesTask.class, "{names: ['-oDebug=1']}").contains("not the name of a package"));
        assertTrue(SampleSpecs.refused(PackagesTask.class, "{names: [a, a]}").contains("named twice"));
    }
}
