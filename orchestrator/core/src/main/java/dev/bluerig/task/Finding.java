package dev.bluerig.task;

import dev.bluerig.remote.Explained;

/// Why a wanted state is not met and cannot be mended by us. One constant per cause; keep them in alphabetical groups by task.
public enum Finding implements Explained {
    UNMET("The machine is not as wanted, and only a person can change that.", "see expected and found");

    private final String meaning;
    private final String next;

    Finding(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String next() {
        return next;
    }
}
