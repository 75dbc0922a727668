package dev.bluerig.sim.machine;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.net.SimLink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a packet meets: host port, representor, bridge, uplink, cable, and the same backwards. Nothing is forwarded by a DPU that is
/// dead, by a bridge whose ovs-vswitchd is down, by a link that is down, or over a link whose MTU is too small.
public final class PacketFabric {
    private final SimWorld world;

    PacketFabric(SimWorld world) {
        this.world = world;
    }

    /// A link of a machine.
    public record LinkOnMachine(SimMachine machine, SimLink link) {}

    public boolean carrier(SimMachine machine, SimLink link) {
        if (!link.isUp()) return false;
        return switch (link.kind()) {
            case LOOPBACK, ETHERNET, INTERNAL, REPRESENTOR -> true;
            case TMFIFO -> machine.kind() == SimMachine.Kind.DPU || !world.dpuOf(machine).faults().isDead();
            case UPLINK -> cablePeer(machine, link.port()).isPresent();
            case PORT -> {
                SimMachine dpu = world.dpuOf(machine);
                if (dpu.card().nicMode()) yield cablePeer(dpu, link.port()).isPresent();
                yield !dpu.faults().isDead() && dpu.links().find("pf" + link.port() + "hpf").filter(SimLink::isUp).isPresent();
            }
        };
    }

    /// The other end of the cable, when it is lit: an uplink that is up, or a host port of a card in NIC mode.
    private Optional<LinkOnMachine> cablePeer(SimMachine dpu, int port) {
        return world.otherEnd(new SimWorld.End(dpu.name(), port)).flatMap(end -> {
            SimMachine far = world.machine(end.dpu());
            if (far.card().nicMode()) {
                SimMachine host = world.hostOf(far);
                return hostPorts(host, end.port()).stream().filter(SimLink::isUp).map(link -> new LinkOnMachine(host, link)).findFirst();
            }
            if (far.faults().isDead()) return Optional.empty();
            return far.links().find("p" + end.port()).filter(SimLink::isUp).map(link -> new LinkOnMachine(far, link));
        });
    }

    /// Where a frame of so many bytes of payload, sent out of this link to this address, arrives: the owner of the address.
    public Optional<LinkOnMachine> deliver(SimMachine from, SimLink out, String address, int bytes) {
        return way(from, out, address, bytes).map(ForwardingPath::last);
    }

    /// All links that the frame passes, the first and the last included, each as seen by the machine that has it.
    public record ForwardingPath(List<LinkOnMachine> places) {
        public ForwardingPath {
            places = List.copyOf(places);
        }

        public LinkOnMachine last() {
            return places.getLast();
        }
    }

    public Optional<ForwardingPath> way(SimMachine from, SimLink out, String address, int bytes) {
        return new Frame(address, bytes).sent(new LinkOnMachine(from, out));
    }

    /// The same way back: the peer answers out of the link where the question came in, if its route says so.
    public boolean echo(SimMachine from, SimLink out, String source, String address, int bytes) {
        Optional<LinkOnMachine> there = deliver(from, out, address, bytes);
        if (there.isEmpty()) return false;
        LinkOnMachine peer = there.get();
        if (peer.machine() == from) return true;
        Optional<SimLink> back = peer.machine().linkTowards(source);
        return back.isPresent() && deliver(peer.machine(), back.get(), source, bytes).filter(place -> place.machine() == from).isPresent();
    }

    /// Linux answers ARP for any of its addresses on any link (arp_ignore 0), so the machine counts, not the link; a link of its own subnet
    /// first.
    private static boolean owns(LinkOnMachine place, String address) {
        return place.link().addresses().stream().map(Cidr::address).anyMatch(address::equals)
            || place.link().kind() == SimLink.Kind.PORT && place.machine().links().all().stream()
                .anyMatch(link -> link.isUp() && link.addresses().stream().map(Cidr::address).anyMatch(address::equals));
    }

    /// One broadcast or flooded frame on its way: it reaches everything that is joined at this moment.
    private final class Frame {
        private final String address;
        private final int bytes;
        private final Set<String> seen = new HashSet<>();
        private final Deque<PartialPath> arriving = new ArrayDeque<>();

        /// Arriving at a place after having passed others.
        private record PartialPath(LinkOnMachine place, List<LinkOnMachine> before) {
            private List<LinkOnMachine> with(LinkOnMachine last) {
                var all = new ArrayList<>(before);
                all.add(last);
                return all;
            }
        }

        private Frame(String address, int bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        private Optional<ForwardingPath> sent(LinkOnMachine from) {
            leave(from, List.of());
            while (!arriving.isEmpty()) {
                PartialPath trail = arriving.poll();
                LinkOnMachine place = trail.place;
                if (!passes(place.link()) || !seen.add(place.machine().name() + " " + place.link().name())) continue;
                if (owns(place, address)) return Optional.of(new ForwardingPath(trail.with(place)));
                // what comes out of an internal port ends there
                if (place.link().kind() != SimLink.Kind.INTERNAL) forward(place, trail.with(place));
            }
            return Optional.empty();
        }

        private boolean passes(SimLink link) {
            return link.isUp() && link.mtu() >= bytes;
        }

        /// Out of a link to what is on its other side.
        private void leave(LinkOnMachine place, List<LinkOnMachine> passed) {
            SimMachine machine = place.machine();
            SimLink link = place.link();
            if (!passes(link)) return;
            var before = new PartialPath(place, passed).with(place);
            switch (link.kind()) {
                case LOOPBACK, ETHERNET -> { }
                case INTERNAL -> forward(place, before);
                case TMFIFO -> {
                    SimMachine other = machine.kind() == SimMachine.Kind.HOST ? world.dpuOf(machine) : world.hostOf(machine);
                    if (!other.faults().isDead()) other.links().find("tmfifo_net0").ifPresent(far -> arrive(other, far, before));
                }
                case PORT -> {
                    SimMachine dpu = world.dpuOf(machine);
                    if (dpu.card().nicMode()) cablePeer(dpu, link.port()).ifPresent(far -> arriving.add(new PartialPath(far, before)));
                    else if (!dpu.faults().isDead())
                        dpu.links().find("pf" + link.port() + "hpf").ifPresent(rep -> arrive(dpu, rep, before));
                }
                case UPLINK -> cablePeer(machine, link.port()).ifPresent(far -> arriving.add(new PartialPath(far, before)));
                case REPRESENTOR -> {
                    SimMachine host = world.hostOf(machine);
                    if (link.name().equals("pf" + link.port() + "hpf"))
                        hostPorts(host, link.port()).forEach(port -> arrive(host, port, before));
                }
            }
        }

        private void arrive(SimMachine machine, SimLink link, List<LinkOnMachine> before) {
            arriving.add(new PartialPath(new LinkOnMachine(machine, link), before));
        }

        /// From one port of a bridge to all others.
        private void forward(LinkOnMachine place, List<LinkOnMachine> passed) {
            SimMachine dpu = place.machine();   // a host has no bridge, so nothing happens there
            for (String name : dpu.ovs().forwards(place.link().name())) {
                dpu.links().find(name).ifPresent(link -> {
                    if (link.kind() == SimLink.Kind.INTERNAL) arrive(dpu, link, passed);
                    else leave(new LinkOnMachine(dpu, link), passed);
                });
            }
        }
    }

    private static List<SimLink> hostPorts(SimMachine host, int port) {
        return host.links().all().stream().filter(link -> link.kind() == SimLink.Kind.PORT && link.port() == port).toList();
    }
}
