package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.PayloadPattern;
import dev.bluerig.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PayloadTest {
    private static final PayloadPattern PATTERN = new PayloadPattern(11);

    private static ByteBuffer stream(PayloadPattern pattern, Role sender, int connection, long from, int count) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count);
        for (long at = from; bytes.hasRemaining(); at = from + bytes.position())
            bytes.put(pattern.slice(pattern.position(sender, connection, at), Math.min(bytes.remaining(), PayloadPattern.run(at))));
        return bytes.flip();
    }

    private static PayloadReceiver incoming(boolean everyByte, ByteCounter counter) {
        return new PayloadReceiver(PATTERN, Role.CLIENT, 5, everyByte, counter);
    }

    @Test
    void accepts_what_was_sent_in_any_portions() throws PairFailed {
        int total = 9_000_000;
        ByteBuffer all = stream(PATTERN, Role.CLIENT, 5, 0, total);
        var random = new Random(1);
        var counter = new ByteCounter();
        PayloadReceiver incoming = incoming(true, counter);
        for (int at = 0; at < total; ) {
            int count = Math.min(total - at, 1 + random.nextInt(300_000));
            incoming.take(all.slice(at, count));
            at += count;
        }
        assertEquals(total, counter.bytes());
        assertEquals(total, counter.checked());
    }

    @Test
    void finds_every_changed_byte() {
        var random = new Random(2);
        for (int i = 0; i < 200; i++) {
            int place = random.nextInt(100_000);
            ByteBuffer bytes = stream(PATTERN, Role.CLIENT, 5, 0, 100_000);
            bytes.put(place, (byte) (bytes.get(place) ^ 1 << random.nextInt(8)));
            PairFailed failed = assertThrows(PairFailed.class, () -> incoming(true, new ByteCounter()).take(bytes));
            assertEquals(AgentCode.DATA_DIFFERS, failed.code());
            assertTrue(failed.getMessage().startsWith("connection 5, byte " + place + " of the payload: wanted "), failed.getMessage());
        }
    }

    @Test
    void finds_bytes_that_belong_elsewhere() {
        for (ByteBuffer bytes : new ByteBuffer[] {
            stream(PATTERN, Role.CLIENT, 5, 1, 64), stream(PATTERN, Role.CLIENT, 5, 8, 64),
                stream(PATTERN, Role.CLIENT, 5, PayloadPattern.CHUNK, 64), stream(PATTERN, Role.CLIENT, 5, 1L << 33, 64),
            stream(PATTERN, Role.CLIENT, 4, 0, 64), stream(PATTERN, Role.SERVER, 5, 0, 64),
            stream(new PayloadPattern(12), Role.CLIENT, 5, 0, 64), ByteBuffer.allocateDirect(64)})
            assertThrows(PairFailed.class, () -> incoming(true, new ByteCounter()).take(bytes));
    }

    @Test
    void stretches_begin_at_many_places() {
        var places = new HashSet<Integer>();
        for (int connection = 0; connection < 100; connection++)
            for (int chunk = 0; chunk < 100; chunk++)
                places.add(PATTERN.position(Role.SERVER, connection, (long) chunk * PayloadPattern.CHUNK));
        assertTrue(places.size() > 9900, places.size() + " of 10000");
        assertNotEquals(PATTERN.position(Role.SERVER, 0, 0), PATTERN.position(Role.CLIENT, 0, 0));
    }

    @Test
    void a_sample_is_one_in_sixty_four_and_finds_what_is_in_it() throws PairFailed {
        int total = 8 * PayloadReceiver.OF;
        var counter = new ByteCounter();
        PayloadReceiver incoming = incoming(false, counter);
        ByteBuffer all = stream(PATTERN, Role.CLIENT, 5, 0, total);
        for (int at = 0; at < total; at += 1000) incoming.take(all.slice(at, Math.min(1000, total - at)));
        assertEquals(8 * PayloadReceiver.SAMPLED, counter.checked());
        assertEquals(total, counter.bytes());
        ByteBuffer wrong = stream(PATTERN, Role.CLIENT, 5, 0, total);
        wrong.put(3 * PayloadReceiver.OF + 7, (byte) ~wrong.get(3 * PayloadReceiver.OF + 7));
        assertThrows(PairFailed.class, () -> incoming(false, new ByteCounter()).take(wrong));
    }

    /// Whoever searches a capture for the payload is held against the same file.
    @Test
    void the_vectors_that_are_shared() throws IOException {
        Path vectors = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .map(at -> at.resolve("orchestrator/docs/payload-vectors.txt")).filter(Files::exists).findFirst().orElseThrow();
        int checked = 0;
        for (String line : Files.readAllLines(vectors)) {
            if (line.startsWith("#")) continue;
            String[] words = line.split(" ");
            PayloadPattern pattern = new PayloadPattern(Long.parseLong(words[1]));
            int position = Integer.parseInt(words[words.length - 2]);
            byte[] bytes = new byte[32];
            pattern.slice(position, bytes.length).get(bytes);
            assertEquals(words[words.length - 1], HexFormat.of().formatHex(bytes), line);
            if (words[0].equals("stream"))
                assertEquals(position, pattern.position(Role.valueOf(words[2].toUpperCase(Locale.ROOT)), Integer.parseInt(words[3]),
                    Long.parseLong(words[4])), line);
            checked++;
        }
        assertEquals(54, checked);
    }

    /// CRC-32C of the first 655,360 numbers of SplitMix64 from 1, worked out apart from this code. The two ends may be different builds of
    /// the program: what a seed means must not change unnoticed.
    @Test
    void a_seed_always_means_the_same() {
        var counter = new ByteCounter();
        counter.digest(new PayloadPattern(1).whole());
        assertEquals(1071528653L, counter.digest());
    }
}
