package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.spec.PairTrial;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// The sessions of one pair's machines. Machines are asked side by side; a lost host ends the trial, a lost DPU only makes unknown what it
/// knew.
final class PairSessions {
    private final Map<String, Session> sessions;

    private PairSessions(Map<String, Session> sessions) {
        this.sessions = sessions;
    }

    static PairSessions of(PairTrial trial, SessionSource dialled) throws HostLost {
        var sessions = new LinkedHashMap<String, Session>();
        for (Machine machine : trial.machines()) {
            try {
                sessions.put(machine.name(), dialled.to(machine));
            } catch (Unreachable why) {
                throw new HostLost(machine.name(), why);
            }
        }
        return new PairSessions(sessions);
    }

    Session session(Machine machine) {
        return sessions.get(machine.name());
    }

    /// One machine or several, each in one exchange as far as no question depends on an answer.
    Map<String, MachineAnswer> ask(Map<Machine, ? extends Collection<Fact.Question<?>>> questions) throws HostLost {
        var work = new LinkedHashMap<String, Callable<MachineAnswer>>();
        questions.forEach((machine, wanted) -> work.put(machine.name(), () -> MachineAnswer.of(this::session, machine, wanted)));
        var answers = Parallel.all(work);
        for (Machine machine : questions.keySet())
            if (machine.kind() == Machine.Kind.HOST && answers.get(machine.name()) instanceof MachineAnswer.Silent(Unreachable why))
                throw new HostLost(machine.name(), why);
        return answers;
    }

    MachineAnswer ask(Machine machine, Collection<Fact.Question<?>> wanted) throws HostLost {
        return ask(Map.of(machine, wanted)).get(machine.name());
    }

    List<Reply> run(Machine machine, List<Command> steps) throws HostLost {
        try {
            return session(machine).exchange(new Exchange(steps, List.of()));
        } catch (Unreachable why) {
            throw new HostLost(machine.name(), why);
        }
    }
}
