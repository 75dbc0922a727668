package dev.bluerig.sim.machine;

/// What a program of a simulated machine does besides its work, or instead of it.
public enum ProgramFault {
    NONE,
    /// It prints so much before its answer that nobody should keep it.
    CHATTY,
    /// It reads its standard input to the end first.
    EATS_INPUT,
    /// A process of its own stays behind.
    LEAVES_CHILD,
    /// Its machine has no more processes to give: it does nothing.
    NO_PROCESS,
    /// Its machine has no memory for it: it does nothing.
    NO_MEMORY;

    /// Bytes that a chatty program prints.
    public static final int CHATTER = 50_000_000;
}
