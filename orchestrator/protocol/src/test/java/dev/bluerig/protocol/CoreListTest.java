package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CoreListTest {
    @Test
    void reads_what_the_kernel_and_a_playbook_write() {
        assertEquals(List.of(0, 1, 2, 3, 8), CoreList.read("0-3,8\n"));
        assertEquals(List.of(5), CoreList.read("5"));
        assertEquals(List.of(), CoreList.read("\n"));
    }

    @Test
    void writes_ranges() {
        assertEquals("0-3,8", CoreList.write(List.of(8, 3, 2, 1, 0)));
        assertEquals("", CoreList.write(List.of()));
    }
}
