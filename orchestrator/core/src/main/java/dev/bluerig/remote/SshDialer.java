package dev.bluerig.remote;

import dev.bluerig.inventory.Machine;
import java.util.Optional;

/// Dials machines over SSH.
public final class SshDialer implements Dialer, AutoCloseable {
    private final SshSettings settings;

    public SshDialer(SshSettings settings) {
        this.settings = settings;
    }

    @Override
    public Session dial(Machine machine, Optional<Session> viaHost) throws Unreachable {
        throw new UnsupportedOperationException("lands in the next commit: " + settings);
    }

    /// Ends every session that is still open.
    @Override
    public void close() {}
}
