package dev.bluerig.lab.sim.machine;

import dev.bluerig.inventory.Cidr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a packet meets: host port, representor, bridge, uplink, cable, and the same backwards. Nothing is forwarded by a DPU that is
/// dead, by a bridge whose ovs-vswitchd is down, by a link that is down, or over a link whose MTU is too small.
public final class Fabric {
    private final World world;

    Fabric(World world) {
        this.world = world;
    }

    /// A link of a machine.
    public record Place(SimMachine machine, Link link) {}

    public boolean carrier(SimMachine machine, Link link) {
        if (!link.isUp()) return false;
        return switch (link.kind()) {
            case LOOPBACK, ETHERNET, INTERNAL, REPRESENTOR -> true;
            case TMFIFO -> machine.kind() == SimMachine.Kind.DPU || !world.dpuOf(machine).trouble().isDead();
            case UPLINK -> cablePeer(machine, link.port()).isPresent();
            case PORT -> {
                SimMachine dpu = world.dpuOf(machine);
                if (dpu.card().nicMode()) yield cablePeer(dpu, link.port()).isPresent();
                yield !dpu.trouble().isDead() && dpu.links().find("pf" + link.port() + "hpf").filter(Link::isUp).isPresent();
            }
        };
    }

    /// The other end of the cable, when it is lit: an uplink that is up, or a host port of a card in NIC mode.
    private Optional<Place> cablePeer(SimMachine dpu, int port) {
        return world.otherEnd(new World.End(dpu.name(), port)).flatMap(end -> {
            SimMachine far = world.machine(end.dpu());
            if (far.card().nicMode()) {
                SimMachine host = world.hostOf(far);
                return hostPorts(host, end.port()).stream().filter(Link::isUp).map(link -> new Place(host, link)).findFirst();
            }
            if (far.trouble().isDead()) return Optional.empty();
            return far.links().find("p" + end.port()).filter(Link::isUp).map(link -> new Place(far, link));
        });
    }

    /// Where a frame of so many bytes of payload, sent out of this link to this address, arrives: the owner of the address.
    public Optional<Place> deliver(SimMachine from, Link out, String address, int bytes) {
        return new Frame(address, bytes).sent(new Place(from, out));
    }

    /// The same way back: the peer answers out of the link where the question came in, if its route says so.
    public boolean echo(SimMachine from, Link out, String source, String address, int bytes) {
        Optional<Place> there = deliver(from, out, address, bytes);
        if (there.isEmpty()) return false;
        Place peer = there.get();
        if (peer.machine() == from) return true;
        Optional<Link> back = peer.machine().linkTowards(source);
        return back.isPresent() && deliver(peer.machine(), back.get(), source, bytes).filter(place -> place.machine() == from).isPresent();
    }

    /// Linux answers ARP for any of its addresses on any link (arp_ignore 0), so the machine counts, not the link; a link of its own subnet first.
    private static boolean owns(Place place, String address) {
        return place.link().addresses().stream().map(Cidr::address).anyMatch(address::equals)
            || place.link().kind() == Link.Kind.PORT && place.machine().links().all().stream()
                .anyMatch(link -> link.isUp() && link.addresses().stream().map(Cidr::address).anyMatch(address::equals));
    }

    /// One broadcast or flooded frame on its way: it reaches everything that is joined at this moment.
    private final class Frame {
        private final String address;
        private final int bytes;
        private final Set<String> seen = new HashSet<>();
        private final Deque<Place> arriving = new ArrayDeque<>();

        private Frame(String address, int bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        private Optional<Place> sent(Place from) {
            leave(from);
            while (!arriving.isEmpty()) {
                Place place = arriving.poll();
                if (!passes(place.link()) || !seen.add(place.machine().name() + " " + place.link().name())) continue;
                if (owns(place, address)) return Optional.of(place);
                if (place.link().kind() != Link.Kind.INTERNAL) forward(place);   // what comes out of an internal port ends there
            }
            return Optional.empty();
        }

        private boolean passes(Link link) {
            return link.isUp() && link.mtu() >= bytes;
        }

        /// Out of a link to what is on its other side.
        private void leave(Place place) {
            SimMachine machine = place.machine();
            Link link = place.link();
            if (!passes(link)) return;
            switch (link.kind()) {
                case LOOPBACK, ETHERNET -> { }
                case INTERNAL -> forward(place);
                case TMFIFO -> {
                    SimMachine other = machine.kind() == SimMachine.Kind.HOST ? world.dpuOf(machine) : world.hostOf(machine);
                    if (!other.trouble().isDead()) other.links().find("tmfifo_net0").ifPresent(far -> arriving.add(new Place(other, far)));
                }
                case PORT -> {
                    SimMachine dpu = world.dpuOf(machine);
                    if (dpu.card().nicMode()) cablePeer(dpu, link.port()).ifPresent(arriving::add);
                    else if (!dpu.trouble().isDead()) dpu.links().find("pf" + link.port() + "hpf").ifPresent(rep -> arriving.add(new Place(dpu, rep)));
                }
                case UPLINK -> cablePeer(machine, link.port()).ifPresent(arriving::add);
                case REPRESENTOR -> {
                    SimMachine host = world.hostOf(machine);
                    if (link.name().equals("pf" + link.port() + "hpf")) hostPorts(host, link.port()).forEach(port -> arriving.add(new Place(host, port)));
                }
            }
        }

        /// From one port of a bridge to all others.
        private void forward(Place place) {
            SimMachine dpu = place.machine();   // a host has no bridge, so nothing happens there
            for (String name : dpu.ovs().forwards(place.link().name())) {
                dpu.links().find(name).ifPresent(link -> {
                    if (link.kind() == Link.Kind.INTERNAL) arriving.add(new Place(dpu, link));
                    else leave(new Place(dpu, link));
                });
            }
        }
    }

    private static List<Link> hostPorts(SimMachine host, int port) {
        return host.links().all().stream().filter(link -> link.kind() == Link.Kind.PORT && link.port() == port).toList();
    }
}
