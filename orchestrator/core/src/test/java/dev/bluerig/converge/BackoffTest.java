package dev.bluerig.converge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void never_waits_longer_in_all_than_given() {
        for (long millis : List.of(0L, 1L, 250L, 1_000L, 30_000L)) {
            var waits = Backoff.within(Duration.ofMillis(millis));
            assertEquals(Duration.ofMillis(millis), waits.stream().reduce(Duration.ZERO, Duration::plus));
        }
    }

    @Test
    void looks_soon_then_less_often() {
        assertEquals(List.of(250L, 500L, 1000L, 2000L, 2000L, 250L),
            Backoff.within(Duration.ofSeconds(6)).stream().map(Duration::toMillis).toList());
    }
}
