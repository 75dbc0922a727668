package dev.bluerig.task;

import dev.bluerig.fact.Fact;

/// Stands until the first real task lands.
record Placeholder() implements Task<String> {
    @Override
    public Fact<String> wants() {
        return new Fact.Nothing<>("");
    }

    @Override
    public Diff diff(String seen) {
        return new Diff.Same();
    }
}
