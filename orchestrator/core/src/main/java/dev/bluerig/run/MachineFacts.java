package dev.bluerig.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Tree;
import dev.bluerig.task.FactCatalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// What can be seen on machines right now, as `bluerig facts` prints it: by machine and by fact, in the order of the machines. Of one that
/// does not answer: `unreachable`, with the reason.
///
/// `name`: one fact alone.
public record MachineFacts(Optional<String> name, Connections connections, Redaction redaction) {
    private static final String UNREACHABLE = "unreachable";

    public Map<String, Tree> of(List<Machine> machines, int forks) {
        var answers = new ConcurrentHashMap<String, Tree>();
        var turns = new Semaphore(forks);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            machines.forEach(machine -> threads.execute(() -> {
                turns.acquireUninterruptibly();
                answers.put(machine.name(), answer(machine));
                turns.release();
            }));
        }
        var ordered = new LinkedHashMap<String, Tree>();
        machines.forEach(machine -> ordered.put(machine.name(), answers.get(machine.name())));
        return ordered;
    }

    public static boolean isSilent(Tree answer) {
        return answer instanceof Tree.Mapping mapping && mapping.get(UNREACHABLE).isPresent();
    }

    private Tree answer(Machine machine) {
        try {
            var facts = new Facts(connections.to(machine));
            var wanted = new LinkedHashMap<String, Fact<?>>(FactCatalogue.of(machine).facts());
            name.ifPresent(fact -> wanted.keySet().retainAll(List.of(fact)));
            facts.ask(wanted.values().stream().<Fact.Question<?>>flatMap(fact -> fact.questions().stream()).toList());
            var seen = new LinkedHashMap<String, Object>();
            wanted.forEach((key, fact) -> seen.put(key, value(facts.get(fact))));
            return redaction.tree(seen);
        } catch (Unreachable dead) {
            return Binder.unbind(Map.of(UNREACHABLE, dead.reason() + ": " + redaction.of(String.valueOf(dead.getMessage()))));
        }
    }

    private static Object value(Reading<?> reading) {
        return switch (reading) {
            case Reading.Known<?>(Object value) -> value;
            case Reading.Unknown<?>(String why) -> Map.of("unknown", why);
        };
    }
}
