package dev.bluerig.cases;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// Machines that know flags alone, for what is about many machines and not about any task: `touch /X` sets one, `test -e /X` asks for it.
/// Those in `dead` do not answer.
public final class FlagFleet implements Dialer {
    private final Set<String> dead = new TreeSet<>();
    private final Map<String, FakeMachine> machines = new ConcurrentHashMap<>();
    private final Set<String> flags = new ConcurrentSkipListSet<>();

    public FlagFleet(String... dead) {
        this.dead.addAll(Set.of(dead));
    }

    @Override
    public Session dial(Machine machine, Optional<Session> way) throws Unreachable {
        if (dead.contains(machine.name())) throw new Unreachable(ConnectionCode.CONNECT_TIMEOUT, machine.name() + " does not answer");
        return machines.computeIfAbsent(machine.name(), name -> new FakeMachine(command -> answer(name, command)));
    }

    private Reply answer(String machine, Command command) {
        String flag = machine + command.words().getLast();
        return switch (command.words().getFirst()) {
            case "test" -> new Reply.Ran(flags.contains(flag) ? 0 : 1, "", "");
            case "touch" -> {
                flags.add(flag);
                yield new Reply.Ran(0, "", "");
            }
            case "which", "arping", "install" -> FakeMachine.which(command);
            default -> Ways.eno1(command);
        };
    }

    /// Those that were dialled and answered, since the last `forget`.
    public Map<String, FakeMachine> dialled() {
        return Map.copyOf(machines);
    }

    /// Dialled anew, machines count from nothing. Their flags stay.
    public void forget() {
        machines.clear();
    }

    /// What is set, each as `MACHINE/FLAG`.
    public Set<String> flags() {
        return Set.copyOf(flags);
    }
}
