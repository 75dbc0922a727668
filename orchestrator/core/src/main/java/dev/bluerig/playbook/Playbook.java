package dev.bluerig.playbook;

import java.util.List;

/// A playbook as written, includes put in their place: order, and nothing that depends on a machine.
public record Playbook(String file, List<PlaybookItem> items) {
    public Playbook {
        items = List.copyOf(items);
    }

    public List<Play> plays() {
        return items.stream().filter(Play.class::isInstance).map(Play.class::cast).toList();
    }

    public List<TrialItem> trials() {
        return items.stream().filter(TrialItem.class::isInstance).map(TrialItem.class::cast).toList();
    }
}
