package dev.bluerig.trial;

import dev.bluerig.converge.Facts;
import dev.bluerig.fact.Fact;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// The sessions of one pair's machines. Machines are asked side by side; a lost host ends the trial, a lost DPU only makes unknown what it knew.
final class Bench {
    private final Map<String, Session> sessions;

    private Bench(Map<String, Session> sessions) {
        this.sessions = sessions;
    }

    static Bench of(PairTrial trial, Dialled dialled) throws Lost {
        var sessions = new LinkedHashMap<String, Session>();
        for (Machine machine : trial.machines()) {
            try {
                sessions.put(machine.name(), dialled.to(machine));
            } catch (Unreachable why) {
                throw new Lost(machine.name(), why);
            }
        }
        return new Bench(sessions);
    }

    Session session(Machine machine) {
        return sessions.get(machine.name());
    }

    /// One machine or several, each in one exchange as far as no question depends on an answer.
    Map<String, Asked> ask(Map<Machine, ? extends Collection<Fact.Question<?>>> questions) throws Lost {
        var work = new LinkedHashMap<String, Callable<Asked>>();
        questions.forEach((machine, wanted) -> work.put(machine.name(), () -> asked(machine, wanted)));
        var answers = SideBySide.all(work);
        for (Machine machine : questions.keySet())
            if (machine.kind() == Machine.Kind.HOST && answers.get(machine.name()) instanceof Asked.Silent(Unreachable why)) throw new Lost(machine.name(), why);
        return answers;
    }

    Asked ask(Machine machine, Collection<Fact.Question<?>> wanted) throws Lost {
        return ask(Map.of(machine, wanted)).get(machine.name());
    }

    private Asked asked(Machine machine, Collection<Fact.Question<?>> wanted) {
        try {
            var facts = new Facts(session(machine));
            facts.ask(wanted);
            return new Asked.Answered(facts);
        } catch (Unreachable why) {
            return new Asked.Silent(why);
        }
    }

    List<Reply> run(Machine machine, List<Command> steps) throws Lost {
        try {
            return session(machine).exchange(new Exchange(steps, List.of()));
        } catch (Unreachable why) {
            throw new Lost(machine.name(), why);
        }
    }
}
