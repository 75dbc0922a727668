package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PayloadPatternTest {
    /// Java's own is the same generator.
    @Test
    void the_generator_is_the_one_of_the_paper() {
        for (long seed : new long[] {0, 1, -1, 1234567, Long.MIN_VALUE}) {
            var theirs = new SplittableRandom(seed);
            for (int i = 0; i < 1000; i++) {
                long number = theirs.nextLong();
                assertEquals(number, SplitMix64.number(seed, i));
                assertEquals(i, SplitMix64.index(seed, number));
            }
        }
    }

    @Test
    void every_number_tells_its_place() {
        var random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong();
            assertEquals(number, SplitMix64.mix(SplitMix64.unmix(number)));
        }
        var pattern = new PayloadPattern(-9);
        for (int position = 0; position < PayloadPattern.BYTES; position += 8 * 4093) {
            long word = pattern.slice(position, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertEquals(position, PayloadPattern.find(-9, word));
            assertEquals(pattern.slice(position + 3, 1).get(), PayloadPattern.octet(-9, position + 3));
        }
        assertEquals(-1, PayloadPattern.find(-9, SplitMix64.number(-9, -1)));
        assertEquals(-1, PayloadPattern.find(-9, SplitMix64.number(-9, PayloadPattern.BYTES / Long.BYTES)));
    }
}
