package dev.bluerig.ktls.agent;

import dev.bluerig.protocol.AgentEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/// Says events. Writing happens on a thread of its own: a reader that stands still must never hold up the lease.
final class EventWriter {
    private final LinkedBlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Thread writer;

    EventWriter(OutputStream out, Runnable deaf) {
        writer = Thread.ofPlatform().daemon().name("voice").start(() -> {
            try {
                for (Optional<String> line = lines.take(); line.isPresent(); line = lines.take()) {
                    out.write((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            } catch (IOException | InterruptedException nobodyListens) {
                deaf.run();
            }
        });
    }

    void say(AgentEvent event) {
        lines.add(Optional.of(event.line()));
    }

    /// Waits until everything is said, but not longer than this.
    void close(Duration limit) {
        lines.add(Optional.empty());
        try {
            if (!writer.join(limit)) writer.interrupt();
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
        }
    }
}
