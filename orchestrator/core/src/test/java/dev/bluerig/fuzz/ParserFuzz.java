package dev.bluerig.fuzz;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What the fuzzer calls, in a process of its own. The property `bluerig.parser` names the parser; without it the first byte of the input
/// picks one of all.
///
/// Now and then an input is blown up to a quarter of a megabyte: work must grow with the text and not with its square. Work is processor
/// time of the one thread, and a parser that grows with the square needs minutes of it.
public final class ParserFuzz {
    private static final String NAME = System.getProperty("bluerig.parser", "");
    private static final int LARGE = 256 << 10;
    private static final int EVERY = 4000;
    private static final long MOST_NANOS = 5_000_000_000L;
    private static final List<String> RUNS = List.of(" ", "\n", " a\n", "[", "{", ".1", "a=", "\"", "\\", "- ", "x: ", "$ x\n", "0", ",");

    private static long inputs;

    private ParserFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        boolean any = NAME.isEmpty();
        if (any && input.length == 0) return;
        FuzzedParser parser = any ? FuzzedParsers.ALL.get((input[0] & 255) % FuzzedParsers.ALL.size()) : FuzzedParsers.named(NAME);
        byte[] text = any ? Arrays.copyOfRange(input, 1, input.length) : input;
        parser.check(text);
        if (++inputs % EVERY == 0) linear(parser, blownUp(text, inputs / EVERY));
    }

    /// Throws `AssertionError` when the parser works longer than any that is linear.
    static void linear(FuzzedParser parser, byte[] large) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        parser.check(large);
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        if (nanos > MOST_NANOS)
            throw new AssertionError(parser.name() + ": " + nanos / 1_000_000 + " ms of work for " + large.length
                + " bytes that begin with: " + new String(large, 0, Math.min(200, large.length), StandardCharsets.UTF_8));
    }

    /// A run of one thing, or of a piece of the input, in the middle of it.
    static byte[] blownUp(byte[] input, long turn) {
        int middle = input.length == 0 ? 0 : (int) Math.floorMod(turn * 7919, (long) input.length);
        int end = (int) Math.min(input.length, middle + 1 + turn % 40);
        byte[] run = turn % 2 == 0 && end > middle ? Arrays.copyOfRange(input, middle, end)
            : RUNS.get((int) (turn / 2 % RUNS.size())).getBytes(StandardCharsets.UTF_8);
        int times = LARGE / run.length;
        var large = new byte[input.length + times * run.length];
        System.arraycopy(input, 0, large, 0, middle);
        for (int i = 0; i < times; i++) System.arraycopy(run, 0, large, middle + i * run.length, run.length);
        System.arraycopy(input, middle, large, middle + times * run.length, input.length - middle);
        return large;
    }
}
