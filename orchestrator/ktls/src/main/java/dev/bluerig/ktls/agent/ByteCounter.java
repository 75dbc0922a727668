package dev.bluerig.ktls.agent;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/// What one direction of one connection has moved. One thread writes; anybody may ask for `bytes`, the rest is for those who know
/// that the writer is done.
final class ByteCounter {
    private final AtomicLong bytes = new AtomicLong();
    private final CRC32C digest = new CRC32C();
    private boolean begun;
    private long first;
    private long last;
    private long checked;

    void begin() {
        if (begun) return;
        begun = true;
        first = System.nanoTime();
        last = first;
    }

    void moved(long count) {
        bytes.lazySet(bytes.getPlain() + count);
        last = System.nanoTime();
    }

    void digest(ByteBuffer payload) {
        digest.update(payload);
    }

    void checked(long count) {
        checked += count;
    }

    long bytes() {
        return bytes.get();
    }

    long checked() {
        return checked;
    }

    boolean begun() {
        return begun;
    }

    /// Of `System.nanoTime`.
    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /// CRC-32C of all payload.
    long digest() {
        return digest.getValue();
    }
}
