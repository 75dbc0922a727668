package dev.bluerig.remote.shell;

import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.time.Duration;

/// One connection to one machine, below the resident shell: starts programs and carries bytes. Implementations: JSch, and in tests others.
public interface Transport extends AutoCloseable {
    /// Told from a thread of the wire; must neither block nor throw.
    interface Listener {
        void out(byte[] bytes, int offset, int length);

        void err(byte[] bytes, int offset, int length);

        /// The program's channel is gone, whatever the cause; `status` is -1 when none was told (a signal, a lost connection). Nothing
        /// comes after it.
        void ended(int status);
    }

    /// A program that was started.
    interface Running {
        /// Returns when the bytes are on their way, or the program is gone; `Unreachable` when they are not within the limit.
        void write(byte[] bytes, Duration limit) throws Unreachable;

        /// Closes the program's stdin; it goes on and is heard.
        void finish();

        void close();
    }

    /// What the machine is called in messages.
    String name();

    Running start(String request, Listener listener, Duration limit) throws Unreachable;

    void upload(Path file, String target, String mode, Duration limit) throws Unreachable;

    /// The same machine over a connection of its own.
    Transport again() throws Unreachable;

    boolean alive();

    @Override
    void close();
}
