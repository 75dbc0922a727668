package dev.bluerig.remote;

import java.nio.file.Path;
import java.util.List;

/// One machine that answers: one connection, one resident shell. Implementations: SSH, a fake.
public interface Session extends AutoCloseable {
    /// One round trip; replies in the order steps, questions. A command that fails, hangs or prints too much is a reply;
    /// only a lost machine is an exception.
    List<Reply> exchange(Exchange exchange) throws Unreachable;

    /// A second, independent connection: proof that the machine can still be reached.
    Session fresh() throws Unreachable;

    /// Copies a large file to the machine, atomically, as the session's user.
    void upload(Path file, String target, String mode) throws Unreachable;

    /// Starts a program on a channel of its own, with the rights of the resident shell, and returns while it runs.
    RunningProgram launch(Command command) throws Unreachable;

    /// What this session has cost so far.
    Traffic traffic();

    @Override
    void close();

    /// Counted for promise 5: connections opened, SSH exec channels opened, round trips, commands run.
    record Traffic(int connections, int execs, int roundTrips, int commands) {
        public Traffic plus(Traffic other) {
            return new Traffic(connections + other.connections, execs + other.execs, roundTrips + other.roundTrips,
                commands + other.commands);
        }
    }
}
