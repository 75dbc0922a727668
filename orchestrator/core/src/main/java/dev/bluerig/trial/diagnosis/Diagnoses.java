package dev.bluerig.trial.diagnosis;

import dev.bluerig.protocol.Role;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Likely causes, the likeliest first.
public final class Diagnoses {
    private Diagnoses() {}

    /// `around`: what is known of hosts and DPUs, by machine name; a machine that is not in it is not known.
    public static List<Diagnosis> of(Evidence evidence, List<Verdict> verdicts, Map<String, TrialEnvironment> around) {
        var inputs = new ArrayList<DiagnosisInput>();
        for (Role role : Role.values())
            inputs.add(new DiagnosisInput(evidence.on().of(role).machine(), Optional.of(role), Optional.of(evidence), verdicts,
                Optional.empty(), around));
        for (String machine : new TreeSet<>(around.keySet()))
            if (around.get(machine).switchAsked())
                inputs.add(new DiagnosisInput(machine, Optional.empty(), Optional.of(evidence), verdicts, Optional.empty(), around));
        return found(inputs);
    }

    /// The same where an agent ended before there was any evidence.
    public static List<Diagnosis> of(String machine, AgentFailure failure, Map<String, TrialEnvironment> around) {
        var inputs =
            new ArrayList<DiagnosisInput>(
            List.of(new DiagnosisInput(machine, Optional.empty(), Optional.empty(), List.of(), Optional.of(failure), around)));
        for (String other : new TreeSet<>(around.keySet()))
            if (around.get(other).switchAsked() && !other.equals(machine))
                inputs.add(new DiagnosisInput(other, Optional.empty(), Optional.empty(), List.of(), Optional.of(failure), around));
        return found(inputs);
    }

    /// In the order of `Symptom`, which is that of likelihood; each cause once a machine.
    private static List<Diagnosis> found(List<DiagnosisInput> inputs) {
        var found = new ArrayList<Diagnosis>();
        for (Symptom symptom : Symptom.values())
            for (DiagnosisInput input : inputs)
                symptom.seen(input).ifPresent(shown -> found.add(symptom.diagnosis(input.machine(), shown)));
        return List.copyOf(found);
    }
}
