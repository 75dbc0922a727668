package dev.bluerig.trial.diagnosis;

import static dev.bluerig.trial.diagnosis.SampleEnvironment.*;
import static dev.bluerig.trial.verdict.EvidenceFixture.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.CardMode;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.card.LinkType;
import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.verdict.EvidenceFixture;
import dev.bluerig.trial.verdict.Judge;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A case for each row of the table: what it looks like, what is found, and how little else is.
class SymptomTest {
    /// `only`: all codes that may be found with it; more would send people astray.
    private record Row(Symptom symptom, List<Diagnosis> found, String machine, List<Symptom> also) {}

    private static final Map<String, TrialEnvironment> HEALTHY = Map.of("host-a", host(), "host-b", host(), "dpu-a", dpu(), "dpu-b", dpu());

    private static Row row(Symptom symptom, Evidence evidence, Map<String, TrialEnvironment> changed, String machine, Symptom... also) {
        return new Row(symptom, Diagnoses.of(evidence, Judge.of(evidence, Thresholds.DEFAULT), around(changed)), machine, List.of(also));
    }

    private static Row failed(Symptom symptom, AgentFailure failure, Map<String, TrialEnvironment> changed, String machine,
        Symptom... also) {
        return new Row(symptom, Diagnoses.of("host-a", failure, around(changed)), machine, List.of(also));
    }

    private static Map<String, TrialEnvironment> around(Map<String, TrialEnvironment> changed) {
        var all = new java.util.TreeMap<>(HEALTHY);
        all.putAll(changed);
        return all;
    }

    private static Evidence bare() {
        return off(good(), Optional.empty());
    }

    /// The server's end as if its kernel did it, with this flag.
    private static Evidence software(Flag transmit, Flag receive, UnaryOperator<EndObservation> more) {
        return EvidenceFixture.end(bare(), Role.SERVER,
            old -> chain(snapshots((when, seen) -> flags(seen, Reading.known(new TlsFlags(transmit, receive)))), more)
            .apply(EvidenceFixture.end(Role.SERVER, TlsConf.KERNEL)));
    }

    private static Evidence program(String why) {
        return EvidenceFixture.end(bare(), Role.SERVER, old -> fallback(why).apply(EvidenceFixture.end(Role.SERVER, TlsConf.PROGRAM)));
    }

    private static Evidence server(UnaryOperator<EndObservation> change) {
        return EvidenceFixture.end(bare(), Role.SERVER, change);
    }

    private static UnaryOperator<EndObservation> same() {
        return end -> end;
    }

    private static UnaryOperator<EndObservation> negotiated(String version, String cipher) {
        return eachSample(sample -> new ConnectionSample(sample.connection(), sample.when(), sample.transmit(), sample.receive(), version,
            cipher, -1, -1));
    }

    private static final AgentFailure TIMED_OUT =
        new AgentFailure(new CodeName("CONNECT_TIMED_OUT", CodeFamily.AGENT), "ETIMEDOUT", "no answer");

    private static List<Row> rows() {
        var fixed = software(Flag.OFF_FIXED, Flag.OFF_FIXED, same());
        var rows = new ArrayList<Row>();
        rows.add(row(Symptom.TLS_MODULE_NOT_LOADED, program("kernel has no TLS (TCP_ULP: ENOENT)"),
            Map.of("host-a", withModules(host(), modules(false, true))), "host-a"));
        rows.add(failed(Symptom.TLS_MODULE_NOT_LOADED,
            new AgentFailure(new CodeName("TLS_REFUSED", CodeFamily.AGENT), "ENOENT", "TCP_ULP"),
            Map.of("host-a", withModules(host(), modules(false, true))), "host-a"));
        rows.add(row(Symptom.KERNEL_WITHOUT_KTLS, program("kernel has no TLS (TCP_ULP: ENOENT)"),
            Map.of("host-a", withModules(withConfig(host(), config()), modules(false, false))), "host-a"));
        rows.add(row(Symptom.TLS_MODULE_OF_NO_USE, program("kernel has no TLS (TCP_ULP: ENOENT)"), Map.of(), "host-a"));
        rows.add(row(Symptom.CIPHER_MODULE_MISSING, program("kernel has no aes-256-gcm (TLS_TX: ENOENT)"), Map.of(), "host-a"));
        rows.add(row(Symptom.ULP_BEFORE_CONNECTED, program("TCP_ULP: ENOTCONN"), Map.of(), "host-a"));
        rows.add(row(Symptom.TLS_1_3_NEGOTIATED, software(Flag.ON, Flag.ON, negotiated("1.3", "aes-128-gcm")), Map.of(), "host-a"));
        rows.add(row(Symptom.CIPHER_NOT_OFFLOADED, software(Flag.ON, Flag.ON, negotiated("1.2", "chacha20-poly1305")), Map.of(), "host-a"));
        rows.add(row(Symptom.AES_256_ON_OLD_KERNEL,
            with(software(Flag.ON, Flag.ON, chain(negotiated("1.2", "aes-256-gcm"), kernel("5.15.0-105-generic"))),
            load(TlsVersion.TLS_1_2, Cipher.AES_256_GCM)), Map.of(), "host-a"));
        rows.add(row(Symptom.RX_FLAG_OFF, software(Flag.ON, Flag.OFF, same()), Map.of(), "host-a", Symptom.CONNECTIONS_REFUSED));
        rows.add(row(Symptom.TX_FLAG_OFF, software(Flag.OFF, Flag.ON, same()), Map.of(), "host-a", Symptom.CONNECTIONS_REFUSED));
        rows.add(row(Symptom.PORT_IN_SWITCHDEV, fixed, Map.of("host-a", withEswitch(host(), "switchdev")), "host-a"));
        rows.add(row(Symptom.PORT_IN_SWITCHDEV, fixed, Map.of("host-a", withLog(host(), "[ 12.1] mlx5_core 0000:b1:00.0: Disabling"
            + " hw_tls_tx, not supported in switchdev mode")), "host-a"));
        rows.add(row(Symptom.CARD_WITHOUT_CRYPTO, fixed,
            Map.of("host-a", withCards(host(), cards(Crypto.State.DISABLED, "Crypto Disabled"))), "host-a"));
        rows.add(row(Symptom.DRIVER_WITHOUT_TLS, fixed, Map.of("host-a", withConfig(host(), config("TLS", "m", "TLS_DEVICE", "y"))),
            "host-a"));
        rows.add(row(Symptom.FLAG_REFUSED, software(Flag.OFF_REFUSED, Flag.OFF_REFUSED, same()),
            Map.of("host-a", withLog(host(), "[ 3.3] mlx5_core 0000:b1:00.0: Failed to set features")), "host-a"));
        rows.add(row(Symptom.RX_KERNEL_TOO_OLD, software(Flag.ON, Flag.ABSENT, kernel("5.4.0-121-generic")), Map.of(), "host-a",
            Symptom.CONNECTIONS_REFUSED));
        rows.add(row(Symptom.TX_KERNEL_TOO_OLD, software(Flag.ABSENT, Flag.ABSENT, kernel("4.19.0-26-amd64")), Map.of(), "host-a",
            Symptom.RX_KERNEL_TOO_OLD));
        rows.add(row(Symptom.CONNECTIONS_REFUSED, software(Flag.ON, Flag.ON, same()), Map.of(), "host-a"));
        rows.add(row(Symptom.CARD_WAITS_FOR_RESET, fixed, Map.of("host-a", withCards(host(),
            Reading.known(
            new Cards(
            List.of(card(Crypto.State.ENABLED, "Crypto Enabled", List.of("LINK_TYPE_P1: ETH now"), List.of(), LinkType.ETHERNET,
            Optional.empty())))))), "host-a"));
        rows.add(row(Symptom.CRYPTO_UNREADABLE, fixed,
            Map.of("host-a", withCards(host(), cards(Crypto.State.UNKNOWN, "-E- Failed dumping Fw Configuration"))), "host-a"));
        rows.add(row(Symptom.MST_NOT_STARTED, fixed, Map.of("host-a", withCards(host(),
            Reading.known(
            new Cards(List.of(card(Crypto.State.UNKNOWN, "nothing", List.of(), List.of("flint: -E- Cannot open Device:"
            + " /dev/mst/mt41686_pciconf0"), LinkType.ETHERNET, Optional.empty())))))), "host-a"));
        rows.add(row(Symptom.KERNEL_CONFIG_UNREADABLE, fixed,
            Map.of("host-a",
            withConfig(host(), Reading.unknown("no kernel configuration: neither /proc/config.gz nor /boot/config-6.8.0"))), "host-a"));
        rows.add(row(Symptom.ROUTE_LOCAL, server(snapshots((when, seen) -> route(seen, Reading.known(new PeerRoute("lo", true))))),
            Map.of(), "host-a"));
        rows.add(row(Symptom.ROUTE_BY_VIRTUAL_LINK,
            server(snapshots((when, seen) -> route(seen, Reading.known(new PeerRoute("bond0", false))))),
            Map.of("host-a",
            withLinks(host(), links(link("ens5f0np0", 9000, true, Optional.empty()), link("bond0", 9000, true, Optional.of("bond"))))),
            "host-a"));
        rows.add(row(Symptom.ROUTE_BY_ANOTHER_LINK,
            server(snapshots((when, seen) -> route(seen, Reading.known(new PeerRoute("eno1", false))))), Map.of(), "host-a"));
        rows.add(row(Symptom.NO_CARRIER, server(snapshots((when, seen) -> when == 2 ? carrier(seen, Reading.known(false)) : seen)),
            Map.of("host-a", withCards(host(),
            Reading.known(
            new Cards(List.of(card(Crypto.State.ENABLED, "", List.of(), List.of(), LinkType.INFINIBAND, Optional.empty())))))), "host-a"));
        rows.add(
            row(Symptom.LINK_FLAPPED, server(chain(cardMoved("link_down_events_phy", 1), cardMoved("tx_tls_encrypted_bytes", -WIRE / 2))),
            Map.of(), "host-a"));
        rows.add(row(Symptom.BYTES_BY_ANOTHER_PORT, server(cardMoved("tx_tls_encrypted_bytes", -(WIRE + 31 * CONNECTIONS))), Map.of(),
            "host-a"));
        rows.add(row(Symptom.KERNEL_TLS_NOT_USED, program(""), Map.of(), "host-a"));
        rows.add(row(Symptom.COUNTERS_OF_ANOTHER_NAMESPACE,
            server(chain(kernelMoved("TlsTxDevice", -CONNECTIONS), kernelMoved("TlsRxDevice", -CONNECTIONS))), Map.of(), "host-a"));
        rows.add(row(Symptom.FOREIGN_KERNEL_TLS,
            server(snapshots((when, seen) -> tls(seen, counters -> new dev.bluerig.fact.tls.TlsCounters(more(counters.values()))))),
            Map.of(), "host-a"));
        rows.add(row(Symptom.STATE_NOT_ALLOWED,
            server(
            eachSample(sample -> EvidenceFixture.placed(sample, Direction.TX,
            Reading.unknown("EPERM: the program lacks CAP_NET_ADMIN")))), Map.of(), "host-a"));
        rows.add(row(Symptom.DRIVER_RELOADED, server(snapshots((when, seen) -> when == 2 ? nic(seen, counters -> zero(counters)) : seen)),
            Map.of(), "host-a"));
        rows.add(
            row(Symptom.FLAG_SWITCHED,
            server(snapshots((when, seen) -> when == 0 ? seen : flags(seen, Reading.known(EvidenceFixture.flags(false))))), Map.of(),
            "host-a"));
        rows.add(row(Symptom.CARD_COUNTS_NO_TLS, server(cardWithout("tx_tls_encrypted_bytes")), Map.of(), "host-a"));
        rows.add(row(Symptom.RECORD_NOT_FOUND, server(cardMoved("tx_tls_drop_no_sync_data", 3)), Map.of(), "host-a"));
        rows.add(row(Symptom.RX_RESYNC_FAILS, server(cardMoved("rx_tls_resync_res_skip", 3)), Map.of(), "host-a"));
        rows.add(
            row(Symptom.RX_RESYNC_FAILS,
            server(chain(cardMoved("rx_tls_decrypted_bytes", -(WIRE + HEADERS * PACKETS - 40_000)),
            cardMoved("rx_tls_resync_res_skip", 3))), Map.of(), "host-a"));
        rows.add(row(Symptom.RX_RESYNC_FAILS, server(kernelMoved("TlsRxDeviceResync", PACKETS / 10)), Map.of(), "host-a"));
        rows.add(row(Symptom.RECORDS_CORRUPT, server(kernelMoved("TlsDecryptError", 1)), Map.of(), "host-a"));
        rows.add(failed(Symptom.RECORDS_CORRUPT,
            new AgentFailure(new CodeName("DATA_DIFFERS", CodeFamily.AGENT), "", "connection 2 at 4096"), Map.of(), "host-a"));
        rows.add(row(Symptom.LOSS_ON_THE_WAY, server(cardMoved("tx_tls_ooo", PACKETS / 100)), Map.of(), "host-a"));
        rows.add(row(Symptom.PLAINTEXT_ON_THE_WIRE,
            wire(good(), Optional.of(new CaptureResult("dpu-a", "p0", "", 480, true, List.of(way(Role.CLIENT),
            new CaptureResult.SenderCapture(Role.SERVER, CONNECTIONS, 240, 2_100_000, 0, 128, 12, 2_090_000, 3,
                "16,384 bytes at offset 13"))))),
            Map.of(), "host-a"));
        rows.add(row(Symptom.CAPTURE_IMPOSSIBLE,
            wire(good(), Optional.of(CaptureResult.silent("dpu-a", "p0", "tcpdump is not installed"))), Map.of("dpu-a", dpu()), "dpu-a"));
        rows.add(row(Symptom.CAPTURE_IMPOSSIBLE, wire(good(), Optional.of(CaptureResult.silent("", "", "no DPU"))), Map.of(), "host-a"));
        rows.add(row(Symptom.PAYLOAD_PASSED_BY, wire(good(), Optional.of(new CaptureResult("dpu-a", "p0", "", 40, false, List.of()))),
            Map.of("dpu-a", dpu()), "dpu-a"));
        rows.add(failed(Symptom.SWITCH_SILENT, TIMED_OUT,
            Map.of("dpu-a", withOvs(dpu(), Reading.unknown("ovs-vsctl: no answer within 20 s"))), "dpu-a"));
        rows.add(failed(Symptom.NO_UPLINK, TIMED_OUT,
            Map.of("dpu-a", withCards(withLinks(dpu(), links(link("oob_net0", 1500, true, Optional.empty()))),
            Reading.known(
            new Cards(List.of(card(Crypto.State.ENABLED, "", List.of(), List.of(), LinkType.ETHERNET, Optional.of(CardMode.NIC))))))),
            "dpu-a"));
        rows.add(failed(Symptom.NOT_BRIDGED, TIMED_OUT, Map.of("dpu-b", withOvs(dpu(), ovs(true, port("p0", 1, "")))), "dpu-b"));
        rows.add(failed(Symptom.SWITCH_PORT_BROKEN, TIMED_OUT,
            Map.of("dpu-b", withOvs(dpu(), ovs(true, port("p0", 1, ""), port("pf0hpf", -1, "could not open network device pf0hpf (No"
            + " such device)")))), "dpu-b"));
        rows.add(failed(Symptom.SWITCH_LINK_DOWN, TIMED_OUT,
            Map.of("dpu-b",
            withLinks(dpu(), links(link("p0", 9216, false, Optional.empty()), link("pf0hpf", 9216, true, Optional.empty())))), "dpu-b"));
        rows.add(failed(Symptom.MTU_ON_THE_WAY,
            new AgentFailure(new CodeName("PAYLOAD_STALLED", CodeFamily.DRIVER), "", "no payload for 20 s"),
            Map.of("dpu-b", withLinks(dpu(),
            links(link("p0", 1500, true, Optional.empty()), link("pf0hpf", 9216, true, Optional.empty())))), "dpu-b"));
        rows.add(
            row(Symptom.MTU_ON_THE_WAY,
            server(snapshots((when, seen) -> when == 2
            ? EvidenceFixture.retransmits(seen, Reading.known(new Retransmits(2000 + PACKETS, PACKETS / 5))) : seen)),
            Map.of("dpu-b", withLinks(dpu(), links(link("p0", 9000, true, Optional.empty())))), "dpu-b"));
        rows.add(row(Symptom.OVS_OFFLOAD_OFF, bare(),
            Map.of("dpu-a", withOvs(dpu(), ovs(false, port("p0", 1, ""), port("pf0hpf", 2, "")))), "dpu-a"));
        rows.add(
            row(Symptom.PCIE_DEGRADED,
            both(bare(), transfers(all -> new TransferTotals(all.bytes(), all.records(), 0.7, all.perSecond(), all.checked(), true))),
            Map.of("host-a", withPcie(host(), new PcieLink("8.0 GT/s PCIe", "16.0 GT/s PCIe", 8, 16, 0))), "host-a"));
        rows.add(row(Symptom.ONE_CORE_BUSY, server(busy()), Map.of(), "host-a"));
        rows.add(row(Symptom.IRQBALANCE_RUNNING, server(busy()), Map.of("host-a", withIrqbalance(host())), "host-a",
            Symptom.ONE_CORE_BUSY));
        rows.add(shortConnections());
        return rows;
    }

    private static UnaryOperator<EndObservation> busy() {
        return usage(usage -> new CpuUsage(usage.user(), usage.system(), usage.machine(), List.of(0.99, 0.1, 0.05, 0.1), 0, 0,
            usage.handshakes(), usage.retransmits()));
    }

    /// Half as fast with the flags on, over connections of 6.9 MB.
    private static Row shortConnections() {
        UnaryOperator<EndObservation> many = usage(usage -> new CpuUsage(1, 1, 2, List.of(), 0, 0, 1250, 0));
        Evidence evidence =
            with(
            both(good(), chain(many, kernelMoved("TlsTxDevice", 1246), kernelMoved("TlsRxDevice", 1246),
            transfers(all -> new TransferTotals(all.bytes(), all.records(), 8.0, all.perSecond(), all.checked(), true)))),
            load(LoadSettings.Mode.REQUEST_RESPONSE));
        UnaryOperator<EndObservation> off = chain(many, kernelMoved("TlsTxSw", 1246), kernelMoved("TlsRxSw", 1246));
        return row(Symptom.CONNECTIONS_TOO_SHORT, offEnd(offEnd(evidence, Role.SERVER, off), Role.CLIENT, off), Map.of(), "host-a");
    }

    private static Map<String, Long> more(Map<String, Long> values) {
        var all = new java.util.TreeMap<>(values);
        all.merge("TlsCurrTxSw", 3L, Long::sum);
        return all;
    }

    private static dev.bluerig.fact.card.NicCounters zero(dev.bluerig.fact.card.NicCounters counters) {
        var all = new java.util.TreeMap<>(counters.values());
        all.replaceAll((name, value) -> 0L);
        return new dev.bluerig.fact.card.NicCounters(all);
    }

    @TestFactory
    Stream<DynamicTest> each_row_is_found_where_it_is_and_little_else() {
        return rows().stream().map(row -> DynamicTest.dynamicTest(row.symptom().name(), () -> {
            var mine = row.found().stream().filter(diagnosis -> diagnosis.code().is(row.symptom())).toList();
            assertFalse(mine.isEmpty(), () -> "found: " + row.found());
            assertTrue(mine.stream().anyMatch(diagnosis -> diagnosis.machine().equals(row.machine()) && !diagnosis.shown().isBlank()),
                () -> "found: " + mine);
            var allowed = EnumSet.of(row.symptom());
            allowed.addAll(row.also());
            var others = row.found().stream().map(Diagnosis::code).filter(code -> allowed.stream().noneMatch(code::is)).distinct()
                .toList();
            assertEquals(List.of(), others, () -> "found: " + row.found());
        }));
    }

    @Test
    void every_symptom_has_a_case() {
        var cases = EnumSet.noneOf(Symptom.class);
        rows().forEach(row -> cases.add(row.symptom()));
        assertEquals(EnumSet.allOf(Symptom.class), cases);
    }

    @Test
    void at_least_25_rows_of_the_table_are_told() {
        long rows = Stream.of(Symptom.values()).mapToInt(Symptom::row).filter(row -> row > 0).distinct().count();
        assertTrue(rows >= 25, rows + " rows");
    }

    @Test
    void a_good_run_has_no_symptom() {
        assertEquals(List.of(), Diagnoses.of(good(), Judge.of(good(), Thresholds.DEFAULT), HEALTHY));
        assertEquals(List.of(), Diagnoses.of(good(), Judge.of(good(), Thresholds.DEFAULT), Map.of()));
    }

    @Test
    void the_driver_of_ofed_is_not_blamed_for_the_kernels_configuration() {
        var evidence = software(Flag.OFF_FIXED, Flag.OFF_FIXED, same());
        var found = Diagnoses.of(evidence, Judge.of(evidence, Thresholds.DEFAULT),
            Map.of("host-a", withOfed(withConfig(host(), config()))));
        assertEquals(List.of(), found);
    }

    @Test
    void what_is_explained_names_the_check_and_the_fix() {
        for (Symptom symptom : Symptom.values()) {
            assertTrue(symptom.next().startsWith("confirm: ") && symptom.next().contains("; mend: "), symptom.name());
            assertFalse(symptom.meaning().isBlank());
        }
    }
}
