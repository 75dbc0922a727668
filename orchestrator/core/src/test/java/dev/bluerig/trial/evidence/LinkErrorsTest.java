package dev.bluerig.trial.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkErrorsTest {
    private static String why(Map<String, Long> before, Map<String, Long> after) {
        return Readings.why(LinkErrors.risen("host-a p0", before, after));
    }

    @Test
    void they_are_added_up() {
        assertEquals(Reading.known(5L),
            LinkErrors.risen("host-a p0", Map.of("rx_crc_errors_phy", 1L, "link_down_events_phy", 7L, "other", 9L),
            Map.of("rx_crc_errors_phy", 4L, "link_down_events_phy", 9L, "other", 1L)));
    }

    @Test
    void a_counter_that_went_back_or_came_and_went_is_no_zero() {
        assertTrue(why(Map.of("link_down_events_phy", 7L), Map.of("link_down_events_phy", 0L))
            .contains("link_down_events_phy went back from 7 to 0"));
        assertTrue(why(Map.of("rx_crc_errors_phy", 7L, "link_down_events_phy", 1L), Map.of("link_down_events_phy", 1L))
            .contains("rx_crc_errors_phy was there only before the run"));
        assertTrue(why(Map.of(), Map.of("link_down_events_phy", 1L)).contains("only after the run"));
        assertTrue(why(Map.of("other", 1L), Map.of()).contains("has none of"));
    }
}
