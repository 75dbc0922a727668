package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.fact.tls.KernelTlsCiphers;
import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.WitnessedTraffic;
import dev.bluerig.trial.spec.PairTrial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Looks at both ends of a cable while others use it; touches nothing.
public final class TrafficObserver {
    private final CableId cable;
    private final Map<Role, Machine> machines = new EnumMap<>(Role.class);
    private final Map<Role, LinkName> links = new EnumMap<>(Role.class);
    private final Map<Role, String> kernels = new EnumMap<>(Role.class);
    private final Map<Role, String> peers = new EnumMap<>(Role.class);
    private final Map<Role, List<EndSnapshot>> snapshots = new EnumMap<>(Role.class);
    private final Map<Role, List<Reading<KernelTlsCiphers>>> ciphers = new EnumMap<>(Role.class);
    private final SessionSource dialled;

    private TrafficObserver(CableId cable, SessionSource dialled) {
        this.cable = cable;
        this.dialled = dialled;
    }

    /// Finds the netdevs of the cable's ports. Throws `IllegalArgumentException` when a port has none, and says which.
    public static TrafficObserver at(PairTrial.Cable cable, Machine first, Machine second, SessionSource dialled) throws Unreachable {
        var observer = new TrafficObserver(cable.id(), dialled);
        for (Role role : Role.values()) {
            Machine machine = role == Role.SERVER ? first : second;
            var facts = new Facts(dialled.to(machine));
            facts.ask(List.of(new PortLinks.Seen(), new KernelRelease.Seen()));
            observer.machines.put(role, machine);
            observer.links.put(role, facts.get(new PortLinks.Seen()).ifKnown().flatMap(ports -> ports.netdev(cable.of(role).pci()))
                .orElseThrow(() -> new IllegalArgumentException(machine.name() + ": no netdev stands for port " + cable.of(role).pci()
                + " of cable " + cable.id())));
            observer.kernels.put(role, facts.get(new KernelRelease.Seen()).ifKnown().map(KernelRelease::release).orElse(""));
            observer.peers.put(role, cable.of(role == Role.SERVER ? Role.CLIENT : Role.SERVER).address().address());
            observer.snapshots.put(role, new ArrayList<>());
            observer.ciphers.put(role, new ArrayList<>());
        }
        return observer;
    }

    /// Both ends at the same time. What a lost machine would have said is unknown.
    public void observe() {
        var work = new EnumMap<Role, Callable<MachineAnswer>>(Role.class);
        for (Role role : Role.values()) work.put(role, () -> asked(role));
        Parallel.all(work).forEach((role, asked) -> {
            var look = asked.get(look(role));
            snapshots.get(role).add(EndSnapshot.read(look.flatMap(seen -> Reading.known(seen.end()))));
            ciphers.get(role).add(look.flatMap(ObservedSnapshot::ciphers));
        });
    }

    private MachineAnswer asked(Role role) {
        return MachineAnswer.of(dialled, machines.get(role), look(role).questions());
    }

    private record ObservedSnapshot(EndSnapshot end, Reading<KernelTlsCiphers> ciphers) {}

    private Fact<ObservedSnapshot> look(Role role) {
        return EndSnapshot.of(links.get(role), peers.get(role)).with(new KernelTlsCiphers.Seen().maybe(), ObservedSnapshot::new);
    }

    /// After at least two snapshots.
    public WitnessedTraffic seen() {
        return new WitnessedTraffic(cable, side(Role.SERVER), side(Role.CLIENT));
    }

    private WitnessedTraffic.ObservedEnd side(Role role) {
        return new WitnessedTraffic.ObservedEnd(machines.get(role).name(), links.get(role).text(), kernels.get(role), snapshots.get(role),
            ciphers.get(role));
    }
}
