package dev.bluerig.fact.system;

import dev.bluerig.cases.FactCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PackageStateTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("package_state", PackageState.class, new PackageState.Seen(List.of("ethtool", "pciutils")));
    }
}
