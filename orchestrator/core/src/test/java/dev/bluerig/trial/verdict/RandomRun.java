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
import dev.bluerig.trial.agent.AgentReport;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.RunObservation;
import dev.bluerig.trial.evidence.UplinkTraffic;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// What truly happened in one run, connection by connection, and the evidence that it leaves behind. The truth is drawn first; nothing here
/// knows how the judge decides.
public record RandomRun(Load load, int alongside, Map<String, Truth> truths, boolean flip, boolean dpus, boolean ipv6, int mtu, long seed) {
    /// What is wrong with one half of one end.
    public enum Fault {
        NONE, SOFTWARE, PROGRAM, SOME_SOFTWARE, FLAP, FLAP_AND_FOREIGN_BYTES, OTHER_PORT, OTHER_NAMESPACE, FOREIGN_ALONE, CHANGED_PAYLOAD,
            FLAG_CHANGED, VERSION_1_3, FLIP_STILL_HARDWARE,
        ERRORS, RELOADED, ROUTE_ELSEWHERE
    }

    /// `card`: the share of the bytes that the card handled; `software`: connections in the kernel; `foreign`: bytes and connections of
    /// another program in the same namespace and by the same port.
    public record Truth(Fault fault, double card, int software, long foreignBytes, int foreign) {
        public boolean hardware() {
            return fault == Fault.NONE;
        }
    }

    public Truth truth(Role role, Direction direction) {
        return truths.get(role + " " + direction);
    }

    public static RandomRun right(Random random) {
        return drawn(random, false);
    }

    /// At least one half is not in hardware.
    public static RandomRun wrong(Random random) {
        return drawn(random, true);
    }

    private static RandomRun drawn(Random random, boolean wrong) {
        var mode = random.nextInt(8) == 0 ? LoadSettings.Mode.REQUEST_RESPONSE : LoadSettings.Mode.STREAM;
        int connections = 1 + random.nextInt(random.nextBoolean() ? 4 : 64);
        long payload = connections * (64L << 20) + random.nextInt(1 << 30);
        int write = 1 << (8 + random.nextInt(13));
        boolean together = mode == LoadSettings.Mode.STREAM && random.nextInt(6) == 0;
        Load load = new Load(TlsVersion.TLS_1_2, random.nextInt(4) == 0 ? Cipher.AES_256_GCM : Cipher.AES_128_GCM,
            LoadSettings.Direction.values()[random.nextInt(3)], connections,
            Optional.of(ByteCount.of(payload)), Optional.empty(), ByteCount.of(write), random.nextBoolean()
            ? LoadSettings.Verify.EVERY_BYTE : LoadSettings.Verify.SAMPLE, mode, LoadSettings.Source.SEND,
            new Cores("all"), TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.KERNEL);
        Map<String, Truth> truths = new TreeMap<>();
        var halves = new ArrayList<String>();
        for (Role role : Role.values())
            for (Direction direction : Direction.values())
                if (load.direction() == LoadSettings.Direction.BOTH || load.sends(role) == (direction == Direction.TX))
                    halves.add(role + " " + direction);
        for (Role role : Role.values())
            for (Direction direction : Direction.values()) truths.put(role + " " + direction, new Truth(Fault.NONE, 1, 0, 0, 0));
        if (wrong) {
            int many = 1 + random.nextInt(halves.size());
            for (int i = 0; i < many; i++) truths.put(halves.get(random.nextInt(halves.size())), fault(random, connections, payload));
        }
        return new RandomRun(load, together ? 1 + random.nextInt(8) : 0, truths, random.nextInt(3) > 0
            || truths.values().stream().anyMatch(truth -> truth.fault() == Fault.FLIP_STILL_HARDWARE),
            random.nextBoolean(), random.nextInt(4) == 0, random.nextBoolean() ? 9000 : 1500, random.nextLong());
    }

    private static Truth fault(Random random, int connections, long payload) {
        Fault fault = Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
        double half = random.nextDouble() * 0.97;
        return switch (fault) {
            case NONE -> throw new IllegalStateException();
            case SOFTWARE, VERSION_1_3 -> new Truth(fault, 0, connections, 0, 0);
            case PROGRAM, OTHER_PORT -> new Truth(fault, 0, 0, 0, 0);
            case SOME_SOFTWARE -> {
                int some = connections == 1 ? 1 : 1 + random.nextInt(connections - 1);
                yield new Truth(fault, 1 - some / (double) connections, some, 0, 0);
            }
            case FLAP -> new Truth(fault, half, 0, 0, 0);
            case FLAP_AND_FOREIGN_BYTES -> new Truth(fault, half, 0, (long) ((1 - half) * payload), 1 + random.nextInt(3));
            case FOREIGN_ALONE -> new Truth(fault, 0, connections, payload, connections);
            case OTHER_NAMESPACE, CHANGED_PAYLOAD, FLAG_CHANGED, FLIP_STILL_HARDWARE, ERRORS, RELOADED,
                ROUTE_ELSEWHERE -> new Truth(fault, 1, 0, 0, 0);
        };
    }

    public Evidence evidence() {
        var random = new Random(seed);
        RunObservation on = new RunObservation(end(Role.SERVER, true, random), end(Role.CLIENT, true, random));
        Optional<RunObservation> off = flip
            ? Optional.of(new RunObservation(end(Role.SERVER, false, random), end(Role.CLIENT, false, random))) : Optional.empty();
        return new Evidence(new CableId("bench", 0), load, alongside, on, off,
            dpus ? List.of(uplink("host-a"), uplink("host-b")) : List.of(), Optional.empty());
    }

    private UplinkTraffic uplink(String end) {
        return new UplinkTraffic("dpu of " + end, "p0", end, "tx_bytes_phy", Reading.known(wire() + packets() * headers()),
            Reading.known(wire() + packets() * headers()));
    }

    private long payload() {
        return load.bytes().orElseThrow().bytes();
    }

    private long records() {
        return Math.ceilDiv(payload(), Math.min(1 << 14, load.write().bytes())) + 2L * handshakes();
    }

    private long wire() {
        return payload() + 29 * records() + 18L * handshakes();
    }

    private long packets() {
        return Math.ceilDiv(wire(), mtu - headers() + 14);
    }

    private int headers() {
        return ipv6 ? 86 : 66;
    }

    private int handshakes() {
        return load.mode() == LoadSettings.Mode.STREAM ? load.connections() : 50 * load.connections();
    }

    private boolean carries(Role role, Direction direction) {
        return load.direction() == LoadSettings.Direction.BOTH || load.sends(role) == (direction == Direction.TX);
    }

    private TlsConf place(Truth truth, int connection, boolean flags) {
        return switch (truth.fault()) {
            case PROGRAM -> TlsConf.PROGRAM;
            case SOFTWARE, VERSION_1_3, FOREIGN_ALONE -> TlsConf.KERNEL;
            case SOME_SOFTWARE -> !flags || connection < truth.software() ? TlsConf.KERNEL : TlsConf.CARD;
            case FLIP_STILL_HARDWARE -> TlsConf.CARD;
            case NONE, FLAP, FLAP_AND_FOREIGN_BYTES, OTHER_PORT, OTHER_NAMESPACE, CHANGED_PAYLOAD, FLAG_CHANGED, ERRORS, RELOADED,
                ROUTE_ELSEWHERE -> flags ? TlsConf.CARD : TlsConf.KERNEL;
        };
    }

    private EndObservation end(Role role, boolean flags, Random random) {
        String machine = role == Role.SERVER ? "host-a" : "host-b";
        int retransmits = random.nextInt(200);
        var samples = new ArrayList<ConnectionSample>();
        for (var when : List.of(AgentEvent.When.OPENED, AgentEvent.When.CLOSING))
            for (int connection = 0; connection < load.connections(); connection++)
                samples.add(new ConnectionSample(connection, when, Reading.known(place(truth(role, Direction.TX), connection, flags)),
                    Reading.known(place(truth(role, Direction.RX), connection, flags)),
                    truth(role, Direction.TX).fault() == Fault.VERSION_1_3 || truth(role, Direction.RX).fault() == Fault.VERSION_1_3
                    ? "1.3" : "1.2", load.cipher().text(), -1, -1));
        boolean intact = truth(role, Direction.RX).fault() != Fault.CHANGED_PAYLOAD
            && truth(role == Role.SERVER ? Role.CLIENT : Role.SERVER, Direction.TX).fault() != Fault.CHANGED_PAYLOAD;
        TransferTotals sent = carries(role, Direction.TX) ? new TransferTotals(payload(), records(), 3, List.of(), 0, true)
            : TransferTotals.none();
        TransferTotals received = carries(role, Direction.RX)
            ? new TransferTotals(payload(), records(), 3, List.of(), load.verify() == LoadSettings.Verify.EVERY_BYTE ? payload()
            : payload() / 64, intact) : TransferTotals.none();
        var usage = new CpuUsage(1, 1, 2, List.of(), 0, 0, handshakes(), retransmits);
        long base = random.nextInt(1 << 20);
        return new EndObservation(machine, "eth2", "6.8.0-45-generic", snapshot(role, flags, 0, base, retransmits),
            snapshot(role, flags, 1, base, retransmits), snapshot(role, flags, 2, base, retransmits),
            new AgentReport(role, samples, sent, received, usage, "", Optional.empty()));
    }

    /// `when`: 0 before, 1 during, 2 after.
    private EndSnapshot snapshot(Role role, boolean flags, int when, long base, int retransmits) {
        var kernel = new TreeMap<String, Long>();
        var card = new TreeMap<String, Long>();
        var sockets = new ArrayList<TlsSockets.Socket>();
        long ran = when == 0 ? 0 : 1;
        kernel.put("TlsDecryptError", base);
        kernel.put("TlsRxDeviceResync", base);
        card.put("link_down_events_phy", base + ran * flaps(role));
        for (ErrorCounter counter : ErrorCounter.values()) if (!counter.text().startsWith("Tls")) card.put(counter.text(), base);
        for (Direction direction : Direction.values()) half(role, direction, flags, when, base, kernel, card);
        if (when == 1 && load.mode() == LoadSettings.Mode.STREAM) ours(role, flags, sockets);
        int foreign = Math.max(truth(role, Direction.TX).foreign(), truth(role, Direction.RX).foreign());
        for (int i = 0; i < foreign && flags; i++)
            sockets.add(new TlsSockets.Socket("198.51.100.1:443", "198.51.100.2:" + (5000 + i), "hw", "hw", "nginx (99)"));
        for (int i = 0; i < alongside && when == 1; i++)
            sockets.add(new TlsSockets.Socket("192.0.2.5:47000", "192.0.2.6:" + (6000 + i), "hw", "hw", "java (12)"));
        return new EndSnapshot(Reading.known(new TlsCounters(kernel)), Reading.known(new NicCounters(card)),
            Reading.known(flags(role, flags, when)), Reading.known(true),
            Reading.known(new PeerRoute(truth(role, Direction.TX).fault() == Fault.ROUTE_ELSEWHERE
            || truth(role, Direction.RX).fault() == Fault.ROUTE_ELSEWHERE ? "eno1" : "eth2", false)),
            Reading.known(new Retransmits(base + ran * packets(), base + ran * retransmits)), Reading.known(new KernelTlsSockets(sockets)));
    }

    /// Half of the flaps are seen by the driver's own counter, half by no counter at all.
    private long flaps(Role role) {
        boolean flap = List.of(Direction.values()).stream()
            .anyMatch(direction -> List.of(Fault.FLAP, Fault.FLAP_AND_FOREIGN_BYTES).contains(truth(role, direction).fault()));
        return flap && seed % 2 == 0 ? 1 : 0;
    }

    private void ours(Role role, boolean flags, List<TlsSockets.Socket> sockets) {
        for (int connection = 0; connection < load.connections(); connection++) {
            TlsConf receive = place(truth(role, Direction.RX), connection, flags);
            TlsConf transmit = place(truth(role, Direction.TX), connection, flags);
            if (receive == TlsConf.PROGRAM && transmit == TlsConf.PROGRAM) continue;
            String here = ipv6 ? "[2001:db8::1]:47000" : "192.0.2.1:47000";
            sockets.add(new TlsSockets.Socket(here, (ipv6 ? "[2001:db8::2]:" : "192.0.2.2:") + (40000 + connection), receive.text(),
                transmit.text(), "java (11)"));
        }
    }

    private TlsFlags flags(Role role, boolean flags, int when) {
        return new TlsFlags(flag(truth(role, Direction.TX), flags, when), flag(truth(role, Direction.RX), flags, when));
    }

    private static TlsFlags.Flag flag(Truth truth, boolean flags, int when) {
        boolean on = switch (truth.fault()) {
            case SOFTWARE -> false;
            case FLAG_CHANGED -> flags && when == 0;
            case NONE, PROGRAM, SOME_SOFTWARE, FLAP, FLAP_AND_FOREIGN_BYTES, OTHER_PORT, OTHER_NAMESPACE, FOREIGN_ALONE, CHANGED_PAYLOAD,
                VERSION_1_3, FLIP_STILL_HARDWARE, ERRORS, RELOADED,
                ROUTE_ELSEWHERE -> flags;
        };
        return on ? TlsFlags.Flag.ON : TlsFlags.Flag.OFF;
    }

    private void half(Role role, Direction direction, boolean flags, int when, long base, Map<String, Long> kernel,
        Map<String, Long> card) {
        Truth truth = truth(role, direction);
        String way = direction == Direction.TX ? "Tx" : "Rx";
        long device = 0;
        long software = 0;
        for (int connection = 0; connection < load.connections(); connection++) {
            TlsConf place = place(truth, connection, flags);
            if (place == TlsConf.CARD) device++;
            if (place == TlsConf.KERNEL) software++;
        }
        long rounds = handshakes() / load.connections();
        boolean counted = truth.fault() != Fault.OTHER_NAMESPACE;
        long ran = when == 0 ? 0 : 1;
        long foreign = flags ? truth.foreign() : 0;
        long others = flags ? alongside : 0;
        long otherSoftware = flags ? 0 : alongside;
        boolean openNow = when == 1 && load.mode() == LoadSettings.Mode.STREAM && counted;
        kernel.put("TlsCurr" + way + "Device", (openNow ? device + others : 0) + foreign);
        kernel.put("TlsCurr" + way + "Sw", openNow ? software + otherSoftware : 0);
        kernel.put("Tls" + way + "Device", base + (counted ? ran * (device * rounds + others) : 0));
        kernel.put("Tls" + way + "Sw", base + (counted ? ran * (software * rounds + otherSoftware) : 0));
        if (truth.fault() == Fault.RELOADED && when == 2) kernel.put("Tls" + way + "Device", 0L);
        boolean moves = carries(role, direction)
            && (flags ? truth.fault() != Fault.OTHER_PORT : truth.fault() == Fault.FLIP_STILL_HARDWARE);
        double share = moves ? truth.card() : 0;
        long bytes = ran * ((long) (share * wire()) + (flags ? truth.foreignBytes() : 0));
        long count = ran * ((long) (share * packets()) + (flags ? truth.foreignBytes() / mtu : 0));
        if (truth.fault() == Fault.ERRORS && ran == 1 && flags)
            card.merge(direction == Direction.TX ? "tx_tls_drop_no_sync_data" : "rx_tls_err", 1 + seed % 3 * (seed % 3), Long::sum);
        card.put(direction == Direction.TX ? "tx_tls_encrypted_bytes" : "rx_tls_decrypted_bytes",
            base + bytes + (direction == Direction.RX ? count * headers() : 0));
        card.put(direction == Direction.TX ? "tx_tls_encrypted_packets" : "rx_tls_decrypted_packets", base + count);
    }
}
