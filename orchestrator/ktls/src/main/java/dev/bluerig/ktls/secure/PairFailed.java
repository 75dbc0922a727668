package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;

/// Why a connection ended early, as the agent reports it.
public final class PairFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final AgentCode code;
    private final String errno;

    public PairFailed(AgentCode code, String message) {
        super(message);
        this.code = code;
        this.errno = "";
    }

    /// `message` says what was tried; the call and its errno are added.
    public PairFailed(AgentCode code, String message, SystemFailure cause) {
        super(message + " (" + cause.getMessage() + ")", cause);
        this.code = code;
        this.errno = cause.errno();
    }

    public AgentCode code() {
        return code;
    }

    /// The kernel's name of the error, empty when it was not the kernel.
    public String errno() {
        return errno;
    }
}
