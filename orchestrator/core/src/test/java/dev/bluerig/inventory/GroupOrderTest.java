package dev.bluerig.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupOrderTest {
    @Test
    void outer_comes_before_inner_and_of_equals_the_later_in_the_list_last() {
        var parents = Map.of("all", List.<String>of(), "b", List.of("all"), "a", List.of("all"), "inner", List.of("b", "a"));
        assertEquals(List.of("all", "b", "a", "inner"), new GroupOrder(parents).of(List.of("inner")));
        assertEquals(List.of("all", "a", "b"), new GroupOrder(parents).of(List.of("a", "b")));
        assertEquals(List.of(), GroupOrder.cycle(parents));
    }

    @Test
    void a_cycle_is_named_from_its_beginning() {
        var parents = new java.util.TreeMap<>(Map.of("a", List.of("b"), "b", List.of("c"), "c", List.of("b")));
        assertEquals(List.of("b", "c", "b"), GroupOrder.cycle(parents));
    }

    /// 50,000 groups one within the other are no recursion, and a lattice with 2^40 ways through it is walked once.
    @Test
    void many_groups_and_many_ways_are_walked_once() {
        var chain = new HashMap<String, List<String>>();
        for (int i = 0; i < 50_000; i++) chain.put("g" + i, i == 0 ? List.of() : List.of("g" + (i - 1)));
        assertEquals(List.of(), GroupOrder.cycle(chain));
        assertEquals("g49999", new GroupOrder(chain).of(List.of("g49999")).getLast());
        var lattice = new HashMap<String, List<String>>();
        for (int i = 0; i < 40; i++)
            for (String side : List.of("g", "h")) lattice.put(side + i, i == 0 ? List.of() : List.of("g" + (i - 1), "h" + (i - 1)));
        assertEquals(List.of(), GroupOrder.cycle(lattice));
        assertEquals(79, new GroupOrder(lattice).of(List.of("g39")).size());
    }
}
