package dev.bluerig.trial.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The payload is recognised; `docs/payload-vectors.txt` holds it to what the pair sends.
public class KnownPlaintextTest {
    public static byte[] piece(KnownPlaintext payload, int position, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = payload.octet(position + i);
        return bytes;
    }

    static byte[] noise(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void the_vectors_that_are_shared() throws IOException {
        Path vectors = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .map(at -> at.resolve("orchestrator/docs/payload-vectors.txt")).filter(Files::exists).findFirst().orElseThrow();
        int checked = 0;
        for (String line : Files.readAllLines(vectors)) {
            if (line.startsWith("#")) continue;
            String[] words = line.split(" ");
            var payload = new KnownPlaintext(Long.parseLong(words[1]));
            int position = Integer.parseInt(words[words.length - 2]);
            byte[] bytes = HexFormat.of().parseHex(words[words.length - 1]);
            assertEquals(words[words.length - 1], HexFormat.of().formatHex(piece(payload, position, bytes.length)), line);
            assertEquals(Optional.of(new KnownPlaintext.Found(0, bytes.length, position)), payload.in(ByteBuffer.wrap(bytes)), line);
            checked++;
        }
        assertEquals(54, checked);
    }

    @Test
    void a_piece_is_found_at_any_alignment_from_sixteen_bytes_on() {
        var random = new Random(20261123);
        for (int round = 0; round < 2000; round++) {
            var payload = new KnownPlaintext(random.nextLong());
            int length = KnownPlaintext.SHORTEST + random.nextInt(100);
            int position = random.nextInt(KnownPlaintext.PATTERN - length);
            byte[] bytes = noise(random, 400);
            int offset = random.nextInt(bytes.length - length);
            System.arraycopy(piece(payload, position, length), 0, bytes, offset, length);
            var found = payload.in(ByteBuffer.wrap(bytes)).orElseThrow();
            // a byte of noise beside it may continue it by chance
            assertEquals(position - offset, found.position() - found.offset());
            assertEquals(true, found.offset() <= offset && found.offset() + found.length() >= offset + length);
        }
    }

    @Test
    void what_is_shorter_is_not_told_from_chance() {
        var payload = new KnownPlaintext(5);
        byte[] bytes = new byte[200];
        System.arraycopy(piece(payload, 64, 15), 0, bytes, 50, 15);
        assertEquals(Optional.empty(), payload.in(ByteBuffer.wrap(bytes)));
    }

    @Test
    void four_mebibytes_of_noise_and_other_payloads_are_no_alarm() {
        var random = new Random(3);
        assertEquals(Optional.empty(), new KnownPlaintext(7).in(ByteBuffer.wrap(noise(random, 4 << 20))));
        assertEquals(Optional.empty(), new KnownPlaintext(7).in(ByteBuffer.wrap(piece(new KnownPlaintext(8), 0, 1 << 20))));
        assertEquals(Optional.empty(), new KnownPlaintext(0).in(ByteBuffer.wrap(new byte[1 << 20])));
    }

    @Test
    void both_ends_of_the_tile() {
        var payload = new KnownPlaintext(-3);
        assertEquals(Optional.of(new KnownPlaintext.Found(0, 16, 0)), payload.in(ByteBuffer.wrap(piece(payload, 0, 16))));
        assertEquals(Optional.of(new KnownPlaintext.Found(0, 16, KnownPlaintext.PATTERN - 16)),
            payload.in(ByteBuffer.wrap(piece(payload, KnownPlaintext.PATTERN - 16, 16))));
    }
}
