package dev.bluerig.sim.agent;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.sim.machine.NetNamespace;
import dev.bluerig.sim.machine.PacketFabric;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.TlsFault;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.tool.DumpFlows;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The way of a connection's packets to its peer. Every device on it counts them; while there is no way they wait, as TCP does.
final class PacketPath {
    private static final long ASK_AGAIN = 1 << 20;           // the way is looked up again after so many bytes
    private static final Duration GIVE_UP = Duration.ofMinutes(15);   // net.ipv4.tcp_retries2
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final long SLOW_BYTES_PER_SECOND = 40_000_000;
    private static final int FIRST = 3;                       // packets that pass the cores before the flow is in the eswitch
    private static final int LOSS = 64;                       // of so many packets one is lost on a bad cable

    private final SimMachine machine;
    private final NetNamespace namespace;
    private final SimLink out;
    private final String peer;
    private final AtomicLong retransmitted = new AtomicLong();
    private Optional<PacketFabric.ForwardingPath> way = Optional.empty();
    private long sinceAsked;
    private long packets;
    private long seen;

    PacketPath(SimMachine machine, NetNamespace namespace, SimLink out, String peer) {
        this.machine = machine;
        this.namespace = namespace;
        this.out = out;
        this.peer = peer;
    }

    SimLink out() {
        return out;
    }

    long retransmitted() {
        return retransmitted.get();
    }

    int mtu() {
        return out.mtu();
    }

    /// Whoever captures on the way sees these bytes of the stream, where the flow is not in the eswitch.
    synchronized void show(ByteBuffer stream, TcpFrames frames) {
        if (way.isEmpty()) return;
        var watched = way.get().places().stream().filter(place -> !place.link().taps().isEmpty()).toList();
        if (watched.isEmpty()) {
            seen += TcpSegments.count(stream.remaining(), mtu());
            frames.pass(stream.remaining());
            return;
        }
        frames.of(stream, mtu(), frame -> {
            seen++;
            for (PacketFabric.LinkOnMachine place : watched)
                if (seen <= FIRST || !DumpFlows.offloaded(place.machine(), place.link())) place.link().taps().frame(frame);
        });
    }

    /// Sends so many bytes of the stream; returns how many packets had to be sent twice.
    synchronized long carry(int bytes, BooleanSupplier closed) throws SystemFailure {
        if (out.kind() == SimLink.Kind.LOOPBACK) return 0;
        find(bytes, closed);
        long count = TcpSegments.count(bytes, mtu());
        long lost = 0;
        List<PacketFabric.LinkOnMachine> places = way.orElseThrow().places();
        if (places.stream().anyMatch(place -> place.machine().tlsFaults().has(TlsFault.CABLE_ERRORS))) {
            lost = (packets + count) / LOSS - packets / LOSS;
            spoil(places, lost);
        }
        packets += count;
        long frames = bytes + TcpSegments.HEADERS * count;
        namespace.tcp().add("OutSegs", count);
        namespace.tcp().add("RetransSegs", lost);
        retransmitted.addAndGet(lost);
        for (int i = 0; i < places.size(); i++) count(places, i, count + lost, frames + lost * mtu());
        if (machine.tlsFaults().has(TlsFault.SLOW_CARD)) LockSupport.parkNanos(bytes * 1_000_000_000L / SLOW_BYTES_PER_SECOND);
        return lost;
    }

    private void find(int bytes, BooleanSupplier closed) throws SystemFailure {
        sinceAsked += bytes;
        int frame = Math.min(bytes + 52, mtu());
        if (way.isPresent() && sinceAsked < ASK_AGAIN && out.isUp()) return;
        sinceAsked = 0;
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        way = machine.world().fabric().way(machine, out, peer, frame);
        while (way.isEmpty()) {
            if (closed.getAsBoolean()) throw new SystemFailure("send", "EBADF");
            if (System.nanoTime() > deadline) throw new SystemFailure("send", "ETIMEDOUT");
            namespace.tcp().add("RetransSegs", 1);
            namespace.tcp().add("OutSegs", 1);
            retransmitted.incrementAndGet();
            LockSupport.parkNanos(LOOK.toNanos());
            way = machine.world().fabric().way(machine, out, peer, frame);
        }
    }

    /// Places alternate between devices that a packet leaves by and devices that it comes in by, as their own machine sees it: a host's
    /// port sends into the card, the representor hears it, the uplink sends into the cable.
    private static void count(List<PacketFabric.LinkOnMachine> places, int index, long packets, long bytes) {
        SimLink link = places.get(index).link();
        String way = index % 2 == 0 ? "tx" : "rx";
        link.carried();
        link.counters().add(way + "_packets", packets);
        link.counters().add(way + "_bytes", bytes);
        if (link.counters().has(way + "_bytes_phy")) {
            link.counters().add(way + "_packets_phy", packets);
            link.counters().add(way + "_bytes_phy", bytes);
        }
    }

    /// What arrives damaged at an uplink is counted there, and at the host's port, which reads the same physical counters.
    private static void spoil(List<PacketFabric.LinkOnMachine> places, long lost) {
        for (int i = 1; i < places.size(); i += 2) {
            SimLink link = places.get(i).link();
            if (!link.counters().has("rx_crc_errors_phy")) continue;
            link.counters().add("rx_crc_errors_phy", lost);
            link.counters().add("rx_symbol_err_phy", lost);
        }
    }
}
