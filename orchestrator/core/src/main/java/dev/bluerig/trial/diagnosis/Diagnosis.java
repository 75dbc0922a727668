package dev.bluerig.trial.diagnosis;

import dev.bluerig.source.TrustedText;

/// A likely cause found in the evidence. `bluerig explain CODE` explains the `code`; `shown` is the evidence that matches, on which
/// machine.
public record Diagnosis(@TrustedText SymptomName code, @TrustedText String machine, String shown, String cause, String check, String fix) {}
