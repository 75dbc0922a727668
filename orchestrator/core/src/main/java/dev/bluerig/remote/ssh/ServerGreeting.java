package dev.bluerig.remote.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The first bytes that the other side sent, and whether the stream broke: what JSch does not tell when a connection fails.
final class ServerGreeting {
    private volatile byte[] first = new byte[1024];
    private volatile int length;
    private volatile boolean broken;

    InputStream watching(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
            }

            @Override
            public int read(byte[] bytes, int offset, int wanted) throws IOException {
                try {
                    int count = super.read(bytes, offset, wanted);
                    if (count < 0) broken = true;
                    else if (length < first.length) remember(bytes, offset, count);
                    return count;
                } catch (IOException cut) {
                    broken = true;
                    throw cut;
                }
            }
        };
    }

    /// After the login nobody asks any more.
    synchronized void forget() {
        length = 0;
        first = new byte[0];
    }

    private synchronized void remember(byte[] bytes, int offset, int count) {
        int taken = Math.min(count, first.length - length);
        System.arraycopy(bytes, offset, first, length, taken);
        length += taken;
    }

    /// True when the other side ended the connection.
    boolean broken() {
        return broken;
    }

    boolean nothing() {
        return length == 0;
    }

    /// Other lines may come before the version (RFC 4253, 4.2).
    boolean isSsh() {
        return text().lines().anyMatch(line -> line.startsWith("SSH-"));
    }

    /// What was said before the version, or instead of one.
    String line() {
        return ServerText.shown(text().lines().takeWhile(line -> !line.startsWith("SSH-"))
            .reduce("", (first, second) -> first + "\n" + second));
    }

    private String text() {
        return new String(first, 0, length, ISO_8859_1);
    }
}
