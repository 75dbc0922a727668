package dev.bluerig.trial;

/// An expectation that was not met. `what` names it as in YAML, and where.
public record Miss(String what, String expected, String found) {}
