package dev.bluerig.fact.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.NearCpus;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.system.Services;
import dev.bluerig.fact.system.SshConnections;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What each wording means, with its negations; whatever is not in a table is unknown.
class WordingTest {
    private record Wording(String text, Crypto.State state) {}

    private static final List<Wording> CRYPTO = List.of(
        new Wording("BlueField-2 DPU 25GbE Dual-Port; Crypto Enabled; 16GB on-board DDR", Crypto.State.ENABLED),
        new Wording("BlueField-2 SoC Crypto enabled", Crypto.State.ENABLED),
        new Wording("Crypto and Secure Boot Enabled; HHHL", Crypto.State.ENABLED),
        new Wording("Crypto: enabled", Crypto.State.ENABLED),
        new Wording("Crypto Enable", Crypto.State.ENABLED),
        new Wording("Crypto-Enabled", Crypto.State.ENABLED),
        new Wording("Crypto Enabled No Secure Boot", Crypto.State.ENABLED),
        new Wording("Crypto Disabled, Secure Boot Enabled", Crypto.State.DISABLED),
        new Wording("Secure Boot Enabled; Crypto Disabled", Crypto.State.DISABLED),
        new Wording("Crypto not enabled", Crypto.State.DISABLED),
        new Wording("Crypto: not enabled", Crypto.State.DISABLED),
        new Wording("Crypto: none", Crypto.State.DISABLED),
        new Wording("Crypto: no", Crypto.State.DISABLED),
        new Wording("Crypto Off", Crypto.State.DISABLED),
        new Wording("Crypto unsupported", Crypto.State.DISABLED),
        new Wording("Crypto N/A", Crypto.State.DISABLED),
        new Wording("No Crypto", Crypto.State.DISABLED),
        new Wording("Secure Boot Enabled, No Crypto", Crypto.State.DISABLED),
        new Wording("No IPsec/TLS crypto", Crypto.State.DISABLED),
        new Wording("No IPsec or TLS crypto", Crypto.State.DISABLED),
        new Wording("without crypto", Crypto.State.DISABLED),
        new Wording("w/o Crypto", Crypto.State.DISABLED),
        new Wording("non-Crypto", Crypto.State.DISABLED),
        new Wording("Crypto", Crypto.State.UNKNOWN),
        new Wording("Nvidia Bluefield-3 Dual Port 200 GbE QSFP Crypto DPU", Crypto.State.UNKNOWN),
        new Wording("PCIe Gen4 x8; Crypto and Secure Boot; 1GbE OOB", Crypto.State.UNKNOWN),
        new Wording("crypto capable", Crypto.State.UNKNOWN),
        new Wording("Crypto not disabled", Crypto.State.UNKNOWN),
        new Wording("Crypto Enabled; Crypto Disabled", Crypto.State.UNKNOWN),
        new Wording("No Secure Boot Crypto Enabled", Crypto.State.UNKNOWN),
        new Wording("Cryptography Enabled", Crypto.State.UNKNOWN),
        new Wording("Crypto Enabled: No", Crypto.State.DISABLED),
        new Wording("Crypto enabled = false", Crypto.State.DISABLED),
        new Wording("Crypto Enabled: N/A", Crypto.State.DISABLED),
        new Wording("Crypto not yet enabled", Crypto.State.DISABLED),
        new Wording("Crypto is not currently enabled", Crypto.State.DISABLED),
        new Wording("Crypto isn't enabled", Crypto.State.DISABLED),
        new Wording("Crypto not supported", Crypto.State.DISABLED),
        new Wording("Crypto: not available", Crypto.State.DISABLED),
        new Wording("Device doesn't support Crypto", Crypto.State.DISABLED),
        new Wording("Crypto [Disabled]", Crypto.State.DISABLED),
        new Wording("Crypto: \"Disabled\"", Crypto.State.DISABLED),
        new Wording("Crypto Disabled.", Crypto.State.DISABLED),
        new Wording("Crypto\u2011Disabled", Crypto.State.DISABLED),
        new Wording("Crypto inactive", Crypto.State.DISABLED),
        new Wording("Crypto can be enabled", Crypto.State.UNKNOWN),
        new Wording("Crypto to be enabled", Crypto.State.UNKNOWN),
        new Wording("Crypto may be enabled", Crypto.State.UNKNOWN),
        new Wording("Crypto was enabled", Crypto.State.UNKNOWN),
        new Wording("Crypto enabled with license", Crypto.State.UNKNOWN),
        new Wording("Crypto enabled if licensed", Crypto.State.UNKNOWN),
        new Wording("Crypto Enabled or Disabled", Crypto.State.UNKNOWN),
        new Wording("Crypto Enabled/Disabled", Crypto.State.UNKNOWN),
        new Wording("Crypto supported", Crypto.State.UNKNOWN),
        new Wording("Crypto Enabled.", Crypto.State.ENABLED),
        new Wording("Crypto\u00a0Enabled", Crypto.State.ENABLED),
        new Wording("Crypto Enabled up to 200GbE", Crypto.State.ENABLED),
        new Wording("", Crypto.State.UNKNOWN),
        new Wording("x".repeat(245) + "; Crypto En", Crypto.State.ENABLED),
        new Wording("x".repeat(245) + "; Crypto Dis", Crypto.State.DISABLED),
        new Wording("x".repeat(245) + "; Crypto", Crypto.State.UNKNOWN),
        new Wording("x".repeat(245) + "; Crypto not En", Crypto.State.DISABLED));

    @TestFactory
    Stream<DynamicTest> crypto() {
        return CRYPTO.stream()
            .map(each -> DynamicTest.dynamicTest("`" + each.text() + "`",
            () -> assertEquals(each.state(), CryptoWording.state(each.text()))));
    }

    @TestFactory
    Stream<DynamicTest> offload_flags() {
        var said = Map.of("on", TlsFlags.Flag.ON, "off", TlsFlags.Flag.OFF, "off [fixed]", TlsFlags.Flag.OFF_FIXED, "on [fixed]",
            TlsFlags.Flag.ON_FIXED,
            "off [requested on]", TlsFlags.Flag.OFF_REFUSED, "on/off", TlsFlags.Flag.ABSENT, "once", TlsFlags.Flag.ABSENT, "on [perhaps]",
            TlsFlags.Flag.ABSENT, "offline", TlsFlags.Flag.ABSENT);
        return said.entrySet().stream().map(each -> DynamicTest.dynamicTest(each.getKey(),
            () ->
            assertEquals(each.getValue(), TlsFlags.parse("Features for x:\nrx-checksumming: on\ntls-hw-tx-offload: " + each.getKey() + "\n")
            .transmit())));
    }

    @Test
    void a_manual_is_no_list_of_features() {
        assertThrows(IllegalArgumentException.class, () -> TlsFlags.parse("       tls-hw-tx-offload: on/off\n              Specifies"
            + " whether TLS offload is used.\n"));
    }

    @Test
    void rows_below_another_heading_are_no_functions_of_this_machine() {
        var status = MstStatus.parse("""
            MST modules:
            ------------
                MST PCI module is not loaded
                MST PCI configuration module loaded

            PCI devices:
            ------------
            DEVICE_TYPE             MST                           PCI       RDMA            NET                       NUMA
            BlueField2(rev:1)       /dev/mst/mt41686_pciconf0     b1:00.0   mlx5_0          net-ens1f0np0             0

            Cable devices:
            -------------------
            NA                      /dev/mst/mt41686_pciconf0_cable_0

            Inband devices:
            -------------------
            BlueField2(rev:1)       /dev/mst/CA_host-b_mlx5_0     c1:00.0   mlx5_9          net-ens9f0np0             0
            """);
        assertEquals(1, status.devices().size());
        assertEquals("[ens1f0np0]", status.devices().getFirst().netdevs().toString());
        assertEquals(List.of("mlx5_0"), status.devices().getFirst().rdma());
    }

    @Test
    void a_slot_without_domain_is_of_the_first_domain() {
        assertEquals(Optional.of(CardMode.NIC), RshimMisc.parse("DISPLAY_LEVEL   0 (0:basic)\nBF_MODE         NIC mode\nDEV_NAME       "
            + " pcie-04:00.2\n").mode("0000:04:00"));
    }

    @Test
    void an_odd_counter_is_odd_alone() {
        var nic = NicCounters.parse("NIC statistics:\n     rx_tls_err: 18446744073709551615\n     tx_tls_ctx: 4\n     module: x: 5\n   "
            + "  [0] tx: 7\n");
        assertEquals(OptionalLong.empty(), nic.of("rx_tls_err"));
        assertEquals(OptionalLong.of(4), nic.of("tx_tls_ctx"));
        assertEquals(OptionalLong.of(7), nic.of("[0] tx"));
        var tls = TlsCounters.parse("TlsTxSw \t99999999999999999999\nTlsTxDevice \t3\n");
        assertEquals(OptionalLong.empty(), tls.of("TlsTxSw"));
        assertEquals(OptionalLong.of(3), tls.of("TlsTxDevice"));
    }

    @Test
    void versions_are_numbers_and_not_too_many_of_them() {
        assertEquals("5.4.0", Version.leading("5.4.0-1054.44.g88324c5-bluefield").orElseThrow().text());
        assertEquals("6.8", Version.leading("6.8.").orElseThrow().text());
        assertEquals(Optional.empty(), Version.leading("v6.8"));
        assertEquals(Optional.empty(), Version.leading("6" + ".1".repeat(8_000)));
        assertEquals(Optional.empty(), Version.leading("1234567890.1"));
        assertThrows(IllegalArgumentException.class, () -> new Version("6." + "1.".repeat(8_000) + "1"));
        assertThrows(IllegalArgumentException.class, () -> new Version("6."));
    }

    @Test
    void an_engine_that_tells_nothing_is_no_dpu_mode() {
        String table = "Device type:        BlueField3\nConfigurations:                  Default          Current          Next Boot\n"
            + "        INTERNAL_CPU_MODEL              EMBEDDED_CPU(1)  EMBEDDED_CPU(1)  EMBEDDED_CPU(1)\n";
        assertEquals(Optional.of(CardMode.DPU), CardSettings.parse(table).mode());
        String engine = "        INTERNAL_CPU_OFFLOAD_ENGINE     N/A              %s              ENABLED(0)\n";
        for (String told : List.of("N/A", "-", "UNKNOWN(7)", "2"))
            assertEquals(Optional.empty(), CardSettings.parse(table + engine.formatted(told)).mode(), told);
        assertEquals(List.of(), CardSettings.parse(table + engine.formatted("N/A")).waiting());
        assertEquals(1, CardSettings.parse(table + engine.formatted("DISABLED(1)")).waiting().size());
    }

    @Test
    void a_function_is_a_port_by_its_id_too() {
        var ports = PciFunction.parse("""
            0000:b1:00.0 Ethernet controller [0200]: Mellanox Technologies Device [15b3:a2dc] (rev 01)
            0000:b1:00.2 Ethernet controller [0200]: Mellanox Technologies Device [15b3:c2d1] (rev 01)
            0000:b1:00.3 Ethernet controller [0200]: Mellanox Technologies Device [15b3:101e] (rev 01)
            """).stream().filter(PciFunction::port).map(PciFunction::device).toList();
        assertEquals(List.of("a2dc"), ports);
    }

    @Test
    void a_running_version_that_is_not_told_is_not_the_burnt_one() {
        assertEquals(Optional.of(new Version("24.35.1012")), FirmwareTools.flint("FW Version:            24.35.1012\n").running());
        assertEquals(Optional.empty(), FirmwareTools.flint("FW Version:            24.35.1012\nFW Version(Running):   N/A\n").running());
        assertEquals(Optional.empty(), FirmwareTools.manager("     FW             24.35.1012     N/A\n     FW (Running)   N/A          "
            + "  N/A\n").running());
        String two = "Device #1:\n  PSID:             MT_1\n  PCI Device Name:  a\n     FW             24.35.1012     N/A\nDevice #2:\n"
            + "     FW (Running)   24.1.1         N/A\n     FW             24.2.2         N/A\n";
        assertEquals(Optional.of(new Version("24.35.1012")), FirmwareTools.manager(two).running());
    }

    @Test
    void figures_that_no_counter_has_are_absent() {
        assertThrows(IllegalArgumentException.class, () -> UplinkCounters.parse("[{\"stats64\":{\"rx\":{\"bytes\":-3},\"tx\":{\"bytes"
            + "\":2}}}]", new NicCounters(Map.of())));
        assertThrows(IllegalArgumentException.class, () -> Retransmits.parse("Tcp: OutSegs RetransSegs\nTcp: -1 5\n"));
        assertEquals(List.of(65536, Integer.MAX_VALUE), Links.parse("[{\"ifname\":\"lo\",\"mtu\":65536},{\"ifname\":\"dummy0\",\"mtu\""
            + ":4294967295}]").all().stream().map(Link::mtu).toList());
    }

    @Test
    void a_route_that_leads_nowhere_is_none() {
        for (String type : List.of("unreachable", "blackhole", "prohibit", "throw"))
            assertThrows(IllegalArgumentException.class,
                () -> PeerRoute.parse("[{\"type\":\"" + type + "\",\"dst\":\"192.0.2.2\",\"dev\":\"eth0\"}]"));
        assertEquals(new PeerRoute("lo", true), PeerRoute.parse("[{\"type\":\"local\",\"dst\":\"192.0.2.2\",\"dev\":\"lo\"}]"));
    }

    @Test
    void later_words_of_kernel_and_systemd() {
        assertEquals(List.of(true, true, false), Stream.of("switchdev", "switchdev_inactive", "legacy")
            .map(mode -> new EswitchMode(mode).switchdev()).toList());
        assertEquals(true, new Services.Unit("a.service", "loaded", "refreshing", "refresh", "enabled").running());
        assertEquals("192.0.2.1:1", TlsSockets.all("tcp ESTAB 0 0 192.0.2.1:1 192.0.2.2:2 tcp-ulp-tls rxconf: hw txconf: hw\n").getFirst()
            .local());
    }

    @Test
    void a_line_of_a_socket_without_its_addresses_is_none() {
        for (String text : List.of("tcp-ulp-tls version: 1.3 cipher: aes-gcm-256 rxconf: hw txconf: hw\n",
            "ESTAB 0 0\n\t tcp-ulp-tls version: 1.2 cipher: aes-gcm-128 rxconf: hw txconf: hw\n"))
            assertThrows(IllegalArgumentException.class, () -> TlsSockets.all(text), text);
    }

    /// Work is processor time, so that a busy machine changes nothing.
    @Test
    void a_line_that_begins_again_and_again_is_read_once() {
        var clock = java.lang.management.ManagementFactory.getThreadMXBean();
        long before = clock.getCurrentThreadCpuTime();
        String socket = "0 0 192.0.2.1:22 192.0.2.9:5000 ";
        assertEquals(List.of(), SshConnections.parse("", socket + "users:(".repeat(150_000)));
        assertEquals(1, SshConnections.parse("", socket + "users:(".repeat(150_000) + "(\"sshd-session\",pid=1,fd=4))").size());
        assertThrows(IllegalArgumentException.class, () -> NearCpus.parse("0-9999,".repeat(150_000) + "0"));
        assertEquals(true, clock.getCurrentThreadCpuTime() - before < 5_000_000_000L);
    }
}
