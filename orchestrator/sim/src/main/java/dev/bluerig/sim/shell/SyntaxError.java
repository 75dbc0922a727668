package dev.bluerig.sim.shell;

/// A construct this shell does not know: said aloud, status 2, as dash does.
public final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1;

    SyntaxError(String message) {
        super(message);
    }
}
