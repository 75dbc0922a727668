package dev.bluerig.remote.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bytes from one connection's thread to another's. Writing never blocks, because the writer serves a whole host; the window of the inner
/// connection bounds what can pile up.
public final class Pipe {
    /// What an empty pipe holds on to: there is one for each machine that is reached through another.
    private static final int AT_REST = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] bytes = new byte[AT_REST];
    private int from;
    private int to;
    private boolean ended;

    public OutputStream writeEnd() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] chunk, int offset, int length) {
                lock.lock();
                try {
                    room(length);
                    System.arraycopy(chunk, offset, bytes, to, length);
                    to += length;
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    public InputStream readEnd() {
        return new InputStream() {
            @Override
            public int read() {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
            }

            @Override
            public int read(byte[] chunk, int offset, int length) {
                if (length == 0) return 0;
                lock.lock();
                try {
                    while (from == to && !ended) changed.awaitUninterruptibly();
                    if (from == to) return -1;
                    int count = Math.min(length, to - from);
                    System.arraycopy(bytes, from, chunk, offset, count);
                    from += count;
                    if (from == to) rest();
                    return count;
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void rest() {
        from = 0;
        to = 0;
        if (bytes.length > AT_REST) bytes = new byte[AT_REST];
    }

    private void room(int length) {
        if (to + length <= bytes.length) return;
        int held = to - from;
        byte[] wider = held + length <= bytes.length ? bytes : new byte[Math.max(held + length, 2 * bytes.length)];
        System.arraycopy(bytes, from, wider, 0, held);
        bytes = wider;
        from = 0;
        to = held;
    }
}
