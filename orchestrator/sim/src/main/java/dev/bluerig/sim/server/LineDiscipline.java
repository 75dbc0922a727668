package dev.bluerig.sim.server;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What the kernel's terminal does for somebody who typed `ssh` without a command: a prompt, echo, backspace, Ctrl-C, Ctrl-D,
/// lines that end in CR LF. No history, no completion.
final class LineDiscipline extends InputStream {
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int CTRL_U = 21;

    private final InputStream keys;
    private final OutputStream screen;
    private final String prompt;
    private byte[] line = new byte[0];
    private int at;
    private boolean ended;

    /// `screen` as the shell writes to it, from [#screen].
    LineDiscipline(InputStream keys, OutputStream screen, String prompt) {
        this.keys = keys;
        this.screen = screen;
        this.prompt = prompt;
    }

    /// Ends lines as a terminal wants them.
    static OutputStream screen(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int c) throws IOException {
                if (c == '\n') out.write('\r');
                out.write(c);
            }
        };
    }

    @Override
    public int read() throws IOException {
        if (at == line.length && !ended) edit();
        return at < line.length ? line[at++] & 255 : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        int c = read();
        if (c < 0) return -1;
        to[offset] = (byte) c;
        return 1;
    }

    private void show(String text) throws IOException {
        for (char c : text.toCharArray()) screen.write(c);
        screen.flush();
    }

    private void edit() throws IOException {
        var typed = new ByteArrayOutputStream();
        show(prompt);
        while (true) {
            int key = keys.read();
            if (key < 0 || key == CTRL_D && typed.size() == 0) {
                ended = true;
                show("\n");
                break;
            }
            if (key == '\r' || key == '\n') {
                show("\n");
                typed.write('\n');
                break;
            }
            if (key == CTRL_C) {
                typed.reset();
                show("^C\n" + prompt);
            } else if (key == CTRL_U) {
                erase(typed, typed.size());
            } else if (key == 127 || key == '\b') {
                erase(typed, Math.min(1, typed.size()));
            } else if (key >= ' ' || key == '\t') {
                typed.write(key);
                show(String.valueOf((char) key));
            }
        }
        line = typed.toByteArray();
        at = 0;
    }

    private void erase(ByteArrayOutputStream typed, int count) throws IOException {
        byte[] kept = typed.toByteArray();
        typed.reset();
        typed.write(kept, 0, kept.length - count);
        show("\b \b".repeat(count));
    }
}
