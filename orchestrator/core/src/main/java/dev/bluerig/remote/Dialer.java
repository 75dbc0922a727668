package dev.bluerig.remote;

import dev.bluerig.inventory.Machine;
import java.util.Optional;

/// The way from an inventory entry to a machine that answers. Implementations: SSH, a fake.
public interface Dialer {
    /// Connects, logs in and starts the resident shell. `viaHost` is the open session of the host that a DPU is reached through
    /// (`machine.via()`), from this same dialer; it stays open and stays the caller's.
    Session dial(Machine machine, Optional<Session> viaHost) throws Unreachable;
}
