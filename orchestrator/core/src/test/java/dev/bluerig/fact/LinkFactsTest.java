package dev.bluerig.fact;

import dev.bluerig.cases.FactCases;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LinkFactsTest {
    @TestFactory
    Stream<DynamicTest> links() {
        return FactCases.of("links", Links.class, new Links.Seen());
    }

    @TestFactory
    Stream<DynamicTest> offloadFlags() {
        var byPci = new OffloadFlags.Seen(List.of(new LinkRef.At(new PciAddress("0000:b1:00.0")), new LinkRef.At(new PciAddress("0000:b1:00.1"))));
        var byName = new OffloadFlags.Seen(List.of(new LinkRef.Named(new LinkName("ens1f0np0"))));
        return FactCases.of("offload-flags", OffloadFlags.class, one -> one.name().startsWith("by-pci") ? byPci : byName);
    }

    @TestFactory
    Stream<DynamicTest> tlsSockets() {
        return FactCases.of("tls-sockets", TlsSockets.class, new TlsSockets.Seen());
    }

    @TestFactory
    Stream<DynamicTest> managementPath() {
        return FactCases.of("management-path", ManagementPath.class, new ManagementPath.Seen());
    }

    @TestFactory
    Stream<DynamicTest> persistence() {
        return FactCases.of("persistence", Persistence.class, new Persistence.Seen());
    }
}
