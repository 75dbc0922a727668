package dev.bluerig.fact.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.cases.FactCases;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InstalledProgramsTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("programs", InstalledPrograms.class, new InstalledPrograms.Seen(Set.of("ip", "arping", "nmcli", "./own")));
    }

    @Test
    void the_package_is_named_for_both_families() {
        assertEquals(Optional.of("install the package iputils-arping (Debian, Ubuntu) or iputils (RHEL and its kin)"),
            InstalledPrograms.install("arping"));
        assertEquals(Optional.empty(), InstalledPrograms.install("flag-set"));
    }
}
