package dev.bluerig.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final Framing FRAMING = new Framing("0123456789abcdef", "fedcba9876543210");
    private static final String MARK = "\036" + FRAMING.token() + " ";

    private record Sent(byte[] out, byte[] err, int status) {}

    @Test
    void everyChunkingGivesTheSameFrames() {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            List<Sent> sent = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) sent.add(new Sent(noise(random), noise(random), random.nextInt(256)));
            var decoder = new Decoder(FRAMING, 1 << 20);
            byte[] out = stream(sent, true);
            byte[] err = stream(sent, false);
            List<Decoder.Frame> frames = new ArrayList<>();
            for (int outAt = 0, errAt = 0; outAt < out.length || errAt < err.length; ) {
                int outStep = Math.min(out.length - outAt, random.nextInt(random.nextBoolean() ? 3 : 200));
                int errStep = Math.min(err.length - errAt, random.nextInt(random.nextBoolean() ? 3 : 200));
                decoder.out(out, outAt, outStep);
                decoder.err(err, errAt, errStep);
                outAt += outStep;
                errAt += errStep;
                for (Optional<Decoder.Frame> frame; (frame = decoder.poll()).isPresent(); ) frames.add(frame.get());
            }
            assertEquals(sent.size(), frames.size());
            for (int i = 0; i < sent.size(); i++) {
                assertArrayEquals(sent.get(i).out, frames.get(i).outBytes());
                assertArrayEquals(sent.get(i).err, frames.get(i).errBytes());
                assertEquals(String.valueOf(sent.get(i).status), frames.get(i).label());
                assertEquals(i, frames.get(i).id());
            }
        }
    }

    @Test
    void whatOnlyLooksLikeAMarkerIsOutput() {
        for (String text : List.of(MARK, MARK + "1", MARK + "1 x\n", MARK + "\n", MARK + "1 2 3\n", MARK + MARK, MARK + "12345678901234567890123456789012345\n",
            "\036", "\036\036" + MARK.substring(1, 9), MARK + "1 0\036")) {
            for (int chunk : new int[] {1, 2, 7, 1000}) {
                var decoder = new Decoder(FRAMING, 1000);
                feed(decoder, text + MARK + "1 0\n", chunk);
                decoder.err((MARK + "1 0\n").getBytes(UTF_8), 0, MARK.length() + 4);
                Decoder.Frame frame = decoder.poll().orElseThrow();
                assertEquals(text, new String(frame.outBytes(), ISO_8859_1), text);
            }
        }
    }

    @Test
    void memoryIsBoundedAndTheFrameSaysSo() {
        var decoder = new Decoder(FRAMING, 100);
        var chunk = new byte[1 << 16];
        for (int i = 0; i < 1000; i++) decoder.out(chunk, 0, chunk.length);
        assertTrue(decoder.overflowing());
        assertEquals(100, decoder.pendingOut().length());
        feed(decoder, MARK + "1 0\n", 3);
        decoder.err((MARK + "1 0\n").getBytes(UTF_8), 0, MARK.length() + 4);
        Decoder.Frame frame = decoder.poll().orElseThrow();
        assertTrue(frame.cut());
        assertEquals(100, frame.outBytes().length);
        assertFalse(decoder.overflowing());
    }

    @Test
    void exactlyTheLimitIsNotTooMuch() {
        var decoder = new Decoder(FRAMING, 100);
        feed(decoder, "x".repeat(100) + MARK + "1 0\n", 7);
        decoder.err((MARK + "1 0\n").getBytes(UTF_8), 0, MARK.length() + 4);
        assertFalse(decoder.poll().orElseThrow().cut());
    }

    @Test
    void theReadyMarkerEndsNoFrame() {
        var decoder = new Decoder(FRAMING, 100);
        assertFalse(decoder.ready(4));
        feed(decoder, MARK + "4 R\n", 5);
        assertTrue(decoder.ready(4));
        assertEquals(Optional.empty(), decoder.poll());
    }

    @Test
    void streamsThatDisagreeAreAnError() {
        var decoder = new Decoder(FRAMING, 100);
        feed(decoder, MARK + "1 0\n", 50);
        decoder.err((MARK + "2 0\n").getBytes(UTF_8), 0, MARK.length() + 4);
        assertThrows(IllegalStateException.class, decoder::poll);
    }

    @Test
    void theTokenIsNotInTheScript() {
        var exchange = List.of(Command.of("a"), Command.of("b").reading("small"), Command.of("c").reading("x".repeat(Framing.INLINE + 1)));
        var script = new StringBuilder(new String(FRAMING.greeting(), UTF_8));
        for (Command command : exchange) script.append(new String(FRAMING.step(1, command), UTF_8)).append(new String(FRAMING.question(2, command), UTF_8));
        assertFalse(script.toString().contains(FRAMING.token()));
    }

    private static void feed(Decoder decoder, String text, int chunk) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        for (int at = 0; at < bytes.length; at += chunk) decoder.out(bytes, at, Math.min(chunk, bytes.length - at));
    }

    private static byte[] stream(List<Sent> sent, boolean out) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < sent.size(); i++) {
            bytes.writeBytes(out ? sent.get(i).out : sent.get(i).err);
            bytes.writeBytes((MARK + i + " " + sent.get(i).status + "\n").getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /// Random bytes with many pieces of markers in them.
    private static byte[] noise(Random random) {
        var bytes = new ByteArrayOutputStream();
        for (int i = random.nextInt(8); i > 0; i--) {
            if (random.nextBoolean()) bytes.writeBytes(MARK.substring(0, random.nextInt(MARK.length() + 1)).getBytes(UTF_8));
            var some = new byte[random.nextInt(40)];
            random.nextBytes(some);
            bytes.writeBytes(some);
        }
        return bytes.toByteArray();
    }
}
