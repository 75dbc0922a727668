package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.SystemFailure;

/// Why a connection ended early, as the program reports it.
public final class PairFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureCode code;
    private final String errno;

    public PairFailed(FailureCode code, String message) {
        super(message);
        this.code = code;
        this.errno = "";
    }

    /// `message` says what was tried; the call and its errno are added.
    public PairFailed(FailureCode code, String message, SystemFailure cause) {
        super(message + " (" + cause.getMessage() + ")", cause);
        this.code = code;
        this.errno = cause.errno();
    }

    public FailureCode code() {
        return code;
    }

    /// The kernel's name of the error, empty when it was not the kernel.
    public String errno() {
        return errno;
    }
}
