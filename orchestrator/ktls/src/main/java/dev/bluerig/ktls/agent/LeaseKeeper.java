package dev.bluerig.ktls.agent;

import dev.bluerig.protocol.Lease;
import dev.bluerig.protocol.LifetimeSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Holds the agent's lease: rings when the agent was not heard for too long, moves the deadline on, and puts back at the end. The file lets
/// a later run put back after a SIGKILL.
final class LeaseKeeper {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
    /// The file is not written again for every one of many lines.
    private static final long COARSE = Duration.ofMillis(500).toNanos();

    private final AgentHost host;
    private final LifetimeSettings settings;
    private final WakeTimer over = new WakeTimer();
    private long written;

    /// Takes the duty to put back. `write` must follow.
    LeaseKeeper(AgentHost host, LifetimeSettings settings) {
        this.host = host;
        this.settings = settings;
        over.in(settings.lease());
    }

    void write() throws IOException {
        written = System.nanoTime();
        Lease lease = settings.lease(host.pid(), Instant.now());
        host.write(settings.directory(), Lease.FILE, ByteBuffer.wrap(lease.text().getBytes(StandardCharsets.UTF_8)));
    }

    void renew() throws IOException {
        over.in(settings.lease());
        if (System.nanoTime() - written > COARSE) write();
    }

    WakeTimer over() {
        return over;
    }

    /// Runs every command, whatever becomes of the others, and removes the run directory.
    void end() {
        for (List<String> command : settings.restore()) {
            try {
                host.run(command, COMMAND_LIMIT);
            } catch (IOException failed) {
                host.complain("could not restore by `" + String.join(" ", command) + "`: " + failed.getMessage());
            }
        }
        try {
            host.remove(settings.directory());
        } catch (IOException stays) {
            host.complain("could not remove the run directory: " + stays.getMessage());
        }
    }
}
