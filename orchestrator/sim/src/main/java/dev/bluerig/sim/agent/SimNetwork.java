package dev.bluerig.sim.agent;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.sim.machine.NetNamespace;
import dev.bluerig.sim.machine.PacketFabric;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SocketTable;
import dev.bluerig.sim.machine.TlsFault;
import dev.bluerig.sim.machine.UserAccount;
import dev.bluerig.sim.net.SimLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// TCP with kernel TLS of one process on a simulated machine. Real sockets of this computer's loopback carry the bytes; whether and how
/// they may go is the model's: addresses, routes, links, bridges and cables as they are at that moment.
public final class SimNetwork implements Network, AutoCloseable {
    private static final int SYN = 60;   // bytes of the first packet

    private final SimMachine machine;
    private final NetNamespace namespace;
    private final UserAccount user;
    private final String process;
    private final int pid;
    private volatile Optional<ModelledMeter> meter = Optional.empty();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    public SimNetwork(SimMachine machine, NetNamespace namespace, UserAccount user, String process, int pid) {
        this.machine = machine;
        this.namespace = namespace;
        this.user = user;
        this.process = process;
        this.pid = pid;
    }

    SimMachine machine() {
        return machine;
    }

    NetNamespace namespace() {
        return namespace;
    }

    UserAccount user() {
        return user;
    }

    String process() {
        return process;
    }

    int pid() {
        return pid;
    }

    void meter(ModelledMeter told) {
        meter = Optional.of(told);
    }

    void moved(long bytes, boolean byCpu) {
        meter.ifPresent(each -> each.moved(bytes, byCpu));
    }

    void opened(AutoCloseable socket) {
        open.add(socket);
    }

    void closed(AutoCloseable socket) {
        open.remove(socket);
    }

    @Override
    public Listener listen(InetSocketAddress address, int backlog) throws SystemFailure {
        String own = address.getAddress().getHostAddress();
        bindable("bind", address.getAddress());
        if (address.getPort() > 0 && address.getPort() < 1024 && !user.isRoot()) throw new SystemFailure("bind", "EACCES");
        int port = address.getPort() > 0 ? address.getPort() : machine.world().switchboard().ephemeralPort(machine);
        try {
            ServerSocketChannel server = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
            if (!machine.world().switchboard().listen(machine, own, port, (InetSocketAddress) server.getLocalAddress())) {
                server.close();
                throw new SystemFailure("bind", "EADDRINUSE");
            }
            return new SimListener(this, server, new InetSocketAddress(address.getAddress(), port));
        } catch (IOException problem) {
            throw new SystemFailure("listen", "ENOBUFS");
        }
    }

    private void bindable(String call, InetAddress address) throws SystemFailure {
        if (!address.isAnyLocalAddress() && link(address.getHostAddress()).isEmpty()) throw new SystemFailure(call, "EADDRNOTAVAIL");
    }

    /// The link that has this address.
    private Optional<SimLink> link(String address) {
        return machine.links().all().stream().filter(link -> link.addresses().stream().map(Cidr::address).anyMatch(address::equals))
            .findFirst();
    }

    @Override
    public Connection connect(Optional<InetSocketAddress> local, InetSocketAddress peer, Duration limit) throws SystemFailure {
        if (local.isPresent()) bindable("bind", local.get().getAddress());
        String to = peer.getAddress().getHostAddress();
        boolean loopback = link(to).isPresent();
        SimLink out = loopback ? machine.links().find("lo").orElseThrow() : route(to);
        InetSocketAddress own = source(local, out, peer.getAddress(), loopback);
        SimMachine far = loopback ? machine : callee(out, own.getAddress().getHostAddress(), to);
        InetSocketAddress real = callee(far, to, peer.getPort()).orElseThrow(() -> new SystemFailure("connect", "ECONNREFUSED"));
        try {
            SocketChannel channel = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            machine.world().switchboard().announce(((InetSocketAddress) channel.getLocalAddress()).getPort(),
                new SocketTable.Caller(machine, own));
            channel.connect(real);
            namespace.tcp().add("ActiveOpens", 1);
            return new SimConnection(this, channel, own, peer, new PacketPath(machine, namespace, out, to));
        } catch (IOException problem) {
            throw new SystemFailure("connect", "ECONNREFUSED");
        }
    }

    /// A duplicate host is quicker with its answer to ARP, and takes every port.
    private static Optional<InetSocketAddress> callee(SimMachine far, String address, int port) {
        SocketTable switchboard = far.world().switchboard();
        return far.tlsFaults().has(TlsFault.DUPLICATE_HOST) ? switchboard.find(far, DuplicateHost.ADDRESS, DuplicateHost.PORT)
            : switchboard.find(far, address, port);
    }

    /// By the connected networks, else through the gateway behind the management link, where nobody answers.
    private SimLink route(String to) throws SystemFailure {
        Optional<SimLink> link = machine.linkTowards(to);
        if (link.isPresent()) return link.get();
        boolean gateway = machine.links().all().stream().anyMatch(each -> each.isUp() && each.isDynamic());
        throw new SystemFailure("connect", gateway ? "ETIMEDOUT" : "ENETUNREACH");
    }

    private SimMachine callee(SimLink out, String own, String to) throws SystemFailure {
        PacketFabric fabric = machine.world().fabric();
        // nobody answers ARP
        PacketFabric.LinkOnMachine there = fabric.deliver(machine, out, to, SYN).orElseThrow(() -> new SystemFailure("connect",
            "EHOSTUNREACH"));
        if (!fabric.echo(machine, out, own, to, SYN)) throw new SystemFailure("connect", "ETIMEDOUT");
        return there.machine();
    }

    private InetSocketAddress source(Optional<InetSocketAddress> local, SimLink out, InetAddress peer, boolean loopback)
        throws SystemFailure {
        int port = local.map(InetSocketAddress::getPort).filter(given -> given > 0)
            .orElseGet(() -> machine.world().switchboard().ephemeralPort(machine));
        if (local.isPresent() && !local.get().getAddress().isAnyLocalAddress())
            return new InetSocketAddress(local.get().getAddress(), port);
        if (loopback) return new InetSocketAddress(peer, port);
        String address = out.addresses().stream().filter(own -> own.isV6() == peer.getHostAddress().contains(":")).findFirst()
            .map(Cidr::address)
            .orElseThrow(() -> new SystemFailure("connect", "EADDRNOTAVAIL"));
        return new InetSocketAddress(parse(address), port);
    }

    private static InetAddress parse(String digits) {
        return new InetSocketAddress(digits, 0).getAddress();   // digits only: never resolved
    }

    /// The accepting side of a connection: answers leave by the route to the caller.
    Optional<Connection> accepted(SocketChannel channel, InetSocketAddress own) throws IOException {
        int port = ((InetSocketAddress) channel.getRemoteAddress()).getPort();
        Optional<SocketTable.Caller> caller = machine.world().switchboard().caller(port);
        if (caller.isEmpty()) {   // not one of the simulated machines
            channel.close();
            return Optional.empty();
        }
        InetSocketAddress peer = caller.get().address();
        String to = peer.getAddress().getHostAddress();
        SimLink out = caller.get().machine() == machine ? machine.links().find("lo").orElseThrow()
            : machine.linkTowards(to).orElseThrow(() -> new IOException("no route back"));
        namespace.tcp().add("PassiveOpens", 1);
        return Optional.of(new SimConnection(this, channel, own, peer, new PacketPath(machine, namespace, out, to)));
    }

    /// What a kernel does when the process is gone.
    @Override
    public void close() {
        for (AutoCloseable socket : Set.copyOf(open)) {
            try {
                socket.close();
            } catch (Exception impossible) {
                throw new IllegalStateException("closing a socket of " + process, impossible);
            }
        }
    }
}
