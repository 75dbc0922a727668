package dev.bluerig.trial.verdict;

import dev.bluerig.source.TrustedText;

/// An expectation that was not met. `what` names it as in YAML, and where.
public record UnmetExpectation(@TrustedText String what, @TrustedText String expected, String found) {}
