package dev.bluerig.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({"*,a,true", "*,'',true", "?,'',false", "a*,a,true", "*a,ba,true", "a*c,abcbc,true", "a*c,abcb,false",
        "10.0.?.1,10.0.7.1,true", "10.0.?.1,10.0.77.1,false",
        "a.b,axb,false", "'[a]:2*','[a]:2222',true", "a**b,ab,true", "'',a,false", "'','',true", "a?,a,false", "*ab*ab,abab,true",
        "*ab*ab,aab,false"})
    void names_match(String pattern, String name, boolean matches) {
        assertEquals(matches, Wildcard.matches(pattern, name));
    }

    /// Work is processor time, so that a busy machine changes nothing.
    @Test
    void many_stars_cost_no_more_than_few() {
        var clock = ManagementFactory.getThreadMXBean();
        long before = clock.getCurrentThreadCpuTime();
        assertFalse(Wildcard.matches("a*".repeat(10_000) + "b", "a".repeat(20_000)));
        assertTrue(clock.getCurrentThreadCpuTime() - before < 5_000_000_000L);
    }
}
