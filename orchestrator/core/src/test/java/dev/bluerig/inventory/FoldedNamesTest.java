package dev.bluerig.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldedNamesTest {
    @Test
    void three_in_a_row_are_a_range_and_keep_their_width() {
        assertEquals("dpu-[001:200]",
            FoldedNames.names(IntStream.rangeClosed(1, 200).mapToObj(i -> String.format("dpu-%03d", i)).toList()));
        assertEquals("n[8:11]", FoldedNames.names(List.of("n8", "n9", "n10", "n11")));
        assertEquals("r1-[08:12]-b", FoldedNames.names(List.of("r1-08-b", "r1-09-b", "r1-10-b", "r1-11-b", "r1-12-b")));
    }

    @Test
    void gaps_and_pairs_are_written_out() {
        assertEquals("dpu-1, dpu-2, dpu-[4:6]", FoldedNames.names(List.of("dpu-6", "dpu-1", "dpu-2", "dpu-5", "dpu-4")));
    }

    @Test
    void names_without_a_number_stand_alone() {
        assertEquals("host-a, host-b", FoldedNames.names(List.of("host-b", "host-a")));
        assertEquals("", FoldedNames.names(List.of()));
    }
}
