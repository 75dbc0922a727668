package dev.bluerig.playbook;

import dev.bluerig.source.Location;

/// A template that a task takes its state or its content `from`, read once. `from` is where the playbook names it.
public record Template(String file, String text, Location from) {
    /// `*.yaml.j2` yields the state of the task; any other template is the content of a file.
    boolean yieldsState() {
        return isState(file);
    }

    static boolean isState(String name) {
        return name.endsWith(".yaml.j2") || name.endsWith(".yml.j2");
    }
}
