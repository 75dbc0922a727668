package dev.bluerig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.task.diff.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedChangesTest {
    private static List<String> lines(Change... changes) {
        return FoldedChanges.lines(List.of(changes));
    }

    @Test
    void what_is_the_same_for_several_things_is_one_line() {
        assertEquals(List.of("p0, pf0hpf, p1 mtu: 1500 -> 9216"), lines(new Change("p0 mtu", "9216", "1500"),
            new Change("pf0hpf mtu", "9216", "1500"), new Change("p1 mtu", "9216", "1500")));
    }

    @Test
    void what_stands_in_brackets_stays_with_its_word() {
        assertEquals(List.of("enp1 (0000:b1:00.0), enp2 (0000:b1:00.1) mtu: 1500 -> 9000"),
            lines(new Change("enp1 (0000:b1:00.0) mtu", "9000", "1500"), new Change("enp2 (0000:b1:00.1) mtu", "9000", "1500")));
    }

    @Test
    void a_part_of_what_is_wanted_may_differ_as_in_the_names_of_files() {
        assertEquals(List.of("p0, p1 at the next boot: absent -> in /etc/netplan/60-bluerig-{p0,p1}.yaml"),
            lines(Change.atBoot("p0 at the next boot", "in /etc/netplan/60-bluerig-p0.yaml", "absent"),
            Change.atBoot("p1 at the next boot", "in /etc/netplan/60-bluerig-p1.yaml", "absent")));
    }

    @Test
    void what_differs_otherwise_stays_apart_and_in_its_order() {
        assertEquals(List.of("p0 mtu: 1500 -> 9216", "p1 mtu: 1500 -> 9000", "p0 state: down -> up", "p2 mtu: 1400 -> 9216"),
            lines(new Change("p0 mtu", "9216", "1500"), new Change("p1 mtu", "9000", "1500"), new Change("p0 state", "up", "down"),
            new Change("p2 mtu", "9216", "1400")));
        assertEquals(List.of("p0 mtu: 1500 -> 9216", "p1 mtu: 1500 -> 9216"),
            lines(new Change("p0 mtu", "9216", "1500"), Change.atBoot("p1 mtu", "9216", "1500")), "another time");
        assertEquals(List.of("a x, y: 1 -> 2", "b y: 1 -> 2"),
            lines(new Change("a x", "2", "1"), new Change("a y", "2", "1"), new Change("b y", "2", "1")), "one word alone differs");
    }

    @Test
    void one_change_is_told_as_it_is() {
        assertEquals(List.of("mtu: 1500 -> 9216"), lines(new Change("mtu", "9216", "1500")));
        assertEquals(List.of(), lines());
    }
}
