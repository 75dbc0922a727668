package dev.bluerig.task.diff;

import java.util.Set;

/// Something of a machine that a remedy stops, cuts or brings: a link, a bridge or a service.
public sealed interface Touch {
    String name();

    record Link(String name) implements Touch {}

    record Bridge(String name) implements Touch {}

    record Service(String name) implements Touch {}

    /// What the author of a playbook names: units of systemd have an ending, links and bridges have none of these.
    static Touch named(String name) {
        return name.endsWith(".service") ? new Service(name) : new Link(name);
    }

    /// A word of a command of the user's own may be a link or a unit, and only its author knows which.
    static Set<Touch> either(String word) {
        return Set.of(new Link(word), new Service(word.endsWith(".service") ? word : word + ".service"));
    }
}
