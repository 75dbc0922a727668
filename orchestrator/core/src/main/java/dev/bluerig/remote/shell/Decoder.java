package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/// Two output streams of a resident shell, cut anywhere, to frames. Only the marker that is awaited next ends a frame, so a machine can
/// print nothing that shifts one answer to another. Holds at most `limit` bytes of each stream of each command, and no more of
/// all together than `allow` says.
final class Decoder {
    /// What one command printed. `cut`: it printed more. `label` is its exit status, or `-` when it was not run.
    record Frame(String label, byte[] outBytes, byte[] errBytes, boolean cut) {
        String out() {
            return new String(outBytes, UTF_8);
        }

        String err() {
            return new String(errBytes, UTF_8);
        }
    }

    private record FramePart(String label, byte[] bytes, boolean cut) {}

    /// An announcement of a window of text is found in the last of it.
    private static final int WINDOW = 64 * 1024;

    private final int limit;
    private final MarkedStream out;
    private final MarkedStream err;
    private int room;
    private int ready = -1;

    /// Who takes over the streams after the first frame.
    interface StreamReceiver {
        void out(byte[] bytes, int offset, int length);

        void err(byte[] bytes, int offset, int length);
    }

    Decoder(int limit) {
        this(limit, Optional.empty());
    }

    /// With a receiver only the greeting is decoded.
    Decoder(int limit, Optional<StreamReceiver> receiver) {
        this.limit = limit;
        this.room = 2 * limit;
        this.out = new MarkedStream(receiver.map(one -> one::out));
        this.err = new MarkedStream(receiver.map(one -> one::err));
    }

    /// In the order in which the commands are sent, and before they are.
    void await(AwaitedMarker awaited) {
        out.awaited.add(awaited);
        err.awaited.add(awaited);
    }

    /// How many bytes are kept from here on, of all commands together.
    void allow(int bytes) {
        room = bytes;
    }

    int room() {
        return room;
    }

    void out(byte[] chunk, int offset, int length) {
        out.feed(chunk, offset, offset + length);
    }

    void err(byte[] chunk, int offset, int length) {
        err.feed(chunk, offset, offset + length);
    }

    /// The next frame that is complete on both streams.
    Optional<Frame> poll() {
        if (out.pieces.isEmpty() || err.pieces.isEmpty()) return Optional.empty();
        FramePart printed = out.pieces.remove();
        FramePart complained = err.pieces.remove();
        return Optional.of(new Frame(printed.label, printed.bytes, complained.bytes, printed.cut || complained.cut));
    }

    /// True once the shell waits for the payload of this command.
    boolean ready(int number) {
        return ready == number;
    }

    /// True while the command that is awaited next has printed more than the limit. What a stream holds behind the end of that command,
    /// while the other stream's end is still on its way, is of the commands after it.
    boolean overflowing() {
        return out.overflowing() || err.overflowing();
    }

    /// What came since the last complete frame, for error texts and for commands that never end.
    String pendingOut() {
        return out.text(out.length);
    }

    String pendingErr() {
        return err.text(err.length);
    }

    /// The last of what came, to look for a word in it again and again.
    String lastOut() {
        return out.text(WINDOW);
    }

    String lastErr() {
        return err.text(WINDOW);
    }

    private final class MarkedStream {
        private final Queue<AwaitedMarker> awaited = new ArrayDeque<>();
        private final Queue<FramePart> pieces = new ArrayDeque<>();
        private byte[] held = new byte[256];
        private int length;
        private long seen;
        private int matched;                            // bytes of the mark seen; the whole mark: reading the label
        private final byte[] label = new byte[32];
        private int labelled;
        private final Optional<ChannelOutput.ChunkReceiver> receiver;
        private boolean handedOver;

        MarkedStream(Optional<ChannelOutput.ChunkReceiver> receiver) {
            this.receiver = receiver;
        }

        void feed(byte[] chunk, int from, int to) {
            int at = from;
            while (at < to) {
                if (handedOver) {
                    receiver.orElseThrow().take(chunk, at, to - at);
                    return;
                }
                if (awaited.isEmpty()) {
                    keep(chunk, at, to);
                    return;
                }
                at = next(awaited.element().mark(), chunk, at, to);
            }
        }

        /// Takes at least one byte, or puts back what it took for a marker; returns where to go on.
        private int next(byte[] mark, byte[] chunk, int at, int to) {
            if (matched == 0) {
                int end = at;
                while (end < to && chunk[end] != mark[0]) end++;
                keep(chunk, at, end);
                if (end == to) return to;
                matched = 1;
                return end + 1;
            }
            if (matched < mark.length) {
                if (chunk[at] == mark[matched]) {
                    matched++;
                    return at + 1;
                }
                keep(mark, 0, matched);                 // not a marker; its first byte occurs in it only once, so start over here
                matched = 0;
                return at;
            }
            if (chunk[at] == '\n') {
                if (!marker()) keep(chunk, at, at + 1);
                return at + 1;
            }
            if (labelled < label.length && chunk[at] != mark[0]) {
                label[labelled++] = chunk[at];
                return at + 1;
            }
            giveBack();
            return at;
        }

        /// The label is complete: a frame, a ready marker, or data that only looks like one.
        private boolean marker() {
            AwaitedMarker wanted = awaited.element();
            String text = new String(label, 0, labelled, UTF_8);
            if (wanted.payload() && ready != wanted.number() && this == out && text.equals("R")) {
                ready = wanted.number();
            } else if (wanted.takes(text)) {
                pieces.add(new FramePart(text, length == held.length ? held : Arrays.copyOf(held, length), seen > length));
                held = new byte[256];
                length = 0;
                seen = 0;
                awaited.remove();
                handedOver = receiver.isPresent();
            } else {
                giveBack();
                return false;
            }
            matched = 0;
            labelled = 0;
            return true;
        }

        boolean overflowing() {
            return pieces.isEmpty() && seen > limit;
        }

        private void giveBack() {
            keep(awaited.element().mark(), 0, matched);
            keep(label, 0, labelled);
            matched = 0;
            labelled = 0;
        }

        private void keep(byte[] bytes, int from, int to) {
            seen += to - from;
            int taken = Math.min(to - from, Math.min(limit - length, room));
            if (taken <= 0) return;
            if (length + taken > held.length) held = Arrays.copyOf(held, Math.min(limit, Math.max(length + taken, 2 * held.length)));
            System.arraycopy(bytes, from, held, length, taken);
            length += taken;
            room -= taken;
        }

        private String text(int most) {
            int kept = Math.min(length, most);
            return new String(held, length - kept, kept, UTF_8);
        }
    }
}
