package dev.bluerig.trial.diagnosis;

import java.util.Optional;

/// How a symptom is found: what in the evidence matches, in numbers and names; empty when nothing does.
interface SymptomPattern {
    Optional<String> seen(DiagnosisInput input);
}
