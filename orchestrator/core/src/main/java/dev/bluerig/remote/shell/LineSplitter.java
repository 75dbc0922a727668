package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/// Bytes of a program's stdout, cut anywhere, to lines; and the end of its stderr. Nothing more is kept once a limit is passed.
final class LineSplitter implements Decoder.StreamReceiver {
    /// Longest line, and bytes of lines that nobody has listened to yet.
    static final int LINE = 1 << 20;
    static final int WAITING = 16 << 20;
    private static final int COMPLAINT = 4096;

    private final Queue<byte[]> whole = new ArrayDeque<>();
    private byte[] open = new byte[512];
    private int length;
    private int waiting;
    private Optional<String> tooMuch = Optional.empty();
    private final byte[] complaint = new byte[2 * COMPLAINT];
    private int complained;

    @Override
    public void out(byte[] bytes, int offset, int count) {
        int from = offset;
        int to = offset + count;
        while (from < to && tooMuch.isEmpty()) {
            int at = from;
            while (at < to && bytes[at] != '\n') at++;
            keep(bytes, from, at - from);
            if (at < to) end();
            from = at + 1;
        }
    }

    private void keep(byte[] bytes, int from, int count) {
        if (length + count > LINE) {
            tooMuch = Optional.of("a line longer than " + LINE + " bytes: " + new String(open, 0, Math.min(length, 100), UTF_8) + "...");
            return;
        }
        if (length + count > open.length) open = Arrays.copyOf(open, Math.min(LINE, Math.max(length + count, 2 * open.length)));
        System.arraycopy(bytes, from, open, length, count);
        length += count;
    }

    private void end() {
        if (tooMuch.isPresent()) return;
        waiting += length;
        if (waiting > WAITING) {
            tooMuch = Optional.of("more than " + WAITING + " bytes of lines that nobody has listened to");
            return;
        }
        whole.add(Arrays.copyOf(open, length));
        length = 0;
    }

    @Override
    public void err(byte[] bytes, int offset, int count) {
        int from = Math.max(offset, offset + count - COMPLAINT);
        int added = offset + count - from;
        if (complained + added > complaint.length) {
            int kept = Math.min(complained, COMPLAINT);
            System.arraycopy(complaint, complained - kept, complaint, 0, kept);
            complained = kept;
        }
        System.arraycopy(bytes, from, complaint, complained, added);
        complained += added;
    }

    /// The next line that has its end.
    Optional<String> next() {
        return Optional.ofNullable(whole.poll()).map(line -> {
            waiting -= line.length;
            return new String(line, UTF_8);
        });
    }

    /// What came after the last line's end; asked when nothing more comes.
    Optional<String> rest() {
        if (length == 0) return Optional.empty();
        var text = new String(open, 0, length, UTF_8);
        length = 0;
        return Optional.of(text);
    }

    Optional<String> tooMuch() {
        return tooMuch;
    }

    /// The last of stderr.
    String complaint() {
        int kept = Math.min(complained, COMPLAINT);
        return new String(complaint, complained - kept, kept, UTF_8);
    }
}
