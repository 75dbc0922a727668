package dev.bluerig.run;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps two applies of one inventory apart. The lock is the kernel's, so it is gone when the process is; the empty file stays.
///
/// It keeps processes apart: a second attempt within one process is refused too, but ends the first one's hold on other processes
/// (fcntl(2): closing any descriptor of the file gives up the locks of the process).
public final class RunLock implements AutoCloseable {
    private final FileChannel file;

    private RunLock(FileChannel file) {
        this.file = file;
    }

    /// A hidden file beside the inventory, because two users of one inventory may keep their runs in different places.
    public static RunLock take(Path inventory) {
        Path path = inventory.toAbsolutePath().resolveSibling("." + inventory.getFileName() + ".lock");
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(file)) return new RunLock(file);
            file.close();
        } catch (IOException unwritable) {
            throw new InvalidInput(Location.file(path.toString()), "cannot lock the inventory against a second apply: "
                + RecordError.words(unwritable));
        }
        throw new InvalidInput(Location.file(inventory.toString()), "another apply of this inventory is running; `bluerig runs` tells"
            + " which process it is, `check` may run beside it");
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
