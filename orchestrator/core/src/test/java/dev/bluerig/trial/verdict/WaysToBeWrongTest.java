package dev.bluerig.trial.verdict;

import static dev.bluerig.trial.verdict.EvidenceFixture.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.UplinkTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The verdict table: each row is the good case with one thing wrong, judged at the server's end (`host-a`).
class WaysToBeWrongTest {
    /// `witness` is the one that must notice, `says` what it then says.
    private record Row(String name, UnaryOperator<Evidence> change, Direction direction, TlsPlacement ruling, Witness witness,
        Statement says) {}

    private static Row row(String name, Direction direction, TlsPlacement ruling, Witness witness, Statement says,
        UnaryOperator<Evidence> change) {
        return new Row(name, change, direction, ruling, witness, says);
    }

    private static Row server(String name, Direction direction, TlsPlacement ruling, Witness witness, Statement says,
        UnaryOperator<EndObservation> change) {
        return row(name, direction, ruling, witness, says, evidence -> end(evidence, Role.SERVER, change));
    }

    /// All of the server's end in one place, as the kernel, the card and the program tell it.
    private static UnaryOperator<Evidence> placed(TlsConf place) {
        return evidence -> end(evidence, Role.SERVER, good -> EvidenceFixture.end(Role.SERVER, place));
    }

    private static final List<Row> ROWS = List.of(
        row("TLS 1.3", Direction.TX, TlsPlacement.SOFTWARE, Witness.VERSION_AND_CIPHER, Statement.SOFTWARE,
        evidence -> end(placed(TlsConf.KERNEL).apply(evidence), Role.SERVER,
            eachSample(sample -> negotiated(sample, "1.3", "aes-128-gcm")))),
        row("TLS 1.3, and all else says hardware", Direction.RX, TlsPlacement.UNKNOWN, Witness.VERSION_AND_CIPHER, Statement.SOFTWARE,
            evidence -> end(evidence, Role.SERVER, eachSample(sample -> negotiated(sample, "1.3", "aes-128-gcm")))),
        row("ChaCha20", Direction.TX, TlsPlacement.UNKNOWN, Witness.VERSION_AND_CIPHER, Statement.SOFTWARE,
            evidence -> with(end(evidence, Role.SERVER, eachSample(sample -> negotiated(sample, "1.2", "chacha20-poly1305"))),
            load(TlsVersion.TLS_1_2, Cipher.CHACHA20_POLY1305))),
        row("another cipher than asked for", Direction.TX, TlsPlacement.UNKNOWN, Witness.VERSION_AND_CIPHER, Statement.OBJECTS,
        evidence -> with(evidence, load(TlsVersion.TLS_1_2, Cipher.AES_256_GCM))),
        row("AES-256 on an old kernel, in software", Direction.TX, TlsPlacement.SOFTWARE, Witness.VERSION_AND_CIPHER, Statement.SOFTWARE,
        evidence -> aes256(placed(TlsConf.KERNEL).apply(evidence), "5.15.0-105-generic")),
        row("AES-256 on an old kernel, and all else says hardware", Direction.TX, TlsPlacement.UNKNOWN, Witness.VERSION_AND_CIPHER,
        Statement.SOFTWARE, evidence -> aes256(evidence, "5.15.0-105-generic")),
        row("AES-256 on 6.1 is not objected to", Direction.TX, TlsPlacement.HARDWARE, Witness.VERSION_AND_CIPHER, Statement.HARDWARE,
        evidence -> aes256(evidence, "6.1.0-25-amd64")),
        row("AES-256 on a kernel without a number", Direction.TX, TlsPlacement.UNKNOWN, Witness.VERSION_AND_CIPHER, Statement.SILENT,
        evidence -> aes256(evidence, "custom")),
        row("one side in the program", Direction.TX, TlsPlacement.USER_SPACE, Witness.CONNECTION_STATE, Statement.USER_SPACE,
        evidence -> off(placed(TlsConf.PROGRAM).apply(evidence), Optional.empty())),
        server("no connection told its state", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.SILENT,
        samples(samples -> List.of())),
        server("state not asked at the end", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.SILENT,
            samples(samples -> samples.stream().filter(sample -> sample.when() == AgentEvent.When.OPENED).toList())),
        server("state not asked of one connection", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.SILENT,
        samples(samples -> samples.stream().filter(sample -> sample.connection() != 3).toList())),
        server("state may not be asked", Direction.RX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.SILENT,
            eachSample(sample -> EvidenceFixture.placed(sample, Direction.RX, Reading.unknown("sock_diag needs CAP_NET_ADMIN")))),
        server("hw-record is no offload of ours", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.OBJECTS,
        eachSample(sample -> EvidenceFixture.placed(sample, Direction.TX, Reading.known(TlsConf.CARD_RECORD)))),
        server("the kernel does not hold the half", Direction.RX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.OBJECTS,
        eachSample(sample -> EvidenceFixture.placed(sample, Direction.RX, Reading.known(TlsConf.NONE)))),
        server("one connection is software, the counters say otherwise", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE,
        Statement.MIXED, chain(openIn(Direction.TX, 1),
            eachSample(sample -> sample.connection() == 2
                ? EvidenceFixture.placed(sample, Direction.TX, Reading.known(TlsConf.KERNEL)) : sample))),
        server("one connection of four is software", Direction.TX, TlsPlacement.MIXED, Witness.KERNEL_COUNTERS, Statement.MIXED, chain(
            eachSample(sample -> sample.connection() == 2
                ? EvidenceFixture.placed(sample, Direction.TX, Reading.known(TlsConf.KERNEL)) : sample),
            openIn(Direction.TX, 1),
            kernelMoved("TlsTxDevice", -1), kernelMoved("TlsTxSw", 1), cardMoved("tx_tls_encrypted_bytes", -WIRE / 4))),
        server("wrong namespace: tls_stat is still", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.OBJECTS,
        kernelMoved("TlsTxDevice", -CONNECTIONS)),
        server("kernel counted software while the connections say hw", Direction.RX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS,
        Statement.SOFTWARE,
            chain(kernelMoved("TlsRxDevice", -CONNECTIONS), kernelMoved("TlsRxSw", CONNECTIONS))),
        server("counters moved by other traffic", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
        kernelMoved("TlsTxDevice", 3)),
        server("another program's connections before", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
            snapshots((when, seen) -> when == 0 ? tls(seen, counters -> set(counters, "TlsCurrTxDevice", 2)) : seen)),
        server("another program's connections during", Direction.RX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
            snapshots((when, seen) -> when == 1 ? tls(seen, counters -> set(counters, "TlsCurrRxSw", 1)) : seen)),
        server("another program seen by ss before", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
        snapshots((when, seen) -> when == 0 ? sockets(seen, nginx(seen)) : seen)),
        server("another program seen by ss during", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
        snapshots((when, seen) -> when == 1 ? sockets(seen, nginx(seen)) : seen)),
        server("another program seen by ss after", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
        snapshots((when, seen) -> when == 2 ? sockets(seen, nginx(seen)) : seen)),
        server("ss does not answer", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
        snapshots((when, seen) -> sockets(seen, Reading.unknown("ss: no such program")))),
        server("no gauges", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT, kernelWithout("TlsCurrTxSw")),
        server("no tls_stat", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
        snapshots((when, seen) -> tls(seen, Reading.unknown("cat: no such file")))),
        server("no TlsTxDevice", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
            kernelWithout("TlsTxDevice")),
        server("no TlsTxSw", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT, kernelWithout("TlsTxSw")),
        server("no TlsDecryptError", Direction.RX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.SILENT,
        kernelWithout("TlsDecryptError")),
        server("tls module loaded again", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.OBJECTS,
        snapshots((when, seen) -> when == 2 ? tls(seen, counters -> set(counters, "TlsTxDevice", 1)) : seen)),
        server("decrypt errors", Direction.RX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.OBJECTS,
        kernelMoved("TlsDecryptError", 1)),
        server("wrong interface: its counters are still", Direction.TX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.OBJECTS,
        cardMoved("tx_tls_encrypted_bytes", -(WIRE + 31 * CONNECTIONS))),
        server("link flap: half of the bytes", Direction.TX, TlsPlacement.MIXED, Witness.CARD_COUNTERS, Statement.MIXED,
        cardMoved("tx_tls_encrypted_bytes", -WIRE / 2)),
        server("link flap: the driver counted it", Direction.TX, TlsPlacement.MIXED, Witness.UNCHANGED, Statement.MIXED,
        cardMoved("link_down_events_phy", 1)),
        server("98.5 % decrypted by the card", Direction.RX, TlsPlacement.MIXED, Witness.CARD_COUNTERS, Statement.MIXED,
        cardMoved("rx_tls_decrypted_bytes", -WIRE * 15 / 1000)),
        server("one record not encrypted by the card", Direction.TX, TlsPlacement.MIXED, Witness.CARD_COUNTERS, Statement.MIXED,
        cardMoved("tx_tls_encrypted_bytes", PAYLOAD - WIRE - 31 * CONNECTIONS - 1)),
        server("more than ours was encrypted", Direction.TX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.OBJECTS,
        cardMoved("tx_tls_encrypted_bytes", PAYLOAD / 20)),
        server("more than ours was decrypted", Direction.RX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.OBJECTS,
        cardMoved("rx_tls_decrypted_bytes", PAYLOAD / 20)),
        server("no encrypted bytes counted", Direction.TX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.SILENT,
        cardWithout("tx_tls_encrypted_bytes")),
        server("no decrypted bytes counted", Direction.RX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.SILENT,
        cardWithout("rx_tls_decrypted_bytes")),
        server("no packets counted", Direction.RX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.SILENT,
        cardWithout("rx_tls_decrypted_packets")),
        server("no counters of the card", Direction.RX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.SILENT,
        snapshots((when, seen) -> nic(seen, Reading.unknown("ethtool -S: no stats available")))),
        server("driver loaded again", Direction.TX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.OBJECTS,
            snapshots((when, seen) -> when == 2 ? nic(seen, counters -> set(counters, "tx_tls_encrypted_bytes", 1)) : seen)),
        server("records dropped", Direction.TX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        cardMoved("tx_tls_drop_no_sync_data", 1)),
        server("bypass requests dropped", Direction.TX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        cardMoved("tx_tls_drop_bypass_req", 1)),
        server("resync requests skipped", Direction.RX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        cardMoved("rx_tls_resync_req_skip", 1)),
        server("resync responses skipped", Direction.RX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        cardMoved("rx_tls_resync_res_skip", 1)),
        server("card errors", Direction.RX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS, cardMoved("rx_tls_err", 1)),
        server("much out of order", Direction.TX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        cardMoved("tx_tls_ooo", PACKETS / 500)),
        server("many dumps", Direction.TX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        cardMoved("tx_tls_dump_packets", PACKETS / 500)),
        server("many resyncs", Direction.RX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        cardMoved("rx_tls_resync_req_pkt", PACKETS / 500)),
        server("many resync hints", Direction.RX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS, Statement.OBJECTS,
        kernelMoved("TlsRxDeviceResync", PACKETS / 500)),
        server("some out of order is in order", Direction.TX, TlsPlacement.HARDWARE, Witness.ERROR_COUNTERS, Statement.HARDWARE,
        cardMoved("tx_tls_ooo", PACKETS / 2000)),
        server("dumps that follow from what is out of order are in order", Direction.TX, TlsPlacement.HARDWARE, Witness.ERROR_COUNTERS,
        Statement.HARDWARE, cardMoved("tx_tls_ooo", PACKETS / 2000).andThen(cardMoved("tx_tls_dump_packets", PACKETS / 200))::apply),
        server("more dumps than packets out of order can ask for", Direction.TX, TlsPlacement.UNKNOWN, Witness.ERROR_COUNTERS,
        Statement.OBJECTS, cardMoved("tx_tls_ooo", PACKETS / 2000).andThen(cardMoved("tx_tls_dump_packets", PACKETS / 50))::apply),
        server("a later counter may be missing", Direction.RX, TlsPlacement.HARDWARE, Witness.ERROR_COUNTERS, Statement.HARDWARE,
        cardWithout("rx_tls_resync_res_retry")),
        row("flag off", Direction.TX, TlsPlacement.SOFTWARE, Witness.UNCHANGED, Statement.SOFTWARE, placed(TlsConf.KERNEL)),
        server("flag switched off after the connections opened", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
            snapshots((when, seen) -> when == 0 ? seen : flags(seen, Reading.known(new TlsFlags(Flag.OFF, Flag.ON))))),
        server("flag says on again at the end", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
            snapshots((when, seen) -> when == 1 ? flags(seen, Reading.known(new TlsFlags(Flag.OFF, Flag.ON))) : seen)),
        server("flag off and all else says hardware", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SOFTWARE,
        snapshots((when, seen) -> flags(seen, Reading.known(EvidenceFixture.flags(false))))),
        server("flag not listed", Direction.RX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SILENT,
        snapshots((when, seen) -> flags(seen, Reading.known(new TlsFlags(Flag.ON, Flag.ABSENT))))),
        server("flags not read", Direction.RX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SILENT,
        snapshots((when, seen) -> flags(seen, Reading.unknown("ethtool: no such program")))),
        server("carrier lost", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        snapshots((when, seen) -> when == 2 ? carrier(seen, Reading.known(false)) : seen)),
        server("carrier not read", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SILENT,
        snapshots((when, seen) -> when == 1 ? carrier(seen, Reading.unknown("not read")) : seen)),
        server("route by another link", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        snapshots((when, seen) -> route(seen, Reading.known(new PeerRoute("eno1", false))))),
        server("route to itself", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        snapshots((when, seen) -> route(seen, Reading.known(new PeerRoute("ens5f0np0", true))))),
        server("route not read", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SILENT,
        snapshots((when, seen) -> when == 2 ? route(seen, Reading.unknown("ip: exit 2")) : seen)),
        server("digest wrong", Direction.RX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
            transfers(all -> new TransferTotals(all.bytes(), all.records(), all.seconds(), all.perSecond(), all.checked(), false))),
        row("digest wrong at the peer", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
            evidence ->
            end(evidence, Role.CLIENT,
            transfers(all -> new TransferTotals(all.bytes(), all.records(), all.seconds(), all.perSecond(), all.checked(), false)))),
        server("nothing compared", Direction.RX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SILENT,
            transfers(all -> new TransferTotals(all.bytes(), all.records(), all.seconds(), all.perSecond(), 0, true))),
        server("not every byte compared", Direction.RX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SILENT,
            transfers(all -> new TransferTotals(all.bytes(), all.records(), all.seconds(), all.perSecond(), all.checked() - 1, true))),
        row("bytes lost on the way", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
            evidence ->
            end(evidence, Role.CLIENT,
            transfers(all -> new TransferTotals(all.bytes() - 1, all.records(), all.seconds(), all.perSecond(), all.bytes() - 1, true)))),
        row("the peer's agent failed", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        evidence -> end(evidence, Role.CLIENT, failure(new AgentFailure(new CodeName("PEER_STOPPED", CodeFamily.AGENT), "", "gone")))),
        row("flip: the flags were not off", Direction.TX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.SILENT,
            evidence -> offEnd(evidence, Role.SERVER, snapshots((when, seen) -> flags(seen, Reading.known(EvidenceFixture.flags(true)))))),
        row("flip: flags not read", Direction.TX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.SILENT,
        evidence -> offEnd(evidence, Role.SERVER, snapshots((when, seen) -> flags(seen, Reading.unknown("lost"))))),
        row("flip: the card's bytes moved all the same", Direction.TX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.OBJECTS,
        evidence -> offEnd(evidence, Role.SERVER, cardMoved("tx_tls_encrypted_bytes", 1500))),
        row("flip: still counted as device", Direction.RX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.OBJECTS,
            evidence -> offEnd(evidence, Role.SERVER,
            chain(kernelMoved("TlsRxDevice", CONNECTIONS), kernelMoved("TlsRxSw", -CONNECTIONS)))),
        row("flip: connections still in the card", Direction.RX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.OBJECTS,
            evidence -> offEnd(evidence, Role.SERVER, eachSample(sample ->
                EvidenceFixture.placed(sample, Direction.RX, Reading.known(TlsConf.CARD))))),
        row("flip: the run failed", Direction.RX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.SILENT,
        evidence -> offEnd(evidence, Role.CLIENT, failure(new AgentFailure(new CodeName("PEER_STOPPED", CodeFamily.AGENT), "", "gone")))),
        row("flip: nothing was carried", Direction.RX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.SILENT,
        evidence -> offEnd(offEnd(evidence, Role.CLIENT, transfers(all -> TransferTotals.none())), Role.SERVER,
        transfers(all -> TransferTotals.none()))),
        row("flip: the card was not read", Direction.TX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.SILENT,
        evidence -> offEnd(evidence, Role.SERVER, cardWithout("tx_tls_encrypted_bytes"))),
        row("path: too little out", Direction.TX, TlsPlacement.UNKNOWN, Witness.PATH, Statement.OBJECTS, evidence -> uplinks(evidence,
            List.of(new UplinkTraffic("dpu-a", "p0", "host-a", "tx_bytes_phy", Reading.known(PAYLOAD - 1), Reading.known(WIRE)),
            uplink("dpu-b", "host-b")))),
        row("path: too little into the peer's DPU", Direction.TX, TlsPlacement.UNKNOWN, Witness.PATH, Statement.OBJECTS,
        evidence -> uplinks(evidence,
            List.of(uplink("dpu-a", "host-a"),
            new UplinkTraffic("dpu-b", "p0", "host-b", "tx_bytes_phy", Reading.known(WIRE), Reading.known(0L))))),
        row("path: not read", Direction.RX, TlsPlacement.UNKNOWN, Witness.PATH, Statement.SILENT, evidence -> uplinks(evidence,
            List.of(uplink("dpu-a", "host-a"),
            new UplinkTraffic("dpu-b", "p0", "host-b", "tx_bytes_phy", Reading.unknown("ethtool: exit 1"), Reading.known(WIRE))))),
        row("wire: payload in clear", Direction.TX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.OBJECTS,
        evidence -> way(evidence, Role.SERVER, way -> new CaptureResult.SenderCapture(way.sender(), way.connections(), way.segments(),
            way.bytes(),
            0, way.records(), way.handshakes(), way.sealed(), 1, "16 bytes"))),
        row("wire: what the peer sends is in clear", Direction.RX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.OBJECTS,
        evidence -> way(evidence, Role.CLIENT, way -> new CaptureResult.SenderCapture(way.sender(), way.connections(), way.segments(),
            way.bytes(),
            0, way.records(), way.handshakes(), way.sealed(), 1, "16 bytes"))),
        row("wire: greetings alone", Direction.TX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.SILENT,
        evidence ->
        way(evidence, Role.SERVER, way -> new CaptureResult.SenderCapture(way.sender(), CONNECTIONS, 20, 12_000, 0, CONNECTIONS, 12,
        45 * CONNECTIONS, 0, ""))),
        row("wire: no record", Direction.TX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.SILENT,
        evidence -> way(evidence, Role.SERVER, way -> new CaptureResult.SenderCapture(way.sender(), CONNECTIONS, 240, 2_100_000, 0, 0, 0, 0,
            0, ""))),
        row("wire: nothing", Direction.RX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.SILENT,
        evidence -> wire(evidence, Optional.of(new CaptureResult("dpu-a", "p0", "", 0, false, List.of())))),
        row("wire: no tcpdump", Direction.RX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.SILENT,
        evidence -> wire(evidence, Optional.of(CaptureResult.silent("dpu-a", "p0", "tcpdump is not installed")))),
        row("wire: no DPU", Direction.TX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.SILENT,
        evidence -> wire(evidence, Optional.of(CaptureResult.silent("", "", "no DPU")))),
        server("ss says sw of our connections, the program says hw", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE,
        Statement.OBJECTS, socketsIn(Direction.TX, "sw", CONNECTIONS)),
        server("ss says sw of one of our connections, the program says hw", Direction.RX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE,
        Statement.OBJECTS, socketsIn(Direction.RX, "sw", 1)),
        server("ss sees no connection of kernel TLS while all are open", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE,
        Statement.SILENT,
            snapshots((when, seen) -> sockets(seen, Reading.known(new KernelTlsSockets(List.of()))))),
        server("the program fell back and says hw", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.OBJECTS,
        fallback("kernel has no TLS (TCP_ULP: ENOENT)")),
        server("the kernel's record numbers stand still", Direction.TX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.OBJECTS,
        eachSample(sample -> numbered(sample, 1))),
        server("a record number went back", Direction.RX, TlsPlacement.UNKNOWN, Witness.CONNECTION_STATE, Statement.OBJECTS,
            eachSample(sample -> sample.connection() == 1 ? numbered(sample, sample.when() == AgentEvent.When.OPENED ? 9 : 1) : sample)),
        server("record numbers that the kernel does not hold", Direction.TX, TlsPlacement.HARDWARE, Witness.CONNECTION_STATE,
        Statement.HARDWARE, eachSample(sample -> numbered(sample, -1))),
        server("the gauges say software while the connections say hw", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS,
        Statement.OBJECTS, gaugesIn(Direction.TX, 0, CONNECTIONS)),
        server("the gauges see none of our connections", Direction.RX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS, Statement.OBJECTS,
        gaugesIn(Direction.RX, 0, 0)),
        server("counted as device only after the payload was through", Direction.TX, TlsPlacement.UNKNOWN, Witness.KERNEL_COUNTERS,
        Statement.OBJECTS,
            snapshots((when, seen) -> when == 1 ? tls(seen, counters -> set(counters, "TlsTxDevice", 120)) : seen)),
        server("the card's bytes rose only after the payload was through, TX", Direction.TX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS,
        Statement.OBJECTS,
            snapshots((when, seen) -> when == 1 ? nic(seen, counters -> set(counters, "tx_tls_encrypted_bytes", 9_000_000)) : seen)),
        server("the card's bytes rose only after the payload was through, RX", Direction.RX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS,
        Statement.OBJECTS,
            snapshots((when, seen) -> when == 1 ? nic(seen, counters -> set(counters, "rx_tls_decrypted_bytes", 8_000_000)) : seen)),
        server("retransmits that the machine did not count", Direction.TX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.OBJECTS,
        chain(cardMoved("tx_tls_encrypted_bytes", PAYLOAD / 20),
            usage(all -> new CpuUsage(all.user(), all.system(), all.machine(), all.cores(), all.voluntary(), all.involuntary(),
            all.handshakes(), 1_000_000)))),
        server("link losses are not counted", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.SILENT,
        cardWithout("link_down_events_phy")),
        server("the count of link losses went back", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
            snapshots((when, seen) -> when == 2 ? nic(seen, counters -> set(counters, "link_down_events_phy", 0)) : seen)),
        row("one byte moved where thousands were asked for", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        carrying(new TransferTotals(1, 1, 4, List.of(1L), 1, true))),
        row("less time than was asked for", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        evidence -> with(evidence, lasting(evidence.load(), 300))),
        row("both ends say a negative number of bytes", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        carrying(new TransferTotals(-5, 1, 4, List.of(), -5, true))),
        row("more was compared than arrived", Direction.RX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        carrying(new TransferTotals(PAYLOAD, RECORDS, 4, List.of(), PAYLOAD + 1, true))),
        row("more records than bytes", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        carrying(new TransferTotals(PAYLOAD, PAYLOAD + 9, 4, List.of(), PAYLOAD, true))),
        row("no time at all", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        carrying(new TransferTotals(PAYLOAD, RECORDS, Double.NaN, List.of(), PAYLOAD, true))),
        row("no second for megabytes", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        carrying(new TransferTotals(PAYLOAD, RECORDS, 0, List.of(), PAYLOAD, true))),
        row("endless time", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        carrying(new TransferTotals(PAYLOAD, RECORDS, Double.POSITIVE_INFINITY, List.of(), PAYLOAD, true))),
        row("one end's clock jumped: it says less than half of the time", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED,
        Statement.OBJECTS, evidence -> end(with(evidence, lasting(evidence.load(), 4)),
            Role.CLIENT,
            transfers(all -> new TransferTotals(all.bytes(), all.records(), 0.5, all.perSecond(), all.checked(), all.intact())))),
        server("bytes that no packet carried, TX", Direction.TX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.OBJECTS,
        cardMoved("tx_tls_encrypted_packets", -PACKETS)),
        server("bytes that no packet carried, RX", Direction.RX, TlsPlacement.UNKNOWN, Witness.CARD_COUNTERS, Statement.OBJECTS,
            chain(cardMoved("rx_tls_decrypted_packets", -PACKETS), cardMoved("rx_tls_decrypted_bytes", -66 * PACKETS))),
        row("both ends are one machine", Direction.TX, TlsPlacement.UNKNOWN, Witness.UNCHANGED, Statement.OBJECTS,
        evidence -> end(evidence, Role.CLIENT, named("host-a"))),
        row("flip: on another link", Direction.TX, TlsPlacement.UNKNOWN, Witness.FLIP, Statement.OBJECTS,
            evidence -> offEnd(evidence, Role.SERVER,
            end -> new EndObservation(end.machine(), "ens6", end.kernel(), end.before(), end.during(), end.after(), end.pair()))),
        row("path: one uplink of a bond went back", Direction.TX, TlsPlacement.UNKNOWN, Witness.PATH, Statement.OBJECTS,
        evidence -> uplinks(evidence, List.of(uplink("dpu-a", "host-a"),
            new UplinkTraffic("dpu-a", "p1", "host-a", "tx_bytes_phy", Reading.known(-5L), Reading.known(0L)), uplink("dpu-b", "host-b")))),
        row("path: one uplink for both ends", Direction.TX, TlsPlacement.UNKNOWN, Witness.PATH, Statement.OBJECTS,
        evidence -> uplinks(evidence, List.of(uplink("dpu-a", "host-a"), uplink("dpu-a", "host-b")))),
        row("wire: more bytes in records than were kept", Direction.TX, TlsPlacement.UNKNOWN, Witness.WIRE, Statement.OBJECTS,
            evidence ->
            way(evidence, Role.SERVER, way -> new CaptureResult.SenderCapture(way.sender(), way.connections(), way.segments(), 10, 0,
                way.records(),
            way.handshakes(), way.sealed(), 0, ""))),
        row("path: of other machines", Direction.RX, TlsPlacement.UNKNOWN, Witness.PATH, Statement.SILENT,
        evidence -> uplinks(evidence, List.of(uplink("dpu-c", "host-c")))));

    @TestFactory
    Stream<DynamicTest> each_is_noticed_by_its_witness() {
        return ROWS.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> {
            Evidence evidence = row.change().apply(good());
            assertNotEquals(good(), evidence, "the row changes nothing");
            Verdict verdict = verdict(evidence, Role.SERVER, row.direction());
            assertEquals(row.ruling(), verdict.ruling(), verdict::toString);
            assertEquals(row.says(), testimony(verdict, row.witness()).says(), verdict::toString);
        }));
    }

    /// Only then does a row prove that its own witness is needed.
    @TestFactory
    Stream<DynamicTest> many_rows_are_noticed_by_one_witness_alone() {
        return Arrays.stream(Witness.values()).map(witness -> DynamicTest.dynamicTest(witness.name(), () -> {
            long alone = ROWS.stream().filter(row -> row.witness() == witness && row.ruling() != TlsPlacement.HARDWARE)
                .map(row -> verdict(row.change().apply(good()), Role.SERVER, row.direction()))
                .filter(verdict -> verdict.testimonies().stream()
                .allMatch(said -> (said.witness() == witness) != (said.says() == Statement.HARDWARE))).count();
            assertTrue(alone > 0, "no row is noticed by " + witness + " alone");
        }));
    }

    /// RX is off by default: the receiver's half is software while the sender's is hardware.
    @TestFactory
    Stream<DynamicTest> rx_off_by_default_leaves_tx_in_hardware() {
        UnaryOperator<EndObservation> off = chain(snapshots((when, seen) -> flags(seen, Reading.known(new TlsFlags(Flag.ON, Flag.OFF)))),
            eachSample(sample ->
                EvidenceFixture.placed(sample, Direction.RX, Reading.known(TlsConf.KERNEL))), openIn(Direction.RX, CONNECTIONS),
            kernelMoved("TlsRxDevice", -CONNECTIONS), kernelMoved("TlsRxSw", CONNECTIONS),
            cardMoved("rx_tls_decrypted_bytes", -(WIRE + HEADERS * PACKETS - 40_000)), cardMoved("rx_tls_decrypted_packets", -PACKETS));
        Evidence evidence = end(good(), Role.SERVER, off);
        return Stream.of(DynamicTest.dynamicTest("RX",
            () -> assertEquals(TlsPlacement.SOFTWARE, ruling(evidence, Role.SERVER, Direction.RX),
            () -> verdict(evidence, Role.SERVER, Direction.RX).toString())),
            DynamicTest.dynamicTest("TX", () -> assertEquals(TlsPlacement.HARDWARE, ruling(evidence, Role.SERVER, Direction.TX))));
    }

    @TestFactory
    Stream<DynamicTest> small_writes_do_not_hide_what_the_card_left_to_the_cpu() {
        long records = PAYLOAD;
        Evidence evidence =
            both(good(), transfers(all -> new TransferTotals(all.bytes(), records, all.seconds(), all.perSecond(), all.checked(), true)));
        return Stream.of(Direction.values())
            .map(direction -> DynamicTest.dynamicTest(direction.name(),
            () -> assertEquals(TlsPlacement.MIXED, ruling(evidence, Role.SERVER, direction),
            "16 bytes of payload to 29 of overhead: the payload's number of bytes is less than half of what was sent")));
    }

    @TestFactory
    Stream<DynamicTest> the_process_is_named() {
        UnaryOperator<EndObservation> change = snapshots((when, seen) -> when == 1 ? sockets(seen, nginx(seen)) : seen);
        return Stream.of(DynamicTest.dynamicTest("nginx", () -> {
            String seen = testimony(verdict(end(good(), Role.SERVER, change), Role.SERVER, Direction.TX), Witness.KERNEL_COUNTERS).seen();
            assertTrue(seen.endsWith("during the run: nginx (99)"), seen);
        }));
    }

    private static Evidence way(Evidence evidence, Role sender, UnaryOperator<CaptureResult.SenderCapture> change) {
        CaptureResult wire = evidence.wire().orElseThrow();
        return wire(evidence,
            Optional.of(new CaptureResult(wire.dpu(), wire.link(), "", wire.packets(), wire.full(),
            wire.ways().stream().map(way -> way.sender() == sender ? change.apply(way) : way).toList())));
    }

    private static ConnectionSample numbered(ConnectionSample sample, long records) {
        return new ConnectionSample(sample.connection(), sample.when(), sample.transmit(), sample.receive(), sample.version(),
            sample.cipher(), records, records);
    }

    private static UnaryOperator<Evidence> carrying(TransferTotals transfer) {
        return evidence -> both(evidence, transfers(all -> transfer));
    }

    private static Load lasting(Load load, int seconds) {
        return new Load(load.version(), load.cipher(), load.direction(), load.connections(), Optional.empty(), Optional.of(seconds),
            load.write(), load.verify(), load.mode(), load.source(),
            load.cpus(), load.transmit(), load.receive());
    }

    private static UnaryOperator<EndObservation> named(String machine) {
        return end -> new EndObservation(machine, end.link(), end.kernel(), end.before(), end.during(), end.after(), end.pair());
    }

    /// So many of the open connections are in the kernel, by `ss` and by the gauges alike.
    private static UnaryOperator<EndObservation> openIn(Direction direction, int kernel) {
        return chain(socketsIn(direction, "sw", kernel), gaugesIn(direction, CONNECTIONS - kernel, kernel));
    }

    private static UnaryOperator<EndObservation> socketsIn(Direction direction, String conf, int many) {
        return snapshots((when, seen) -> when == 1 ? sockets(seen, seen.sockets().flatMap(all -> {
            var changed = new ArrayList<TlsSockets.Socket>();
            for (TlsSockets.Socket socket : all.sockets()) {
                String own = changed.size() < many ? conf : "hw";
                changed.add(new TlsSockets.Socket(socket.local(), socket.peer(), direction == Direction.RX ? own : socket.receive(),
                    direction == Direction.TX ? own : socket.transmit(), socket.process()));
            }
            return Reading.known(new KernelTlsSockets(changed));
        })) : seen);
    }

    private static UnaryOperator<EndObservation> gaugesIn(Direction direction, int card, int kernel) {
        String gauge = direction == Direction.TX ? "TlsCurrTx" : "TlsCurrRx";
        return snapshots((when, seen) -> when == 1
            ? tls(tls(seen, counters -> set(counters, gauge + "Device", card - CONNECTIONS)),
            counters -> set(counters, gauge + "Sw", kernel)) : seen);
    }

    private static ConnectionSample negotiated(ConnectionSample sample, String version, String cipher) {
        return new ConnectionSample(sample.connection(), sample.when(), sample.transmit(), sample.receive(), version, cipher,
            sample.transmitted(), sample.received());
    }

    private static Evidence aes256(Evidence evidence, String release) {
        UnaryOperator<EndObservation> change = chain(eachSample(sample -> negotiated(sample, "1.2", "aes-256-gcm")), kernel(release));
        return with(end(evidence, Role.SERVER, change), load(TlsVersion.TLS_1_2, Cipher.AES_256_GCM));
    }

    private static TlsCounters set(TlsCounters counters, String name, long more) {
        var all = new java.util.TreeMap<>(counters.values());
        all.put(name, name.startsWith("TlsCurr") ? all.get(name) + more : more);
        return new TlsCounters(all);
    }

    private static NicCounters set(NicCounters counters, String name, long value) {
        var all = new java.util.TreeMap<>(counters.values());
        all.put(name, value);
        return new NicCounters(all);
    }

    private static Reading<KernelTlsSockets> nginx(EndSnapshot seen) {
        return seen.sockets().flatMap(ours -> {
            var all = new ArrayList<>(ours.sockets());
            all.add(new TlsSockets.Socket("198.51.100.7:443", "203.0.113.9:51234", "sw", "sw", "nginx (99)"));
            return Reading.known(new KernelTlsSockets(all));
        });
    }
}
