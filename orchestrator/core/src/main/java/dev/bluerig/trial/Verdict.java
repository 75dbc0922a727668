package dev.bluerig.trial;

import dev.bluerig.source.Ours;
import java.util.List;

/// Where one half of one end was handled, and who said so.
public record Verdict(@Ours String machine, Role role, Half half, Ruling ruling, List<Testimony> testimonies) {
    public Verdict {
        testimonies = List.copyOf(testimonies);
    }
}
