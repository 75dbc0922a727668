package dev.bluerig.sim.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/// An open simulated file; what was written is stored when it is closed.
final class SimFileChannel implements SeekableByteChannel {
    interface ContentStore {
        void keep(byte[] content) throws IOException;
    }

    private final boolean append;
    private final ContentStore keeper;
    private byte[] content;
    private int size;
    private int position;
    private boolean open = true;

    SimFileChannel(byte[] content) {
        this(content, false, fresh -> { });
    }

    SimFileChannel(byte[] content, boolean append, ContentStore keeper) {
        this.content = content;
        this.size = content.length;
        this.append = append;
        this.keeper = keeper;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) throw new ClosedChannelException();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        requireOpen();
        if (position >= size) return -1;
        int count = Math.min(to.remaining(), size - position);
        to.put(content, position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        requireOpen();
        if (append) position = size;
        int count = from.remaining();
        if (position + count > content.length) content = Arrays.copyOf(content, Math.max(position + count, content.length * 2));
        from.get(content, position, count);
        position += count;
        size = Math.max(size, position);
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long fresh) {
        position = Math.toIntExact(fresh);
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long fresh) {
        if (fresh < 0) throw new IllegalArgumentException("a size is not negative: " + fresh);
        size = Math.min(size, Math.toIntExact(fresh));
        position = Math.min(position, size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        if (!open) return;
        open = false;
        keeper.keep(Arrays.copyOf(content, size));
    }
}
