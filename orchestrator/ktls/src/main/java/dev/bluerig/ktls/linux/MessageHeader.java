package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `struct msghdr` (recvmsg(2)) with one `struct iovec` and room for one control message of one byte (cmsg(3)): the type of a record
/// (Documentation/networking/tls.rst). Used over and over.
final class MessageHeader {
    private static final int SOL_TLS = 282; // linux/socket.h
    // offsets in struct msghdr of 56 bytes, struct iovec of 16, struct cmsghdr of 16
    private static final long VECTOR = 16;
    private static final long VECTORS = 24;
    private static final long CONTROL = 32;
    private static final long CONTROL_LENGTH = 40;
    private static final long FLAGS = 48;
    private static final long VECTOR_LENGTH = 8;
    private static final long LEVEL = 8;
    private static final long TYPE = 12;
    private static final long DATA = 16;
    private static final long LENGTH = 17; // CMSG_LEN(1)
    private static final long SPACE = 24; // CMSG_SPACE(1)

    private final MemorySegment header;
    private final MemorySegment vector;
    private final MemorySegment control;

    MessageHeader(Arena arena) {
        MemorySegment all = arena.allocate(56 + 16 + SPACE, 8);
        header = all.asSlice(0, 56);
        vector = all.asSlice(56, 16);
        control = all.asSlice(72, SPACE);
        header.set(ADDRESS, VECTOR, vector);
        header.set(JAVA_LONG, VECTORS, 1);
        header.set(ADDRESS, CONTROL, control);
    }

    MemorySegment segment() {
        return header;
    }

    /// To receive into these bytes, and a control message if one comes.
    void roomFor(MemorySegment bytes) {
        point(bytes);
        header.set(JAVA_LONG, CONTROL_LENGTH, SPACE);
        header.set(JAVA_INT, FLAGS, 0);
    }

    /// To send these bytes with a record type.
    void record(MemorySegment bytes, int controlType, int recordType) {
        point(bytes);
        header.set(JAVA_LONG, CONTROL_LENGTH, SPACE);
        header.set(JAVA_INT, FLAGS, 0);
        control.set(JAVA_LONG, 0, LENGTH);
        control.set(JAVA_INT, LEVEL, SOL_TLS);
        control.set(JAVA_INT, TYPE, controlType);
        control.set(JAVA_BYTE, DATA, (byte) recordType);
    }

    /// The record type that came, -1 when none did.
    int recordType(int controlType) {
        boolean came = header.get(JAVA_LONG, CONTROL_LENGTH) >= LENGTH && control.get(JAVA_INT, LEVEL) == SOL_TLS
            && control.get(JAVA_INT, TYPE) == controlType;
        return came ? Byte.toUnsignedInt(control.get(JAVA_BYTE, DATA)) : -1;
    }

    private void point(MemorySegment bytes) {
        vector.set(ADDRESS, 0, bytes);
        vector.set(JAVA_LONG, VECTOR_LENGTH, bytes.byteSize());
    }
}
