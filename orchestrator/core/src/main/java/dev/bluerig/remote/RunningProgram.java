package dev.bluerig.remote;

import java.time.Duration;

/// A program that runs on a machine while other commands are exchanged: lines go in, lines come out. One thread listens; any may tell.
public interface RunningProgram extends AutoCloseable {
    /// What is heard next.
    sealed interface ProgramEvent {
        /// One line of its stdout, without the line's end.
        record Line(String text) implements ProgramEvent {}

        /// It is over; nothing comes after this. `status` is that of the program, -1 when a signal ended it, 127 when there is no such
        /// program; `err` is the end of what it said on stderr.
        record Ended(int status, String err) implements ProgramEvent {}

        /// It said more than is kept: a line that is too long, or more lines than were listened to. Its channel is closed; nothing comes
        /// after this.
        record TooMuch(String why) implements ProgramEvent {}

        /// Nothing within the patience; the program may still run.
        record TimedOut() implements ProgramEvent {}
    }

    ProgramEvent next(Duration patience) throws Unreachable;

    /// Sends one line to its stdin. Not before it has said its first line: the shell that starts it may read ahead.
    void tell(String line) throws Unreachable;

    /// Ends it at once (TERM, then KILL), for a program that does not listen to its stdin; then closes its channel.
    void stop();

    /// Closes its stdin, waits for it to end, and ends it (TERM, then KILL) when it does not; then closes its channel. Does nothing the
    /// second time. When the connection is lost, only the program itself can end.
    @Override
    void close();
}
