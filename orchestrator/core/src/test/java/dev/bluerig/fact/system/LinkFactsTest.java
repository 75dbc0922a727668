package dev.bluerig.fact.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.cases.FactCases;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.way.ManagementPath;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LinkFactsTest {
    @TestFactory
    Stream<DynamicTest> links() {
        return FactCases.of("links", Links.class, new Links.Seen());
    }

    @TestFactory
    Stream<DynamicTest> offload_flags() {
        var byPci =
            new OffloadFlags.Seen(List.of(new LinkRef.ByAddress(new PciAddress("0000:b1:00.0")),
                new LinkRef.ByAddress(new PciAddress("0000:b1:00.1"))));
        var byName = new OffloadFlags.Seen(List.of(new LinkRef.ByName(new LinkName("ens1f0np0"))));
        return FactCases.of("offload-flags", OffloadFlags.class, one -> one.name().startsWith("by-pci") ? byPci : byName);
    }

    @TestFactory
    Stream<DynamicTest> tls_sockets() {
        return FactCases.of("tls-sockets", TlsSockets.class, new TlsSockets.Seen());
    }

    @TestFactory
    Stream<DynamicTest> management_path() {
        return FactCases.of("management-path", ManagementPath.class, ManagementPath.seen());
    }

    @TestFactory
    Stream<DynamicTest> persistence() {
        return FactCases.of("persistence", Persistence.class, Persistence.seen());
    }

    /// As `grep -z` prints the environments of processes.
    @Test
    void sessions_of_other_processes_are_told_by_their_environments() {
        var found = SshConnections.inherited("SSH_CONNECTION=10.0.0.1 51000 10.0.0.11 22\0SSH_CONNECTION=fe80::9%eno1 4 fe80::1%eno1"
            + " 22\0SSH_CONNECTION=\0X=10.0.0.7 1 10.0.0.8 22\0");
        assertEquals(List.of(new SshConnections.Connection("10.0.0.11", "10.0.0.1", "SSH from 10.0.0.1"),
            new SshConnections.Connection("fe80::1", "fe80::9", "SSH from fe80::9")), found);
    }

    /// iproute2 6.1.0 prints a control character in a name as it is (tried with a bridge), which no JSON parser takes.
    @Test
    void a_control_character_in_a_name_hides_no_link() {
        var names = Links.parse("[{\"ifname\":\"lo\",\"mtu\":65536},{\"ifname\":\"q\u0001z\",\"mtu\":1500}]").all().stream()
            .map(link -> link.name().text()).toList();
        assertEquals(List.of("lo", "q\u0001z"), names);
    }
}
