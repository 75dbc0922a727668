package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.Role;
import dev.bluerig.source.TrustedText;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.TlsPlacement;
import java.util.List;

/// Where one direction of one end was handled, and who said so.
public record Verdict(@TrustedText String machine, Role role, Direction half, TlsPlacement ruling, List<Testimony> testimonies) {
    public Verdict {
        testimonies = List.copyOf(testimonies);
    }
}
