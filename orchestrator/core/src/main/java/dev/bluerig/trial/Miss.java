package dev.bluerig.trial;

import dev.bluerig.source.Ours;

/// An expectation that was not met. `what` names it as in YAML, and where.
public record Miss(@Ours String what, @Ours String expected, String found) {}
