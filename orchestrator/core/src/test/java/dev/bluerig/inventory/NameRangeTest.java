package dev.bluerig.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NameRangeTest {
    @Test
    void expands() {
        assertEquals(List.of("host-08", "host-09", "host-10"), NameRange.expand("host-[08:10]"));
        assertEquals(List.of("h9-x", "h10-x"), NameRange.expand("h[9:10]-x"));
        assertEquals(List.of("10.0.1/1", "10.1.1/2"), NameRange.expand("10.[0:1].1/[1:2]"));
        assertEquals(List.of("host-a"), NameRange.expand("host-a"));
        for (String wrong : List.of("h[3:2]", "h[1:20000]", "h[1:2]-[1:3]"))
            assertThrows(IllegalArgumentException.class, () -> NameRange.expand(wrong));
    }

    @Test
    void folds() {
        assertEquals(List.of("dpu-[001:200]"), NameRange.fold(NameRange.expand("dpu-[001:200]")));
        assertEquals(List.of("h[8:11]"), NameRange.fold(List.of("h10", "h8", "h11", "h9")));
        assertEquals(List.of("h[098:101]"), NameRange.fold(NameRange.expand("h[098:101]")));
        assertEquals(List.of("a", "b", "h-1", "h-2"), NameRange.fold(List.of("h-2", "b", "a", "h-1", "a")));
        assertEquals(List.of("h[01:03]", "h[1:3]", "h[5:7]"),
            NameRange.fold(List.of("h01", "h02", "h03", "h1", "h2", "h3", "h5", "h6", "h7")));
        assertEquals(List.of("r1-h[1:3]", "r2-h[1:3]"), NameRange.fold(List.of("r1-h1", "r2-h1", "r1-h2", "r2-h2", "r1-h3", "r2-h3")));
        assertEquals(List.of(), NameRange.fold(List.of()));
    }

    /// Seeded: what was folded expands to the same names.
    @Test
    void folding_loses_nothing() {
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            var names = new TreeSet<String>();
            for (int j = random.nextInt(40); j > 0; j--)
                names.add(List.of("h", "h-a-", "", "r2-").get(random.nextInt(4)) + digits(random) + List.of("", "-x")
                    .get(random.nextInt(2)));
            var back = new ArrayList<String>();
            NameRange.fold(names).forEach(folded -> back.addAll(NameRange.expand(folded)));
            assertEquals(names.size(), back.size());
            assertEquals(names, new TreeSet<>(back));
        }
    }

    private static String digits(Random random) {
        int number = random.nextInt(30) + (random.nextBoolean() ? 85 : 0);
        return random.nextBoolean() ? Integer.toString(number) : String.format("%03d", number);
    }
}
