package dev.bluerig.sim.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The text of a script, read byte by byte never beyond the line that is needed, so that commands started by the script can read
/// on where the script stands (as bash does with a piped script). Every char is one byte.
public final class ScriptSource {
    private final InputStream in;
    private final StringBuilder ahead = new StringBuilder();   // in reverse
    private boolean ended;

    public ScriptSource(InputStream in) {
        this.in = in;
    }

    /// The next byte, or -1 at the end; it stays.
    int peek() {
        if (!ahead.isEmpty()) return ahead.charAt(ahead.length() - 1);
        int c = ended ? -1 : read();
        if (c < 0) ended = true;
        else ahead.append((char) c);
        return c;
    }

    int next() {
        int c = peek();
        if (c >= 0) ahead.setLength(ahead.length() - 1);
        return c;
    }

    void unread(CharSequence text) {
        for (int i = text.length() - 1; i >= 0; i--) ahead.append(text.charAt(i));
    }

    private int read() {
        try {
            return in.read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// A line without its newline; `end`: the script ended instead.
    Line line() {
        var text = new StringBuilder();
        for (int c = next(); c >= 0; c = next()) {
            if (c == '\n') return new Line(text.toString(), false);
            text.append((char) c);
        }
        return new Line(text.toString(), true);
    }

    record Line(String text, boolean end) {}
}
