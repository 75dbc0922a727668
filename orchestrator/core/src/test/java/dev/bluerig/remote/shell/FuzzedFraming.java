package dev.bluerig.remote.shell;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/// Streams of a shell that prints anything. A byte 1 in the input stands for the marker that is awaited next, a byte 2 for a part of it, so
/// that the input need not guess random numbers. What comes out is at most what went in, and no more than the limit.
public final class FuzzedFraming {
    private static final int LIMIT = 200;
    private static final int COMMANDS = 5;
    private static final Framing FRAMING = new Framing("fedcba9876543210", new Random(4));

    private FuzzedFraming() {}

    public static Object read(byte[] input) {
        var decoder = new Decoder(LIMIT);
        for (int number = 1; number <= COMMANDS; number++)
            decoder.await(new AwaitedMarker(number, mark(number), number == 1 ? AwaitedMarker.Kind.GREETING : number == 3
                ? AwaitedMarker.Kind.QUESTION : AwaitedMarker.Kind.STEP, number == 4));
        var lines = new LineSplitter();
        int frames = 0;
        for (int at = 0, chunk; at < input.length; at += chunk) {
            chunk = Math.min(input.length - at, 1 + (input[at] & 15));
            byte[] bytes = spelled(Arrays.copyOfRange(input, at, at + chunk), Math.min(COMMANDS, frames + 1));
            decoder.out(bytes, 0, bytes.length);
            if ((input[at] & 16) == 0) decoder.err(bytes, 0, bytes.length);
            lines.out(bytes, 0, bytes.length);
            lines.err(bytes, 0, bytes.length);
            for (Optional<Decoder.Frame> frame; (frame = decoder.poll()).isPresent(); frames++) bounded(frame.get());
        }
        if (frames > COMMANDS) throw new AssertionError(frames + " answers to " + COMMANDS + " commands");
        int told = 0;
        for (Optional<String> line; (line = lines.next()).isPresent(); ) told += line.get().length() + 1;
        return frames + " frames, " + told + " characters, " + lines.rest() + lines.complaint() + decoder.pendingOut();
    }

    private static void bounded(Decoder.Frame frame) {
        if (frame.outBytes().length > LIMIT || frame.errBytes().length > LIMIT) throw new AssertionError("more than the limit: " + frame);
    }

    private static byte[] mark(int number) {
        return FRAMING.mark("%016x".formatted(number * 0x0123456789abcdefL));
    }

    private static byte[] spelled(byte[] bytes, int next) {
        byte[] mark = mark(next);
        var spelled = new byte[bytes.length * mark.length];
        int length = 0;
        for (byte each : bytes) {
            byte[] one = each == 1 ? mark : each == 2 ? Arrays.copyOf(mark, 7) : new byte[] {each};
            System.arraycopy(one, 0, spelled, length, one.length);
            length += one.length;
        }
        return Arrays.copyOf(spelled, length);
    }
}
