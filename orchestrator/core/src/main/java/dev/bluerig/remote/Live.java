package dev.bluerig.remote;

import java.time.Duration;

/// A program that runs on a machine while other commands are exchanged: lines go in, lines come out. One thread listens; any may tell.
public interface Live extends AutoCloseable {
    /// What is heard next.
    sealed interface Heard {
        /// One line of its stdout, without the line's end.
        record Line(String text) implements Heard {}

        /// It is over; nothing comes after this. `status` is that of the program, `err` the end of what it said on stderr.
        record Ended(int status, String err) implements Heard {}

        /// Nothing within the patience; the program may still run.
        record Silence() implements Heard {}
    }

    Heard next(Duration patience) throws Unreachable;

    /// Sends one line to its stdin. Not before it has said its first line: the shell that starts it may read ahead.
    void tell(String line) throws Unreachable;

    /// Closes its stdin and its channel. A program that ends on EOF ends; another one may go on.
    @Override
    void close();
}
