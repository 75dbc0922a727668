package dev.bluerig.trial.diagnosis;

import dev.bluerig.source.TrustedText;

/// A likely cause found in the evidence. `code` is a constant of `Symptom`, explained by `bluerig explain CODE`; `shown` is the evidence
/// that matches, on which machine.
public record Diagnosis(@TrustedText String code, @TrustedText String machine, String shown, String cause, String check, String fix) {}
