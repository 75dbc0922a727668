package dev.bluerig.remote.shell;

import java.io.OutputStream;

/// Where JSch pushes output. What it hands to never throws: JSch would drop the connection without a word.
public final class ChannelOutput extends OutputStream {
    public interface ChunkReceiver {
        void take(byte[] bytes, int offset, int length);
    }

    private final ChunkReceiver chunks;
    private final Runnable closed;

    public ChannelOutput(ChunkReceiver chunks, Runnable closed) {
        this.chunks = chunks;
        this.closed = closed;
    }

    @Override
    public void write(int one) {
        chunks.take(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        chunks.take(bytes, offset, length);
    }

    @Override
    public void close() {
        closed.run();
    }
}
