package dev.bluerig.remote;

/// A machine cannot be reached or was lost. Checked on purpose: every caller must say what a lost machine means.
public final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    private final ConnectionCode reason;

    /// `detail`: what was tried and what was seen, for people, without secrets.
    public Unreachable(ConnectionCode reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Unreachable(ConnectionCode reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public ConnectionCode reason() {
        return reason;
    }
}
