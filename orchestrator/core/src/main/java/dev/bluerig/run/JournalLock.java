package dev.bluerig.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Whether the run that writes a journal is under way. The lock is the kernel's, so it is gone when the process is, whatever became of it,
/// and no process that later has the same number is taken for it.
public final class JournalLock {
    private JournalLock() {}

    /// A file system without locks has none to give; then nobody sees that this run is under way.
    static void take(FileChannel journal) {
        try {
            FileLock held = journal.tryLock();
            if (held == null) throw new IllegalStateException("a file that was just made is locked by somebody else");
        } catch (IOException without) {
            // the journal is written all the same
        }
    }

    /// False as well where the journal is not there or cannot be asked.
    public static boolean isHeld(Path journal) {
        if (!Files.isRegularFile(journal)) return false;
        try (var file = FileChannel.open(journal, StandardOpenOption.READ);
             FileLock free = file.tryLock(0, Long.MAX_VALUE, true)) {
            return free == null;
        } catch (OverlappingFileLockException ours) {
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }
}
