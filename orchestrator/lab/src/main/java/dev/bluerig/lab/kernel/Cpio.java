package dev.bluerig.lab.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// An archive in the format that the kernel unpacks as its first file system: `newc` (Linux,
/// Documentation/driver-api/early-userspace/buffer-format.rst).
final class Cpio {
    private static final int DIRECTORY = 0040755;
    private static final int PROGRAM = 0100755;
    private static final int LINK = 0120777;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private int inode = 1;

    Cpio directory(String name) {
        return entry(name, DIRECTORY, new byte[0]);
    }

    Cpio program(String name, byte[] content) {
        return entry(name, PROGRAM, content);
    }

    Cpio link(String name, String target) {
        return entry(name, LINK, target.getBytes(StandardCharsets.UTF_8));
    }

    private Cpio entry(String name, int mode, byte[] content) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        // inode, mode, uid, gid, links, time, size, device major and minor, of a special file major and minor, length of the name with its
        // zero, checksum
        String header = String.format(Locale.ROOT, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", inode++, mode, 0, 0, 1, 0,
            content.length, 0, 0, 0, 0, path.length + 1, 0);
        archive.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        archive.writeBytes(path);
        archive.write(0);
        pad();
        archive.writeBytes(content);
        pad();
        return this;
    }

    private void pad() {
        while (archive.size() % 4 != 0) archive.write(0);
    }

    byte[] bytes() {
        entry("TRAILER!!!", 0, new byte[0]);
        return archive.toByteArray();
    }
}
