package dev.bluerig.sim.agent;

import dev.bluerig.protocol.TlsConf;
import dev.bluerig.sim.machine.NetNamespace;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.TlsFault;
import dev.bluerig.sim.net.SimLink;

/// One direction of one connection as kernel and card count it: opened in the card or in software, and what the card does with its packets.
final class TlsContext implements AutoCloseable {
    /// Of so many packets one is the kernel's: those before the card has its rules, and those around a resync. Real cards miss the first
    /// packets of a connection, which are nothing in a long stream; in this lab's short ones they would be much, so they are spread, and
    /// none comes so early that it were a hundredth of a stream that a slow computer cut short.
    private static final int MISSED = 200;
    private static final int PHASE = 37;
    private static final int LATEST_PHASE = 60;

    enum Direction { TRANSMIT, RECEIVE }

    private final SimMachine machine;
    private final NetNamespace namespace;
    private final SimLink link;
    private final Direction way;
    private final boolean card;
    private final int ring;
    private final int downs;
    private final int steeringRemoved;
    private long packets;

    TlsContext(SimMachine machine, NetNamespace namespace, SimLink link, Direction way, boolean card, int ring) {
        this.machine = machine;
        this.namespace = namespace;
        this.link = link;
        this.way = way;
        this.card = card;
        this.ring = ring;
        this.downs = link.downs();
        this.steeringRemoved = link.steeringRemoved();
        namespace.tls().add("Tls" + side() + place(), 1);
        namespace.tls().add("TlsCurr" + side() + place(), 1);
        if (!card) return;
        count(prefix() + "_tls_ctx", 1);
        if (way == Direction.TRANSMIT) count("tx_tls_pool_alloc", 1);
    }

    private String side() {
        return way == Direction.TRANSMIT ? "Tx" : "Rx";
    }

    private String prefix() {
        return way == Direction.TRANSMIT ? "tx" : "rx";
    }

    private String place() {
        return card ? "Device" : "Sw";
    }

    /// `hw` or `sw`: decided once. It stays `hw` when the card does nothing any more.
    String shown() {
        return (card ? TlsConf.CARD : TlsConf.KERNEL).text();
    }

    private void count(String name, long by) {
        if (machine.tlsFaults().has(TlsFault.CARD_PRETENDS)) return;
        SimLink counting = machine.tlsFaults().has(TlsFault.COUNTERS_ELSEWHERE) && link.kind() == SimLink.Kind.PORT
            ? machine.port(1 - link.port()) : link;
        counting.countTls(name, by, ring);
    }

    /// Whether the card still does the work.
    boolean works() {
        return card && link.downs() == downs && (way == Direction.TRANSMIT || link.steeringRemoved() == steeringRemoved);
    }

    /// A record left: `lost` of its packets were sent twice, for which the card must be told again where the record began.
    synchronized void sent(int bytes, long lost) {
        if (!works()) return;
        long count = TcpSegments.count(bytes, link.mtu());
        long again = lost * TcpSegments.largest(link.mtu());
        count("tx_tls_encrypted_packets", count + lost);
        count("tx_tls_encrypted_bytes", bytes + again);
        if (lost > 0) {
            count("tx_tls_ooo", lost);
            count("tx_tls_dump_packets", lost);
            count("tx_tls_dump_bytes", again);
        }
        if (machine.tlsFaults().has(TlsFault.CARD_ERRORS)) count("tx_tls_drop_no_sync_data", 1);
        machine.tlsFaults().foreign().ifPresent(name -> count("tx_tls_encrypted_bytes", bytes / 2));
    }

    /// A record came. Bytes are counted with the headers of their packets (mlx5 en_accel/ktls_rx.c adds the completion's byte count).
    synchronized void received(int bytes) {
        if (!works()) return;
        long count = TcpSegments.count(bytes, link.mtu());
        long phase = Math.floorMod(ring * PHASE, LATEST_PHASE);
        long byKernel = (phase + packets + count) / MISSED - (phase + packets) / MISSED;
        if (packets == 0) resync();
        packets += count;
        long byCard = count - byKernel;
        count("rx_tls_decrypted_packets", byCard);
        count("rx_tls_decrypted_bytes", bytes * byCard / count + TcpSegments.HEADERS * byCard);
        if (machine.tlsFaults().has(TlsFault.CARD_ERRORS)) count("rx_tls_err", 1);
        machine.tlsFaults().foreign().ifPresent(name -> count("rx_tls_decrypted_bytes", bytes / 2));
    }

    /// The card asks once where a record begins, and is told.
    private void resync() {
        for (String name : new String[] {"rx_tls_resync_req_pkt", "rx_tls_resync_req_start", "rx_tls_resync_req_end",
            "rx_tls_resync_res_ok"}) count(name, 1);
    }

    @Override
    public void close() {
        namespace.tls().add("TlsCurr" + side() + place(), -1);
        if (!card) return;
        count(prefix() + "_tls_del", 1);
        if (way == Direction.TRANSMIT) count("tx_tls_pool_free", 1);
    }
}
