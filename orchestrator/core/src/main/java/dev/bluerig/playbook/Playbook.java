package dev.bluerig.playbook;

import java.util.List;

/// A playbook as written, includes put in their place: order, and nothing that depends on a machine.
public record Playbook(String file, List<Play> plays) {
    public Playbook {
        plays = List.copyOf(plays);
    }
}
