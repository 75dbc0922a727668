package dev.bluerig.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.cases.FactCases;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProgramsTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("programs", Programs.class, new Programs.Seen(Set.of("ip", "arping", "nmcli", "./own")));
    }

    @Test
    void thePackageIsNamedForBothFamilies() {
        assertEquals(Optional.of("install the package iputils-arping (Debian, Ubuntu) or iputils (RHEL and its kin)"), Programs.install("arping"));
        assertEquals(Optional.empty(), Programs.install("flag-set"));
    }
}
