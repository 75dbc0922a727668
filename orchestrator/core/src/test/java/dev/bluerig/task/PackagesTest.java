package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.TaskCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PackagesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("package");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertTrue(Wishes.refused(Packages.class, "{names: []}").contains("no package is named"));
        assertTrue(Wishes.refused(Packages.class, "{names: [ethtool], present: false}").contains("never removed"));
        assertTrue(Wishes.refused(Packages.class, "{names: ['-oDebug=1']}").contains("not the name of a package"));
        assertTrue(Wishes.refused(Packages.class, "{names: [a, a]}").contains("named twice"));
    }
}
