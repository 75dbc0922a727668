package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.Affinity;
import dev.bluerig.ktls.Meter;
import dev.bluerig.ktls.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Everything of a machine that the agent touches. A simulated lab has its own; several may live in one JVM.
public interface AgentHost {
    Network network();

    Meter meter();

    Affinity affinity();

    /// As `hello` tells them: the process, and the machine's architecture (`amd64`, `aarch64`).
    long pid();

    String architecture();

    /// Puts a file of the run directory in place, whole or not at all, and says where it lies: `Connection.sendFile` takes that path.
    Path write(String directory, String name, ByteBuffer content) throws IOException;

    /// Removes the run directory with the files in it, never a directory below; one that is gone already is fine.
    void remove(String directory) throws IOException;

    /// Runs a command to its end; an exception tells why it could not start, how it failed, or that the limit is over and it was killed.
    void run(List<String> command, Duration limit) throws IOException;

    /// Says something to people that no event holds (stderr).
    void complain(String text);
}
