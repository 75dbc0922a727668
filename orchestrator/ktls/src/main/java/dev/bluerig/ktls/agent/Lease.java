package dev.bluerig.ktls.agent;

import dev.bluerig.protocol.JsonValue;
import dev.bluerig.protocol.LifetimeSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// How long the agent may go on unheard, and what it must undo when it ends. The file lets a later run undo it after a SIGKILL.
final class Lease {
    static final String FILE = "lease.json";
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
    /// The file is not written again for every one of many lines.
    private static final long COARSE = Duration.ofMillis(500).toNanos();

    private final AgentHost host;
    private final LifetimeSettings settings;
    private final WakeTimer over = new WakeTimer();
    private long written;

    /// Takes the duty to undo. `write` must follow.
    Lease(AgentHost host, LifetimeSettings settings) {
        this.host = host;
        this.settings = settings;
        over.in(settings.lease());
    }

    void write() throws IOException {
        written = System.nanoTime();
        long deadline = (System.currentTimeMillis() + settings.lease().toMillis() + 999) / 1000;
        JsonValue content = JsonValue.fields().with("pid", host.pid()).with("deadline", deadline)
            .with("restore", settings.restore().stream().map(JsonValue::words).toList());
        host.write(settings.directory(), FILE, ByteBuffer.wrap((content + "\n").getBytes(StandardCharsets.UTF_8)));
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
