package dev.bluerig.trial;

import dev.bluerig.converge.Facts;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.KernelRelease;
import dev.bluerig.fact.KernelTlsCiphers;
import dev.bluerig.fact.Ports;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Unreachable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Looks at both ends of a cable while others use it; touches nothing.
public final class Onlooker {
    private final String cable;
    private final Map<Role, Machine> machines = new EnumMap<>(Role.class);
    private final Map<Role, LinkName> links = new EnumMap<>(Role.class);
    private final Map<Role, String> kernels = new EnumMap<>(Role.class);
    private final Map<Role, String> peers = new EnumMap<>(Role.class);
    private final Map<Role, List<Snapshot>> looks = new EnumMap<>(Role.class);
    private final Map<Role, List<Reading<KernelTlsCiphers>>> ciphers = new EnumMap<>(Role.class);
    private final Dialled dialled;

    private Onlooker(String cable, Dialled dialled) {
        this.cable = cable;
        this.dialled = dialled;
    }

    /// Finds the netdevs of the cable's ports. Throws `IllegalArgumentException` when a port has none, and says which.
    public static Onlooker at(PairTrial.Cable cable, Machine first, Machine second, Dialled dialled) throws Unreachable {
        var onlooker = new Onlooker(cable.name(), dialled);
        for (Role role : Role.values()) {
            Machine machine = role == Role.SERVER ? first : second;
            var facts = new Facts(dialled.to(machine));
            facts.ask(List.of(new Ports.Seen(), new KernelRelease.Seen()));
            onlooker.machines.put(role, machine);
            onlooker.links.put(role, Heard.known(facts.get(new Ports.Seen())).flatMap(ports -> ports.netdev(cable.of(role).pci()))
                .orElseThrow(() -> new IllegalArgumentException(machine.name() + ": no netdev stands for port " + cable.of(role).pci() + " of cable " + cable.name())));
            onlooker.kernels.put(role, Heard.known(facts.get(new KernelRelease.Seen())).map(KernelRelease::release).orElse(""));
            onlooker.peers.put(role, cable.of(role == Role.SERVER ? Role.CLIENT : Role.SERVER).address().address());
            onlooker.looks.put(role, new ArrayList<>());
            onlooker.ciphers.put(role, new ArrayList<>());
        }
        return onlooker;
    }

    /// Both ends at the same time. What a lost machine would have said is unknown.
    public void look() {
        var work = new EnumMap<Role, Callable<Asked>>(Role.class);
        for (Role role : Role.values()) work.put(role, () -> asked(role));
        SideBySide.all(work).forEach((role, asked) -> {
            looks.get(role).add(Look.snapshot(links.get(role), peers.get(role), asked));
            ciphers.get(role).add(asked.get(new KernelTlsCiphers.Seen()));
        });
    }

    private Asked asked(Role role) {
        try {
            var facts = new Facts(dialled.to(machines.get(role)));
            var questions = new ArrayList<Fact.Question<?>>(Look.questions(links.get(role), peers.get(role)));
            questions.add(new KernelTlsCiphers.Seen());
            facts.ask(questions);
            return new Asked.Answered(facts);
        } catch (Unreachable why) {
            return new Asked.Silent(why);
        }
    }

    /// After at least two looks.
    public WitnessedTraffic seen() {
        return new WitnessedTraffic(cable, side(Role.SERVER), side(Role.CLIENT));
    }

    private WitnessedTraffic.Side side(Role role) {
        return new WitnessedTraffic.Side(machines.get(role).name(), links.get(role).text(), kernels.get(role), looks.get(role), ciphers.get(role));
    }
}
