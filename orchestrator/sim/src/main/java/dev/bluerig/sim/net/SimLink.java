package dev.bluerig.sim.net;

import dev.bluerig.inventory.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A network device of a simulated machine.
public final class SimLink {
    /// `PORT`: a PF of a card in a host. `UPLINK`: pN on the DPU. `REPRESENTOR`: of a host PF or of a sub-function. `INTERNAL`: made by
    /// OVS.
    public enum Kind { LOOPBACK, ETHERNET, PORT, UPLINK, REPRESENTOR, TMFIFO, INTERNAL }

    private static final long IDLE = 10_000_000_000L;

    private final int index;
    private final String name;
    private final Kind kind;
    private final String mac;
    private final Optional<String> pci;
    private final int port;
    private final int maxMtu;
    private final LinkFeatures features;
    private final List<Cidr> addresses = new ArrayList<>();
    private int mtu;
    private boolean up;
    private boolean dynamic;
    private volatile long busy;
    private int downs;
    private int steeringRemoved;
    private final NamedCounters counters;
    private final CaptureTaps taps = new CaptureTaps();

    /// `port`: which port of the card it belongs to, -1 when it belongs to none.
    SimLink(int index, String name, Kind kind, String mac, Optional<String> pci, int port, int mtu, int maxMtu, LinkFeatures features) {
        this.index = index;
        this.name = name;
        this.kind = kind;
        this.mac = mac;
        this.pci = pci;
        this.port = port;
        this.mtu = mtu;
        this.maxMtu = maxMtu;
        this.features = features;
        this.counters =
            new NamedCounters(NicCounterNames.of(kind, features.find("tls-hw-tx-offload").filter(feature -> !feature.fixed()).isPresent()));
    }

    public int index() {
        return index;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public String mac() {
        return mac;
    }

    public Optional<String> pci() {
        return pci;
    }

    public int port() {
        return port;
    }

    /// What the driver calls it: `phys_port_name`.
    public Optional<String> physicalName() {
        return switch (kind) {
            case UPLINK, PORT -> Optional.of("p" + port);
            case REPRESENTOR -> Optional.of(name.startsWith("pf") ? "c1pf" + port : name.replaceFirst("^en3f\\d", ""));
            case LOOPBACK, ETHERNET, TMFIFO, INTERNAL -> Optional.empty();
        };
    }

    public int minMtu() {
        return kind == Kind.LOOPBACK ? 0 : 68;
    }

    public int maxMtu() {
        return maxMtu;
    }

    public LinkFeatures features() {
        return features;
    }

    public synchronized int mtu() {
        return mtu;
    }

    public synchronized void resize(int bytes) {
        mtu = bytes;
    }

    public synchronized boolean isUp() {
        return up;
    }

    public synchronized void raise() {
        up = true;
    }

    public synchronized void lower() {
        if (up) downs++;
        up = false;
    }

    /// How often it went down: contexts of kernel TLS do not survive that.
    public synchronized int downs() {
        return downs;
    }

    /// How often the rules that steer TLS to the card were removed.
    public synchronized int steeringRemoved() {
        return steeringRemoved;
    }

    public synchronized void stopReceiving() {
        steeringRemoved++;
    }

    /// It carried IP in the last ten seconds.
    public boolean isBusy() {
        long last = busy;
        return last != 0 && System.nanoTime() - last < IDLE;
    }

    public void carried() {
        busy = System.nanoTime();
    }

    /// Who captures on it.
    public CaptureTaps taps() {
        return taps;
    }

    /// What its driver counts.
    public NamedCounters counters() {
        return counters;
    }

    /// Counts TLS as mlx5 does: in the sum and in the row of one ring.
    public void countTls(String name, long count, int ring) {
        if (!counters.has(name)) return;   // a driver without kernel TLS
        counters.add(name, count);
        if (NicCounterNames.isTls(name)) counters.add(NicCounterNames.ring(name, Math.floorMod(ring, NicCounterNames.RINGS)), count);
    }

    public synchronized List<Cidr> addresses() {
        return List.copyOf(addresses);
    }

    /// True for addresses that DHCP gave.
    public synchronized boolean isDynamic() {
        return dynamic;
    }

    public synchronized void addressByDhcp(Cidr address) {
        dynamic = true;
        addresses.add(address);
    }

    /// False: it has it already.
    public synchronized boolean add(Cidr address) {
        return !addresses.contains(address) && addresses.add(address);
    }

    /// False: it does not have it.
    public synchronized boolean remove(Cidr address) {
        return addresses.remove(address);
    }

    public synchronized void flush() {
        addresses.clear();
    }
}
