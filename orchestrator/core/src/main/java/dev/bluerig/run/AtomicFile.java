package dev.bluerig.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file of ours that is there whole or not at all, whatever becomes of the disk: written beside, forced, renamed.
public final class AtomicFile {
    private AtomicFile() {}

    public static void write(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(directory(file), "." + file.getFileName() + ".", ".new");
        try {
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            readable(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(fresh);
            throw failed;
        }
    }

    /// Why `write` would fail, asked before a run so that nothing is done in vain. Leaves nothing.
    public static void probe(Path file) throws IOException {
        if (Files.isDirectory(file)) throw new IOException("it is a directory");
        if (Files.exists(file) && !Files.isRegularFile(file)) throw new IOException("it is a device or a pipe");
        Files.delete(Files.createTempFile(directory(file), "." + file.getFileName() + ".", ".new"));
    }

    private static Path directory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) throw new IOException("no directory " + directory);
        return directory;
    }

    /// Temporary files are made for their owner alone; a report is for everybody whom the umask lets read.
    private static void readable(Path fresh) throws IOException {
        Path like = fresh.resolveSibling(fresh.getFileName() + ".mode");
        Files.createFile(like);
        try {
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(like));
        } catch (UnsupportedOperationException notHere) {
            // a file system without modes has none to give
        } finally {
            Files.delete(like);
        }
    }
}
