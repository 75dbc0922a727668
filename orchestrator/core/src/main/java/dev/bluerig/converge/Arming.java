package dev.bluerig.converge;

import dev.bluerig.remote.Unreachable;
import java.time.Duration;

/// That what the guard refuses is armed on the machine instead, and how the machine is then reached anew.
public interface Arming {
    /// Until the machine takes a change back.
    Duration after();

    /// A name for the next armed change of this machine, which no other has.
    String name();

    /// Notes who else is reached through this machine, or carries it, and answers now.
    void ready();

    /// Connects anew, by the whole way; from then on the session is that one.
    void renew() throws Unreachable;

    /// Connects anew to everybody who answered before, and was not reached anew since.
    void renewOthers() throws Unreachable;

    /// Time that never jumps, from some beginning.
    Duration now();
}
