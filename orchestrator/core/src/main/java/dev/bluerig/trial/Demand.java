package dev.bluerig.trial;

import dev.bluerig.task.Kernel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a trial demands of one end: only what its expectations can fail by is demanded before it starts.
///
/// - `hardware`: the halves that the card must handle. `kernel`: some half must be handled by the kernel or the card.
record Demand(Set<Half> hardware, boolean kernel) {
    static Demand of(Trial trial, List<Load> loads, Role role) {
        var hardware = EnumSet.noneOf(Half.class);
        boolean kernel = false;
        for (Half half : Half.values()) {
            Optional<Ruling> expected = half == Half.TX ? trial.expect().tx() : trial.expect().rx();
            boolean used = loads.stream().anyMatch(load -> half == Half.TX ? load.sends(role) : load.sends(role == Role.SERVER ? Role.CLIENT : Role.SERVER));
            if (expected.isEmpty() || !used) continue;
            if (expected.get() == Ruling.HARDWARE) hardware.add(half);
            kernel |= switch (expected.get()) {
                case HARDWARE, SOFTWARE, MIXED -> true;
                case USER_SPACE, UNKNOWN -> false;
            };
        }
        return new Demand(Set.copyOf(hardware), kernel);
    }

    List<Kernel.Direction> directions() {
        var directions = new ArrayList<Kernel.Direction>();
        if (hardware.contains(Half.TX)) directions.add(Kernel.Direction.TX);
        if (hardware.contains(Half.RX)) directions.add(Kernel.Direction.RX);
        return directions;
    }

    Optional<Boolean> flag(Half half) {
        return hardware.contains(half) ? Optional.of(true) : Optional.empty();
    }
}
