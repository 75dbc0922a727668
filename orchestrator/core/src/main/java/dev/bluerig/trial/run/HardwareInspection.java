package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// How the machines of a pair are at one time, for the sheets; what does not change in a trial is asked at its start alone.
record HardwareInspection(Map<String, MachineAnswer> answers) {
    static HardwareInspection of(PairTrial trial, List<CablePath> paths, PairSessions sessions, boolean start) throws HostLost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        var layout = new SheetLayout(trial, paths, Map.of());
        for (Role role : Role.values())
            layout.host(role, new Asked(questions.computeIfAbsent(trial.of(role), any -> new LinkedHashSet<>()), start));
        for (Machine dpu : trial.dpus()) layout.dpu(dpu, new Asked(questions.computeIfAbsent(dpu, any -> new LinkedHashSet<>()), start));
        return new HardwareInspection(sessions.ask(questions));
    }

    /// The questions behind the rows.
    private record Asked(Collection<Fact.Question<?>> questions, boolean start) implements SheetRows {
        @Override
        public <T> void lasting(String group, String what, Fact<T> fact, Function<T, String> text, String consequence) {
            if (start) questions.addAll(fact.questions());
        }

        @Override
        public <T> void both(String group, String what, Fact<T> fact, Function<T, String> text, Function<T, String> note) {
            questions.addAll(fact.questions());
        }

        @Override
        public void cards(Cards.Seen question) {
            if (start) questions.add(question);
        }

        @Override
        public void log() {
            questions.add(new KernelLog.Seen());
        }
    }

    <T> Reading<T> get(String machine, Fact<T> fact) {
        return answers.get(machine).get(fact);
    }
}
