package dev.bluerig.trial.spec;

import dev.bluerig.protocol.Role;
import dev.bluerig.task.KernelSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a trial demands of one end: only what its expectations can fail by is demanded before it starts.
///
/// - `hardware`: the directions that the card must handle. `kernel`: some direction must be handled by the kernel or the card.
public record EndDemands(Set<Direction> hardware, boolean kernel) {
    public static EndDemands of(Trial trial, List<Load> loads, Role role) {
        var hardware = EnumSet.noneOf(Direction.class);
        boolean kernel = false;
        for (Direction direction : Direction.values()) {
            Optional<TlsPlacement> expected = direction == Direction.TX ? trial.expect().tx() : trial.expect().rx();
            boolean used = loads.stream().anyMatch(load -> direction == Direction.TX ? load.sends(role) : load.sends(role.other()));
            if (expected.isEmpty() || !used) continue;
            if (expected.get() == TlsPlacement.HARDWARE) hardware.add(direction);
            kernel |= switch (expected.get()) {
                case HARDWARE, SOFTWARE, MIXED -> true;
                case USER_SPACE, UNKNOWN -> false;
            };
        }
        return new EndDemands(Set.copyOf(hardware), kernel);
    }

    public List<KernelSpec.Direction> directions() {
        var directions = new ArrayList<KernelSpec.Direction>();
        if (hardware.contains(Direction.TX)) directions.add(KernelSpec.Direction.TX);
        if (hardware.contains(Direction.RX)) directions.add(KernelSpec.Direction.RX);
        return directions;
    }

    public Optional<Boolean> flag(Direction direction) {
        return hardware.contains(direction) ? Optional.of(true) : Optional.empty();
    }
}
