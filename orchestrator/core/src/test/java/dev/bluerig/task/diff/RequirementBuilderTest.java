package dev.bluerig.task.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.remote.Command;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequirementBuilderTest {
    private static final Change LOADED = new Change("module tls", "loaded", "not loaded");
    private static final Diff REST = new Diff.Mendable(List.of(LOADED),
        Remedy.of(List.of(Command.of("modprobe", "tls")), List.of(), Set.of()));

    private final RequirementBuilder requirement = new RequirementBuilder();

    @Test
    void what_is_right_and_known_leaves_the_rest_to_do() {
        assertEquals(new Diff.Same(), requirement.diff());
        assertEquals(REST, requirement.diff(REST));
    }

    @Test
    void what_nobody_could_tell_is_unknown_even_when_something_else_could_be_mended() {
        requirement.unknown("b1:00 mode", "dpu", "no tool tells");
        requirement.unknown("b1:00 firmware", "24.40 or later", "no tool tells");
        var unknown = new Diff.Unknown("b1:00 mode: unknown: no tool tells; b1:00 firmware: unknown: no tool tells");
        assertEquals(unknown, requirement.diff());
        assertEquals(unknown, requirement.diff(REST));
    }

    @Test
    void what_is_wrong_outweighs_the_unknown_and_tells_it_beside() {
        requirement.unknown("b1:00 mode", "dpu", "no tool tells");
        requirement.wrong(Finding.KERNEL_OLD, new Change("kernel", "6.2 or later", "5.4"), "");
        var unmet = assertInstanceOf(Diff.Unmet.class, requirement.diff(REST));
        assertEquals(Finding.KERNEL_OLD, unmet.finding());
        assertEquals(List.of(new Change("b1:00 mode", "dpu", "unknown: no tool tells"), LOADED), unmet.further());
    }
}
