package dev.bluerig.task;

import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Yaml;

/// Tasks as a playbook writes them.
final class SampleSpecs {
    private SampleSpecs() {}

    static <T> T bound(Class<T> type, String yaml) {
        return Binder.bind(type, Yaml.read("task.yaml", yaml), Binder.Booleans.SWITCHES);
    }

    /// What the user is told; fails when nothing is wrong.
    static String refused(Class<?> type, String yaml) {
        try {
            throw new AssertionError("nothing is wrong with " + bound(type, yaml));
        } catch (InvalidInput wrong) {
            return wrong.getMessage();
        }
    }
}
