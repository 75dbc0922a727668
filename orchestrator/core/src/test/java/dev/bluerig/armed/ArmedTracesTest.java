package dev.bluerig.armed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArmedTracesTest {
    private static final String ROOT = "/var/lib/bluerig/armed/";
    private static final String LEASE = "{\"pid\":7,\"deadline\":1000,\"restore\":[]}";

    private static ArmedTraces traces(String printed, long now) {
        return new ArmedTraces(ArmedTraces.parse(printed, Optional.of(Instant.ofEpochSecond(now))), false);
    }

    @Test
    void nothing_there_is_nothing_to_tell() {
        var none = traces("", 0);
        assertEquals("", none.words());
        assertEquals(List.of(), none.forgetting());
    }

    @Test
    void one_that_waits_is_in_the_way_of_another() {
        var waits = traces(ROOT + "run-a-1/lease.json:" + LEASE + "\n", 999);
        assertEquals("a change is armed and waits (run-a-1)", waits.waiting().orElseThrow().words());
    }

    @Test
    void one_that_was_put_back_is_told_with_what_failed_and_forgotten() {
        var back = traces(ROOT + "run-a-1/result:restored at 1002, failed commands: 1\n" + ROOT + "run-a-1/result:failed: ip x: y\n", 2000);
        assertTrue(back.waiting().isEmpty());
        assertEquals("; an armed change was put back by the machine itself (run-a-1): restored at 1002, failed commands: 1\n"
            + "failed: ip x: y",
            back.words());
        assertEquals("rm -rf --one-file-system " + ROOT + "run-a-1", back.forgetting().getFirst().line());
    }

    @Test
    void one_whose_time_is_over_and_that_nobody_put_back_is_for_a_person() {
        var late = traces(ROOT + "run-a-1/lease.json:" + LEASE + "\n" + ROOT + "run-b-1/restoring.json:not json\n", 1001);
        assertTrue(late.waiting().isEmpty());
        assertEquals(List.of(), late.forgetting());
        assertTrue(late.words().contains("`sh " + ROOT + "run-a-1/restore.sh fire` does it"), late.words());
        assertTrue(late.words().contains("run-b-1"), late.words());
        assertFalse(traces("elsewhere:x\n" + ROOT + "no-colon\n", 0).words().contains("elsewhere"));
    }
}
