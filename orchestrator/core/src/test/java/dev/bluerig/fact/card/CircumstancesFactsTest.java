package dev.bluerig.fact.card;

import dev.bluerig.cases.FactCases;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.inventory.PciAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The facts that only a diagnosis asks for.
class CircumstancesFactsTest {
    private static final PciAddress PORT = new PciAddress("0000:b1:00.0");

    @TestFactory
    Stream<DynamicTest> eswitch_mode() {
        return FactCases.of("eswitch-mode", EswitchMode.class, new EswitchMode.Seen(PORT));
    }

    @TestFactory
    Stream<DynamicTest> kernel_log() {
        return FactCases.of("kernel-log", KernelLog.class, new KernelLog.Seen());
    }

    @TestFactory
    Stream<DynamicTest> pcie_link() {
        return FactCases.of("pcie-link", PcieLink.class, new PcieLink.Seen(PORT));
    }
}
