package dev.bluerig.trial;

import java.util.List;

/// Where one half of one end was handled, and who said so.
public record Verdict(String machine, Role role, Half half, Ruling ruling, List<Testimony> testimonies) {
    public Verdict {
        testimonies = List.copyOf(testimonies);
    }
}
