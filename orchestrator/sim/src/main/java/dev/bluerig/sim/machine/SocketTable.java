package dev.bluerig.sim.machine;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which socket of this computer stands for a simulated address and port. TCP between simulated hosts runs over real loopback sockets.
public final class SocketTable {
    private static final String ANY = "0.0.0.0";

    /// Who calls, as the callee sees it.
    public record Caller(SimMachine machine, InetSocketAddress address) {}

    private record Endpoint(String machine, String address, int port) {}

    private final Map<Endpoint, InetSocketAddress> listening = new HashMap<>();
    private final Map<Integer, Caller> callers = new HashMap<>();
    private final Map<String, Integer> ephemeral = new HashMap<>();

    /// False: somebody on that machine has the port.
    public synchronized boolean listen(SimMachine machine, String address, int port, InetSocketAddress real) {
        boolean taken = listening.keySet().stream().anyMatch(place -> place.machine.equals(machine.name()) && place.port == port
            && (place.address.equals(address) || place.address.equals(ANY) || address.equals(ANY)));
        if (taken) return false;
        listening.put(new Endpoint(machine.name(), address, port), real);
        return true;
    }

    public synchronized void silence(SimMachine machine, String address, int port) {
        listening.remove(new Endpoint(machine.name(), address, port));
    }

    public synchronized Optional<InetSocketAddress> find(SimMachine machine, String address, int port) {
        return Optional.ofNullable(listening.get(new Endpoint(machine.name(), address, port)))
            .or(() -> Optional.ofNullable(listening.get(new Endpoint(machine.name(), ANY, port))));
    }

    /// Before the call: the callee knows the caller by the real port that the call comes from.
    public synchronized void announce(int realPort, Caller caller) {
        callers.put(realPort, caller);
    }

    public synchronized Optional<Caller> caller(int realPort) {
        return Optional.ofNullable(callers.remove(realPort));
    }

    /// net.ipv4.ip_local_port_range begins with 32768.
    public synchronized int ephemeralPort(SimMachine machine) {
        return ephemeral.merge(machine.name(), 32_768, (last, first) -> last < 60_999 ? last + 1 : first);
    }
}
