package dev.bluerig.ktls.secure;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The file that payload is sent from, kept open between writes as sendfile(2) would have it.
final class SourceFile {
    private record Open(Path path, FileChannel channel) {}

    private Optional<Open> open = Optional.empty();

    /// Fills the buffer with the bytes of the file from there on.
    synchronized void read(Path path, long from, ByteBuffer into) throws IOException {
        FileChannel channel = channel(path);
        for (long at = from; into.hasRemaining(); ) {
            int count = channel.read(into, at);
            if (count < 0) throw new EOFException(path + " ends after " + at + " bytes, wanted " + into.remaining() + " more");
            at += count;
        }
    }

    private FileChannel channel(Path path) throws IOException {
        if (open.isPresent() && open.get().path().equals(path)) return open.get().channel();
        close();
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        open = Optional.of(new Open(path, channel));
        return channel;
    }

    synchronized void close() {
        try {
            if (open.isPresent()) open.get().channel().close();
        } catch (IOException nothingWasWritten) {
            // a file that is only read loses nothing
        }
        open = Optional.empty();
    }
}
