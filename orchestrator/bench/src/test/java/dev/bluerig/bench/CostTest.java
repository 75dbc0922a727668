package dev.bluerig.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.bench.Cost.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CostTest {
    @Test
    void the_median_is_the_middle_or_between_the_middle_two() {
        var costs = List.of(new Cost(3, 30, 1, 0, 0, 0), new Cost(1, 10, 1, 0, 0, 0), new Cost(2, 50, 1, 0, 0, 0));
        assertEquals(2, Figure.WALL.median(costs));
        assertEquals(30, Figure.CONTROLLER.median(costs));
        assertEquals(20, Figure.CONTROLLER.median(costs.subList(0, 2)));
    }
}
