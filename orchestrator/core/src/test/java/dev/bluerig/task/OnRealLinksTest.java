package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.task.diff.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The remedies against a real kernel: `ip`, `arping` and `ping` in network namespaces.
@Execution(ExecutionMode.CONCURRENT)
@NeedsLab(value = {"ip", "arping", "ping", "ss", "ethtool"}, root = true)
class OnRealLinksTest {
    private static final String WANTED = "{name: ens1f0np0, addresses: [192.0.2.1/30, \"fd00::1/64\"], only: true, mtu: 9000, up: true,"
        + " persist: true}";
    private static final String NETPLAN = "/etc/netplan/60-bluerig-ens1f0np0.yaml";

    @TempDir
    Path root;
    private RealLinks links;

    @BeforeEach
    void start() throws IOException {
        links = new RealLinks(root);
        links.write("/lib/systemd/system-generators/netplan", "#!/bin/sh\n");
        links.write("/etc/netplan/00-installer-config.yaml", "network:\n  version: 2\n  ethernets:\n    eno1: {dhcp4: true}\n");
    }

    @AfterEach
    void end() {
        links.close();
    }

    private Outcome apply(String yaml) {
        return links.play(Mode.APPLY, InterfaceTask.class, yaml);
    }

    private String shown() {
        return links.inHost("ip", "-o", "address", "show", "dev", "ens1f0np0", "scope", "global");
    }

    @Test
    void a_new_link_is_set_up_once_and_drift_is_mended() throws IOException {
        assertInstanceOf(Outcome.WouldChange.class, links.play(Mode.CHECK, InterfaceTask.class, WANTED));
        assertInstanceOf(Outcome.Changed.class, apply(WANTED));
        assertEquals(new Outcome.Ok(""), apply(WANTED));
        assertTrue(shown().contains("192.0.2.1/30") && shown().contains("fd00::1/64"), shown());
        assertTrue(links.read(NETPLAN).contains("mtu: 9000"));

        links.inHost("ip", "link", "set", "dev", "ens1f0np0", "mtu", "1500");
        var mtu = assertInstanceOf(Outcome.Changed.class, apply(WANTED));
        assertEquals(List.of(new Change("ens1f0np0 mtu", "9000", "1500")), mtu.changes());

        links.write(NETPLAN, links.read(NETPLAN).replace("9000", "1500"));
        var file = assertInstanceOf(Outcome.Changed.class, apply(WANTED));
        assertEquals(List.of(Change.atBoot("ens1f0np0 at boot (netplan)", "in " + NETPLAN, "other settings")), file.changes());
        assertEquals(new Outcome.Ok(""), apply(WANTED));
    }

    @Test
    void an_address_that_the_first_of_its_subnet_takes_along_comes_back() {
        links.inHost("ip", "link", "set", "dev", "ens1f0np0", "up");
        for (String other : List.of("192.0.2.2/30", "198.51.100.7/24", "198.51.100.8/24", "2001:db8::5/64"))
            links.inHost("ip", "address", "add", other, "dev", "ens1f0np0");
        links.inHost("ip", "address", "add", "192.0.2.1/24", "dev", "ens1f0np0");
        assertInstanceOf(Outcome.Changed.class, apply(WANTED));
        assertEquals(2, shown().lines().count(), shown());
        assertTrue(shown().contains("192.0.2.1/30"), shown());
        assertTrue(links.inHost("ip", "-o", "address", "show", "dev", "ens1f0np0", "scope", "link").contains("fe80::"));
    }

    @Test
    void without_only_other_addresses_stay() {
        links.inHost("ip", "link", "set", "dev", "ens1f0np0", "up");
        links.inHost("ip", "address", "add", "198.51.100.7/24", "dev", "ens1f0np0");
        assertInstanceOf(Outcome.Changed.class, apply(WANTED.replace("only: true", "only: false")));
        assertTrue(shown().contains("198.51.100.7/24") && shown().contains("192.0.2.1/30"), shown());
    }

    @Test
    void an_address_that_somebody_else_has_is_not_taken_and_nothing_changes() throws IOException {
        links.inPeer("ip", "address", "add", "192.0.2.1/30", "dev", "far0");
        links.inHost("ip", "link", "set", "dev", "ens1f0np0", "up");
        var failed = assertInstanceOf(Outcome.Failed.class, apply(WANTED));
        assertTrue(failed.failure().detail().contains("arping") && failed.failure().detail().contains("Unicast reply from 192.0.2.1"),
            failed.failure().detail());
        assertFalse(shown().contains("192.0.2.1"), shown());
        assertTrue(links.inHost("ip", "link", "show", "dev", "ens1f0np0").contains("mtu 1500"));
        assertFalse(root.resolve(NETPLAN.substring(1)).toFile().exists());
    }

    @Test
    void a_missing_link_and_a_fixed_flag_are_only_for_a_person() {
        assertEquals("LINK_MISSING", code(apply(WANTED.replace("ens1f0np0", "ens9"))));
        assertEquals("OFFLOAD_FIXED", code(links.play(Mode.APPLY, OffloadTask.class, "{name: ens1f0np0, tls_tx: true}")));
        assertEquals(new Outcome.Ok(""), links.play(Mode.APPLY, OffloadTask.class, "{name: ens1f0np0, tls_tx: false, tls_rx: false}"));
    }

    @Test
    void reach_sees_the_whole_way() {
        links.inPeer("ip", "address", "add", "192.0.2.2/30", "dev", "far0");
        assertInstanceOf(Outcome.Changed.class, apply(WANTED));
        assertEquals(new Outcome.Ok(""), reach());
        links.inPeer("ip", "link", "set", "dev", "far0", "mtu", "1500");
        assertEquals("REACH_SMALL_ONLY", code(reach()));
        links.inPeer("ip", "link", "set", "dev", "far0", "down");
        assertEquals("REACH_NO_ARP", code(reach()));
    }

    private Outcome reach() {
        return links.play(Mode.ACCEPT, ReachSpec.class, "{pairs: all, mtu: 9000}");
    }

    private static String code(Outcome outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).failure().code().name();
    }

    /// The documented set-up for several cards: the bridge holds the address, its port serves; and what a bridge lacks is not put on its
    /// port.
    @Test
    void a_port_of_a_bridge_takes_no_address_of_its_own() {
        links.inHost("ip", "link", "add", "br0", "type", "bridge");
        links.inHost("ip", "link", "set", "dev", "ens1f0np0", "master", "br0", "up");
        assertEquals("LINK_BELONGS", code(apply("{name: ens1f0np0, addresses: [192.0.2.1/30]}")));
        links.inHost("ip", "address", "add", "192.0.2.1/24", "dev", "br0");
        assertEquals(new Outcome.Ok(""), apply("{name: ens1f0np0, addresses: [192.0.2.1/30]}"));
        assertEquals("", shown());
        links.inHost("ip", "link", "set", "dev", "ens1f0np0", "nomaster");
        assertEquals("ADDRESS_ELSEWHERE", code(apply("{name: ens1f0np0, addresses: [192.0.2.1/30]}")));
        assertEquals("", shown());
    }

    /// What a change says of routes is what the kernel then does.
    @Test
    void a_change_names_the_routes_that_it_shadows_or_loses() {
        links.inHost("ip", "link", "add", "br0", "type", "bridge");
        links.inHost("ip", "link", "set", "dev", "ens1f0np0", "up");
        links.inHost("ip", "link", "set", "dev", "br0", "up");
        links.inHost("ip", "address", "add", "192.0.2.9/24", "dev", "br0");
        links.inHost("ip", "address", "add", "198.51.100.1/24", "dev", "br0");
        assertTrue(way("192.0.2.2").contains("dev br0"));
        var added = assertInstanceOf(Outcome.Changed.class, apply("{name: ens1f0np0, addresses: [192.0.2.1/30, 198.51.100.2/24]}"));
        assertEquals(List.of("present, shadows 192.0.2.0/24 via br0",
            "present, beside 198.51.100.0/24 via br0 (packets go on leaving by that)"),
            added.changes().stream().map(Change::expected).toList());
        assertTrue(way("192.0.2.2").contains("dev ens1f0np0"), way("192.0.2.2"));
        assertTrue(way("198.51.100.9").contains("dev br0"), way("198.51.100.9"));

        links.inHost("ip", "route", "add", "203.0.113.0/24", "via", "192.0.2.2", "dev", "ens1f0np0");
        var gone = assertInstanceOf(Outcome.Changed.class, apply("{name: ens1f0np0, only: true, addresses: [\"fd00::1/64\"]}"));
        String lost = gone.changes().getLast().expected();
        for (String route : List.of("192.0.2.0/30", "198.51.100.0/24", "203.0.113.0/24")) assertTrue(lost.contains(route), lost);
        assertFalse(links.inHost("ip", "route").contains("ens1f0np0"), links.inHost("ip", "route"));
    }

    private String way(String address) {
        return links.inHost("ip", "route", "get", address);
    }
}
