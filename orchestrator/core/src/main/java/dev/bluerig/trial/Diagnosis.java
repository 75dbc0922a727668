package dev.bluerig.trial;

import dev.bluerig.source.Ours;

/// A likely cause found in the evidence. `code` is a constant of `Symptom`, explained by `bluerig explain CODE`; `shown` is the evidence that
/// matches, on which machine.
public record Diagnosis(@Ours String code, @Ours String machine, String shown, String cause, String check, String fix) {}
