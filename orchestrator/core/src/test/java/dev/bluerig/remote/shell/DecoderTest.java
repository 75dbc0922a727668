package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Command;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final Framing FRAMING = new Framing("fedcba9876543210", new Random(4));
    private static final String MARK = mark(1);

    private static String own(int number) {
        return "%016x".formatted(number * 0x0123456789abcdefL);
    }

    private static String mark(int number) {
        return new String(FRAMING.mark(own(number)), UTF_8);
    }

    /// A decoder that awaits the answers to `count` steps, numbered from 1.
    private static Decoder decoder(int limit, int count) {
        var decoder = new Decoder(limit);
        for (int number = 1; number <= count; number++)
            decoder.await(new AwaitedMarker(number, FRAMING.mark(own(number)), AwaitedMarker.Kind.STEP, number == 4));
        return decoder;
    }

    private record Sent(byte[] out, byte[] err, int status) {}

    @Test
    void every_chunking_gives_the_same_frames() {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            List<Sent> sent = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) sent.add(new Sent(noise(random), noise(random), random.nextInt(256)));
            var decoder = decoder(1 << 20, sent.size());
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
            }
        }
    }

    @Test
    void what_only_looks_like_a_marker_is_output() {
        for (String text : List.of(MARK, MARK + "1", MARK + "x\n", MARK + "\n", MARK + "1 2\n", MARK + MARK,
            MARK + "12345678901234567890123456789012345\n",
            MARK + "256\n", MARK + "R\n", "\036", "\036\036" + MARK.substring(1, 9), MARK + "0\036", mark(0) + "0\n", mark(2) + "0\n",
            "\036" + own(1) + " 0\n", "\036" + FRAMING.half() + " 0\n")) {
            for (int chunk : new int[] {1, 2, 7, 1000}) {
                var decoder = decoder(1000, 1);
                feed(decoder, text + MARK + "0\n", chunk);
                decoder.err((MARK + "0\n").getBytes(UTF_8), 0, MARK.length() + 2);
                Decoder.Frame frame = decoder.poll().orElseThrow();
                assertEquals(text, new String(frame.outBytes(), ISO_8859_1), text);
            }
        }
    }

    @Test
    void memory_is_bounded_and_the_frame_says_so() {
        var decoder = decoder(100, 1);
        var chunk = new byte[1 << 16];
        for (int i = 0; i < 1000; i++) decoder.out(chunk, 0, chunk.length);
        assertTrue(decoder.overflowing());
        assertEquals(100, decoder.pendingOut().length());
        feed(decoder, MARK + "0\n", 3);
        decoder.err((MARK + "0\n").getBytes(UTF_8), 0, MARK.length() + 2);
        Decoder.Frame frame = decoder.poll().orElseThrow();
        assertTrue(frame.cut());
        assertEquals(100, frame.outBytes().length);
        assertFalse(decoder.overflowing());
    }

    @Test
    void exactly_the_limit_is_not_too_much() {
        var decoder = decoder(100, 1);
        feed(decoder, "x".repeat(100) + MARK + "0\n", 7);
        decoder.err((MARK + "0\n").getBytes(UTF_8), 0, MARK.length() + 2);
        assertFalse(decoder.poll().orElseThrow().cut());
    }

    @Test
    void the_ready_marker_ends_no_frame_and_counts_once() {
        var decoder = decoder(100, 4);
        for (int number = 1; number < 4; number++) feed(decoder, mark(number) + "0\n", 50);
        assertFalse(decoder.ready(4));
        feed(decoder, mark(4) + "R\n", 5);
        assertTrue(decoder.ready(4));
        feed(decoder, mark(4) + "R\n", 5);
        assertEquals(mark(4) + "R\n", decoder.pendingOut());
    }

    /// Whoever has read an answer's marker has one that is used up; another exchange's, another command's, or a status for a question are
    /// no better.
    @Test
    void a_marker_counts_once_and_in_its_place_alone() {
        var decoder = decoder(1000, 3);
        String forged = "wanted\n" + mark(2) + "0\n" + mark(3) + "7\n";
        decoder.out((forged + mark(1) + "0\n" + mark(1) + "0\n").getBytes(UTF_8), 0, forged.length() + 2 * (MARK.length() + 2));
        decoder.err((mark(1) + "0\n").getBytes(UTF_8), 0, MARK.length() + 2);
        assertEquals(forged, decoder.poll().orElseThrow().out());
        assertEquals(mark(1) + "0\n", decoder.pendingOut());
        assertEquals(Optional.empty(), decoder.poll());
        var question = new Decoder(100);
        question.await(new AwaitedMarker(0, FRAMING.mark(own(1)), AwaitedMarker.Kind.QUESTION, false));
        feed(question, MARK + "-\n", 100);
        assertEquals(MARK + "-\n", question.pendingOut());
    }

    @Test
    void what_nobody_awaits_is_output() {
        var decoder = new Decoder(1000);
        feed(decoder, MARK + "0\n", 100);
        assertEquals(MARK + "0\n", decoder.pendingOut());
    }

    @Test
    void memory_is_bounded_over_all_commands() {
        var decoder = decoder(100, 3);
        decoder.allow(150);
        for (int number = 1; number <= 3; number++) {
            feed(decoder, "x".repeat(80) + mark(number) + "0\n", 1000);
            decoder.err((mark(number) + "0\n").getBytes(UTF_8), 0, MARK.length() + 2);
            assertFalse(decoder.overflowing());
            Decoder.Frame frame = decoder.poll().orElseThrow();
            assertEquals(List.of(80, 70, 0).get(number - 1), frame.outBytes().length);
            assertEquals(number > 1, frame.cut());
        }
    }

    /// The end of a command arrives on two streams; what one of them holds behind it is of the next command.
    @Test
    void what_the_next_command_prints_is_not_too_much_of_this_one() {
        var decoder = decoder(10, 2);
        byte[] out = (mark(1) + "0\n" + "y".repeat(100)).getBytes(UTF_8);
        decoder.out(out, 0, out.length);
        assertFalse(decoder.overflowing());
        byte[] err = (mark(1) + "0\n").getBytes(UTF_8);
        decoder.err(err, 0, err.length);
        assertTrue(decoder.poll().isPresent());
        assertTrue(decoder.overflowing());
    }

    @Test
    void no_token_is_in_the_script_nor_in_any_programs_arguments() {
        var script = new StringBuilder(new String(FRAMING.greeting(own(0)), UTF_8));
        int number = 1;
        for (Command command
            : List.of(Command.of("a"), Command.of("b").reading("small"), Command.of("c").reading("x".repeat(Framing.INLINE + 1))))
            script.append(new String(FRAMING.step(own(number++), command), UTF_8))
            .append(new String(FRAMING.question(own(number++), command), UTF_8));
        for (int each = 0; each < number; each++) assertFalse(script.toString().contains(FRAMING.half() + own(each)));
        for (String line : script.toString().lines().filter(line -> line.contains(FRAMING.half())).toList())
            assertTrue(line.matches("__[fr]\\(\\)\\{ (echo \"\036[0-9a-f]{16}\\$1 (\\$2|R)\"( >&2)?;){1,2}\\}"), line);
    }

    private static void feed(Decoder decoder, String text, int chunk) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        for (int at = 0; at < bytes.length; at += chunk) decoder.out(bytes, at, Math.min(chunk, bytes.length - at));
    }

    private static byte[] stream(List<Sent> sent, boolean out) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < sent.size(); i++) {
            bytes.writeBytes(out ? sent.get(i).out : sent.get(i).err);
            bytes.writeBytes((mark(i + 1) + sent.get(i).status + "\n").getBytes(UTF_8));
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
