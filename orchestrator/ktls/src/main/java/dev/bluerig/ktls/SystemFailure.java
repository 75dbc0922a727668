package dev.bluerig.ktls;

/// A call that the operating system refused.
public final class SystemFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final String call;
    private final String errno;

    /// `call` as in the manual (`setsockopt TCP_ULP`), `errno` by its name (`ENOENT`).
    public SystemFailure(String call, String errno) {
        this(call, errno, "");
    }

    /// `detail` says what the number alone does not.
    public SystemFailure(String call, String errno, String detail) {
        super(call + ": " + errno + (detail.isEmpty() ? "" : ": " + detail));
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    public String errno() {
        return errno;
    }
}
