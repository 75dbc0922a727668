package dev.bluerig.fact.link;

import dev.bluerig.cases.FactCases;
import dev.bluerig.fact.card.PcieErrors;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.ovs.SwitchedFlows;
import dev.bluerig.fact.tls.BsdTlsCounters;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The facts that trials alone ask for.
class TrialFactsTest {
    private static final PciAddress PORT = new PciAddress("0000:b1:00.0");

    @TestFactory
    Stream<DynamicTest> port_speed() {
        return FactCases.of("port-speed", PortSpeed.class, new PortSpeed.Seen(new LinkName("ens1f0np0")));
    }

    @TestFactory
    Stream<DynamicTest> pcie_errors() {
        return FactCases.of("pcie-errors", PcieErrors.class, new PcieErrors.Seen(PORT));
    }

    @TestFactory
    Stream<DynamicTest> temperature() {
        return FactCases.of("temperature", Temperature.class, new Temperature.Seen(PORT));
    }

    @TestFactory
    Stream<DynamicTest> near_cpus() {
        return FactCases.of("near-cpus", NearCpus.class, new NearCpus.Seen(PORT));
    }

    @TestFactory
    Stream<DynamicTest> uplink_counters() {
        return FactCases.of("uplink-counters", UplinkCounters.class, new UplinkCounters.Seen(new LinkName("p0")));
    }

    @TestFactory
    Stream<DynamicTest> switched_flows() {
        return FactCases.of("switched-flows", SwitchedFlows.class,
            new SwitchedFlows.Seen(List.of(new LinkName("p0"), new LinkName("pf0hpf"))));
    }

    @TestFactory
    Stream<DynamicTest> bsd_tls_counters() {
        return FactCases.of("bsd-tls-counters", BsdTlsCounters.class, new BsdTlsCounters.Seen());
    }
}
