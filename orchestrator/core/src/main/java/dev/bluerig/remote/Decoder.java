package dev.bluerig.remote;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Two output streams of a resident shell, cut anywhere, to frames. Holds at most `limit` bytes of each stream of each command.
final class Decoder {
    /// What one command printed. `cut`: it printed more. `label` is its exit status, or `-` when it was not run.
    record Frame(int id, String label, byte[] outBytes, byte[] errBytes, boolean cut) {
        String out() {
            return new String(outBytes, UTF_8);
        }

        String err() {
            return new String(errBytes, UTF_8);
        }
    }

    private record Piece(int id, String label, byte[] bytes, boolean cut) {}

    private final int limit;
    private final Lane out;
    private final Lane err;
    private int ready = -1;

    /// Who takes over the streams after frame 0.
    interface Heir {
        void out(byte[] bytes, int offset, int length);

        void err(byte[] bytes, int offset, int length);
    }

    Decoder(Framing framing, int limit) {
        this(framing, limit, Optional.empty());
    }

    /// With an heir only frame 0 is decoded.
    Decoder(Framing framing, int limit, Optional<Heir> heir) {
        this.limit = limit;
        byte[] mark = ("\036" + framing.token() + " ").getBytes(UTF_8);
        this.out = new Lane(mark, heir.map(whose -> whose::out));
        this.err = new Lane(mark, heir.map(whose -> whose::err));
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
        Piece printed = out.pieces.remove();
        Piece complained = err.pieces.remove();
        if (printed.id != complained.id)
            throw new IllegalStateException("the shell's two streams are out of step at " + printed.id + " and " + complained.id);
        return Optional.of(new Frame(printed.id, printed.label, printed.bytes, complained.bytes, printed.cut || complained.cut));
    }

    /// True once the shell waits for the payload of this command.
    boolean ready(int id) {
        return ready == id;
    }

    /// True while the command that is running has printed more than the limit.
    boolean overflowing() {
        return out.cut || err.cut;
    }

    /// What came since the last complete frame, for error texts and for commands that never end.
    String pendingOut() {
        return out.text();
    }

    String pendingErr() {
        return err.text();
    }

    private final class Lane {
        private final byte[] mark;
        private final Queue<Piece> pieces = new ArrayDeque<>();
        private byte[] held = new byte[256];
        private int length;
        private boolean cut;
        private int matched;                            // bytes of the mark seen; the whole mark: reading the label
        private final byte[] label = new byte[32];
        private int labelled;
        private final Optional<Sink.Chunks> heir;
        private boolean inherited;

        Lane(byte[] mark, Optional<Sink.Chunks> heir) {
            this.mark = mark;
            this.heir = heir;
        }

        void feed(byte[] chunk, int from, int to) {
            int at = from;
            while (at < to) {
                if (inherited) {
                    heir.orElseThrow().take(chunk, at, to - at);
                    return;
                }
                if (matched == 0) {
                    int plain = at;
                    while (at < to && chunk[at] != mark[0]) at++;
                    keep(chunk, plain, at);
                    if (at < to) {
                        matched = 1;
                        at++;
                    }
                } else if (matched < mark.length) {
                    if (chunk[at] == mark[matched]) {
                        matched++;
                        at++;
                    } else {
                        keep(mark, 0, matched);         // not a marker; its first byte occurs in it only once, so start over here
                        matched = 0;
                    }
                } else if (chunk[at] == '\n') {
                    at++;
                    if (!marker()) keep(new byte[] {'\n'}, 0, 1);
                } else if (labelled < label.length && chunk[at] != mark[0]) {
                    label[labelled++] = chunk[at++];
                } else {
                    giveBack();
                }
            }
        }

        /// The label is complete: a frame, a ready marker, or data that only looks like one.
        private boolean marker() {
            String[] words = new String(label, 0, labelled, UTF_8).split(" ", -1);
            if (words.length != 2 || !words[0].matches("\\d{1,9}") || !words[1].matches("\\d{1,9}|-|R")) {
                giveBack();
                return false;
            }
            int id = Integer.parseInt(words[0]);
            matched = 0;
            labelled = 0;
            if (words[1].equals("R")) {
                ready = id;
            } else {
                pieces.add(new Piece(id, words[1], Arrays.copyOf(held, length), cut));
                held = new byte[256];
                length = 0;
                cut = false;
                inherited = heir.isPresent();
            }
            return true;
        }

        private void giveBack() {
            keep(mark, 0, mark.length);
            keep(label, 0, labelled);
            matched = 0;
            labelled = 0;
        }

        private void keep(byte[] bytes, int from, int to) {
            int room = Math.min(to - from, limit - length);
            if (room < to - from) cut = true;
            if (room <= 0) return;
            if (length + room > held.length) held = Arrays.copyOf(held, Math.min(limit, Math.max(length + room, 2 * held.length)));
            System.arraycopy(bytes, from, held, length, room);
            length += room;
        }

        private String text() {
            return new String(held, 0, length, UTF_8);
        }
    }
}
