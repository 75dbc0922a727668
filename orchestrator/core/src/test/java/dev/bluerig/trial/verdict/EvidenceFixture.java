package dev.bluerig.trial.verdict;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.agent.AgentReport;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.RunObservation;
import dev.bluerig.trial.evidence.UplinkTraffic;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The good case of a trial, and small changes to it. The numbers are those that two hosts with BlueField-2 would show for 4 GiB each way
/// over 4 connections of TLS 1.2 with AES-128-GCM at MTU 9000 (shape only: no card was at hand).
public final class EvidenceFixture {
    public static final long PAYLOAD = 4L << 30;
    public static final int CONNECTIONS = 4;
    public static final long RECORDS = PAYLOAD >> 14;
    public static final long WIRE = PAYLOAD + 29 * RECORDS;
    public static final long PACKETS = WIRE / 8934 + 1;
    public static final int HEADERS = 66;

    private EvidenceFixture() {}

    public static Load load() {
        return new Load(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, LoadSettings.Direction.BOTH, CONNECTIONS,
            Optional.of(ByteCount.of(PAYLOAD)), Optional.empty(),
            new ByteCount("256KiB"), LoadSettings.Verify.EVERY_BYTE, LoadSettings.Mode.STREAM, LoadSettings.Source.SEND, new Cores("all"),
            TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.KERNEL);
    }

    public static Load load(TlsVersion version, Cipher cipher) {
        Load load = load();
        return new Load(version, cipher, load.direction(), load.connections(), load.bytes(), load.seconds(), load.write(), load.verify(),
            load.mode(),
            load.source(), load.cpus(), load.transmit(), load.receive());
    }

    public static Load load(LoadSettings.Direction direction) {
        Load load = load();
        return new Load(load.version(), load.cipher(), direction, load.connections(), load.bytes(), load.seconds(), load.write(),
            load.verify(), load.mode(),
            load.source(), load.cpus(), load.transmit(), load.receive());
    }

    public static Load load(LoadSettings.Mode mode) {
        Load load = load();
        return new Load(load.version(), load.cipher(), load.direction(), load.connections(), load.bytes(), load.seconds(), load.write(),
            load.verify(), mode,
            load.source(), load.cpus(), load.transmit(), load.receive());
    }

    /// Both directions in the card, with the flip, through two DPUs.
    public static Evidence good() {
        return new Evidence(new CableId("bench", 0), load(), 0, observation(TlsConf.CARD), Optional.of(observation(TlsConf.KERNEL)),
            List.of(uplink("dpu-a", "host-a"), uplink("dpu-b", "host-b")), Optional.of(wire()));
    }

    /// What a capture of 480 packets shows of the good case (shape only).
    public static CaptureResult wire() {
        return new CaptureResult("dpu-a", "p0", "", 480, true, List.of(way(Role.SERVER), way(Role.CLIENT)));
    }

    public static CaptureResult.SenderCapture way(Role sender) {
        return new CaptureResult.SenderCapture(sender, CONNECTIONS, 240, 2_100_000, 0, 128, 12, 2_090_000, 0, "");
    }

    public static Evidence wire(Evidence evidence, Optional<CaptureResult> wire) {
        return new Evidence(evidence.cable(), evidence.load(), evidence.alongside(), evidence.on(), evidence.off(), evidence.uplinks(),
            wire);
    }

    public static UplinkTraffic uplink(String dpu, String end) {
        return new UplinkTraffic(dpu, "p0", end, "tx_bytes_phy", Reading.known(WIRE + HEADERS * PACKETS),
            Reading.known(WIRE + HEADERS * PACKETS));
    }

    /// All records of both ends handled in one place.
    public static RunObservation observation(TlsConf place) {
        return new RunObservation(end(Role.SERVER, place), end(Role.CLIENT, place));
    }

    public static EndObservation end(Role role, TlsConf place) {
        boolean server = role == Role.SERVER;
        boolean kernel = place != TlsConf.PROGRAM;
        return new EndObservation(server ? "host-a" : "host-b", "ens5f0np0", "6.8.0-31-generic", snapshot(role, place, 0, 0),
            snapshot(role, place, 1, kernel ? CONNECTIONS : 0),
            snapshot(role, place, 1, 0), new AgentReport(role, samples(place), transfer(), transfer(), usage(), kernel ? ""
            : "kernel has no TLS (TCP_ULP: ENOENT)", Optional.empty()));
    }

    public static CpuUsage usage() {
        return new CpuUsage(0.4, 1.6, 2.5, List.of(0.2, 0.3), 100, 10, CONNECTIONS, 12);
    }

    public static TransferTotals transfer() {
        return new TransferTotals(PAYLOAD, RECORDS, 4.0, List.of(PAYLOAD / 4, PAYLOAD / 4, PAYLOAD / 4, PAYLOAD / 4), PAYLOAD, true);
    }

    public static List<ConnectionSample> samples(TlsConf place) {
        var samples = new ArrayList<ConnectionSample>();
        boolean kernel = place != TlsConf.PROGRAM;
        for (int connection = 0; connection < CONNECTIONS; connection++)
            samples.add(sample(connection, AgentEvent.When.OPENED, place, kernel ? 1 : -1));
        for (int connection = 0; connection < CONNECTIONS; connection++)
            samples.add(sample(connection, AgentEvent.When.CLOSING, place, kernel ? 1 + RECORDS / CONNECTIONS : -1));
        return samples;
    }

    private static ConnectionSample sample(int connection, AgentEvent.When when, TlsConf place, long records) {
        return new ConnectionSample(connection, when, Reading.known(place), Reading.known(place), "1.2", "aes-128-gcm", records, records);
    }

    /// `ran`: 0 before the run, 1 when all payload is through; `open`: connections that are open now.
    static EndSnapshot snapshot(Role role, TlsConf place, int ran, int open) {
        return new EndSnapshot(Reading.known(kernel(place, ran, open)), Reading.known(card(place, ran)),
            Reading.known(flags(place != TlsConf.KERNEL)), Reading.known(true),
            Reading.known(new PeerRoute("ens5f0np0", false)), Reading.known(new Retransmits(1000 + ran * PACKETS, 5 + 12L * ran)),
            Reading.known(sockets(role, place, open)));
    }

    public static TlsFlags flags(boolean on) {
        TlsFlags.Flag flag = on ? TlsFlags.Flag.ON : TlsFlags.Flag.OFF;
        return new TlsFlags(flag, flag);
    }

    private static KernelTlsSockets sockets(Role role, TlsConf place, int open) {
        var sockets = new ArrayList<TlsSockets.Socket>();
        for (int connection = 0; connection < open; connection++) {
            String here = role == Role.SERVER ? "192.0.2.1:47000" : "192.0.2.2:" + (40000 + connection);
            String there = role == Role.SERVER ? "192.0.2.2:" + (40000 + connection) : "192.0.2.1:47000";
            sockets.add(new TlsSockets.Socket(here, there, place.text(), place.text(), "java (4711)"));
        }
        return new KernelTlsSockets(sockets);
    }

    private static TlsCounters kernel(TlsConf place, int ran, int open) {
        boolean device = place == TlsConf.CARD;
        boolean software = place == TlsConf.KERNEL;
        var values = new TreeMap<String, Long>();
        for (String way : List.of("Tx", "Rx")) {
            values.put("TlsCurr" + way + "Device", device ? (long) open : 0);
            values.put("TlsCurr" + way + "Sw", software ? (long) open : 0);
            values.put("Tls" + way + "Device", 120L + (device ? CONNECTIONS * ran : 0));
            values.put("Tls" + way + "Sw", 33L + (software ? CONNECTIONS * ran : 0));
        }
        values.put("TlsDecryptError", 2L);
        values.put("TlsRxDeviceResync", 40L);
        values.put("TlsDecryptRetry", 7L);
        values.put("TlsRxNoPadViolation", 0L);
        return new TlsCounters(values);
    }

    private static NicCounters card(TlsConf place, int ran) {
        long moved = place == TlsConf.CARD ? ran : 0;
        var values = new TreeMap<String, Long>();
        values.put("tx_tls_encrypted_bytes", 9_000_000L + moved * (WIRE + 31 * CONNECTIONS));
        values.put("tx_tls_encrypted_packets", 7_000L + moved * PACKETS);
        values.put("rx_tls_decrypted_bytes", 8_000_000L + moved * (WIRE + HEADERS * PACKETS - 40_000));
        values.put("rx_tls_decrypted_packets", 6_000L + moved * PACKETS);
        for (ErrorCounter counter : ErrorCounter.values()) if (!counter.text().startsWith("Tls")) values.put(counter.text(), 1L);
        values.put("tx_tls_ooo", 3L + moved * 5);
        values.put("tx_tls_ctx", 100L + moved * CONNECTIONS);
        values.put("link_down_events_phy", 1L);
        values.put("rx_crc_errors_phy", 0L);
        return new NicCounters(values);
    }

    // small changes, each to one thing

    public static Evidence with(Evidence evidence, Load load) {
        return new Evidence(evidence.cable(), load, evidence.alongside(), evidence.on(), evidence.off(), evidence.uplinks(),
            evidence.wire());
    }

    public static Evidence alongside(Evidence evidence, int connections) {
        return new Evidence(evidence.cable(), evidence.load(), connections, evidence.on(), evidence.off(), evidence.uplinks(),
            evidence.wire());
    }

    public static Evidence uplinks(Evidence evidence, List<UplinkTraffic> uplinks) {
        return new Evidence(evidence.cable(), evidence.load(), evidence.alongside(), evidence.on(), evidence.off(), uplinks,
            evidence.wire());
    }

    public static Evidence off(Evidence evidence, Optional<RunObservation> off) {
        return new Evidence(evidence.cable(), evidence.load(), evidence.alongside(), evidence.on(), off, evidence.uplinks(),
            evidence.wire());
    }

    /// One end of the run with the flags on.
    public static Evidence end(Evidence evidence, Role role, UnaryOperator<EndObservation> change) {
        return new Evidence(evidence.cable(), evidence.load(), evidence.alongside(), end(evidence.on(), role, change), evidence.off(),
            evidence.uplinks(), evidence.wire());
    }

    public static Evidence both(Evidence evidence, UnaryOperator<EndObservation> change) {
        return end(end(evidence, Role.SERVER, change), Role.CLIENT, change);
    }

    /// One end of the run with the flags off.
    public static Evidence offEnd(Evidence evidence, Role role, UnaryOperator<EndObservation> change) {
        return off(evidence, evidence.off().map(off -> end(off, role, change)));
    }

    public static RunObservation end(RunObservation observation, Role role, UnaryOperator<EndObservation> change) {
        return role == Role.SERVER ? new RunObservation(change.apply(observation.server()), observation.client())
            : new RunObservation(observation.server(), change.apply(observation.client()));
    }

    /// `when`: 0 before, 1 during, 2 after.
    public static UnaryOperator<EndObservation> snapshots(BiFunction<Integer, EndSnapshot, EndSnapshot> change) {
        return end -> new EndObservation(end.machine(), end.link(), end.kernel(), change.apply(0, end.before()),
            change.apply(1, end.during()), change.apply(2, end.after()), end.pair());
    }

    public static UnaryOperator<EndObservation> kernel(String release) {
        return end -> new EndObservation(end.machine(), end.link(), release, end.before(), end.during(), end.after(), end.pair());
    }

    public static UnaryOperator<EndObservation> pair(UnaryOperator<AgentReport> change) {
        return end -> new EndObservation(end.machine(), end.link(), end.kernel(), end.before(), end.during(), end.after(),
            change.apply(end.pair()));
    }

    public static UnaryOperator<EndObservation> samples(UnaryOperator<List<ConnectionSample>> change) {
        return pair(pair -> new AgentReport(pair.role(), change.apply(pair.samples()), pair.sent(), pair.received(), pair.usage(),
            pair.fallback(), pair.failure()));
    }

    public static UnaryOperator<EndObservation> eachSample(UnaryOperator<ConnectionSample> change) {
        return samples(samples -> samples.stream().map(change).toList());
    }

    public static UnaryOperator<EndObservation> transfers(UnaryOperator<TransferTotals> change) {
        return pair(pair -> new AgentReport(pair.role(), pair.samples(), change.apply(pair.sent()), change.apply(pair.received()),
            pair.usage(), pair.fallback(), pair.failure()));
    }

    public static UnaryOperator<EndObservation> usage(UnaryOperator<CpuUsage> change) {
        return pair(pair -> new AgentReport(pair.role(), pair.samples(), pair.sent(), pair.received(), change.apply(pair.usage()),
            pair.fallback(), pair.failure()));
    }

    public static UnaryOperator<EndObservation> fallback(String why) {
        return pair(pair -> new AgentReport(pair.role(), pair.samples(), pair.sent(), pair.received(), pair.usage(), why, pair.failure()));
    }

    public static UnaryOperator<EndObservation> failure(AgentFailure failure) {
        return pair(pair -> new AgentReport(pair.role(), pair.samples(), pair.sent(), pair.received(), pair.usage(), pair.fallback(),
            Optional.of(failure)));
    }

    /// A counter of the kernel moved by so much more between the first look and the others.
    public static UnaryOperator<EndObservation> kernelMoved(String name, long more) {
        return snapshots((when, seen) -> tls(seen, when == 0 ? UnaryOperator.identity()
            : counters -> new TlsCounters(plus(counters.values(), name, more))));
    }

    public static UnaryOperator<EndObservation> cardMoved(String name, long more) {
        return snapshots((when, seen) -> nic(seen, when == 0 ? UnaryOperator.identity()
            : counters -> new NicCounters(plus(counters.values(), name, more))));
    }

    /// A counter that is not listed at any time.
    public static UnaryOperator<EndObservation> kernelWithout(String name) {
        return snapshots((when, seen) -> tls(seen, counters -> new TlsCounters(without(counters.values(), name))));
    }

    public static UnaryOperator<EndObservation> cardWithout(String name) {
        return snapshots((when, seen) -> nic(seen, counters -> new NicCounters(without(counters.values(), name))));
    }

    private static Map<String, Long> plus(Map<String, Long> values, String name, long more) {
        var all = new TreeMap<>(values);
        all.merge(name, more, Long::sum);
        return all;
    }

    private static Map<String, Long> without(Map<String, Long> values, String name) {
        var all = new TreeMap<>(values);
        all.remove(name);
        return all;
    }

    public static EndSnapshot tls(EndSnapshot seen, UnaryOperator<TlsCounters> change) {
        return tls(seen, mapped(seen.tls(), change));
    }

    public static EndSnapshot tls(EndSnapshot seen, Reading<TlsCounters> tls) {
        return new EndSnapshot(tls, seen.nic(), seen.flags(), seen.carrier(), seen.route(), seen.retransmits(), seen.sockets());
    }

    public static EndSnapshot nic(EndSnapshot seen, UnaryOperator<NicCounters> change) {
        return nic(seen, mapped(seen.nic(), change));
    }

    public static EndSnapshot nic(EndSnapshot seen, Reading<NicCounters> nic) {
        return new EndSnapshot(seen.tls(), nic, seen.flags(), seen.carrier(), seen.route(), seen.retransmits(), seen.sockets());
    }

    public static EndSnapshot flags(EndSnapshot seen, Reading<TlsFlags> flags) {
        return new EndSnapshot(seen.tls(), seen.nic(), flags, seen.carrier(), seen.route(), seen.retransmits(), seen.sockets());
    }

    public static EndSnapshot carrier(EndSnapshot seen, Reading<Boolean> carrier) {
        return new EndSnapshot(seen.tls(), seen.nic(), seen.flags(), carrier, seen.route(), seen.retransmits(), seen.sockets());
    }

    public static EndSnapshot route(EndSnapshot seen, Reading<PeerRoute> route) {
        return new EndSnapshot(seen.tls(), seen.nic(), seen.flags(), seen.carrier(), route, seen.retransmits(), seen.sockets());
    }

    public static EndSnapshot sockets(EndSnapshot seen, Reading<KernelTlsSockets> sockets) {
        return new EndSnapshot(seen.tls(), seen.nic(), seen.flags(), seen.carrier(), seen.route(), seen.retransmits(), sockets);
    }

    public static EndSnapshot retransmits(EndSnapshot seen, Reading<Retransmits> retransmits) {
        return new EndSnapshot(seen.tls(), seen.nic(), seen.flags(), seen.carrier(), seen.route(), retransmits, seen.sockets());
    }

    private static <T> Reading<T> mapped(Reading<T> reading, Function<T, T> change) {
        return reading.flatMap(value -> Reading.known(change.apply(value)));
    }

    public static TlsPlacement ruling(Evidence evidence, Role role, Direction direction) {
        return verdict(evidence, role, direction).ruling();
    }

    public static Verdict verdict(Evidence evidence, Role role, Direction direction) {
        return Judge.of(evidence, Thresholds.DEFAULT).stream().filter(verdict -> verdict.role() == role && verdict.half() == direction)
            .findFirst().orElseThrow();
    }

    public static Testimony testimony(Verdict verdict, Witness witness) {
        return verdict.testimonies().stream().filter(testimony -> testimony.witness() == witness).findFirst().orElseThrow();
    }

    @SafeVarargs
    public static UnaryOperator<EndObservation> chain(UnaryOperator<EndObservation>... changes) {
        return end -> {
            EndObservation changed = end;
            for (UnaryOperator<EndObservation> change : changes) changed = change.apply(changed);
            return changed;
        };
    }

    public static ConnectionSample placed(ConnectionSample sample, Direction direction, Reading<TlsConf> place) {
        return new ConnectionSample(sample.connection(), sample.when(), direction == Direction.TX ? place : sample.transmit(),
            direction == Direction.RX ? place : sample.receive(), sample.version(), sample.cipher(),
            sample.transmitted(), sample.received());
    }
}
