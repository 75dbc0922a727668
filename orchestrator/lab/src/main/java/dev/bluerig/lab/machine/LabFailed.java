package dev.bluerig.lab.machine;

/// A lab could not be brought up, taken down or asked; the message says what was wanted, what was found and what to do next.
public final class LabFailed extends Exception {
    private static final long serialVersionUID = 1;

    public LabFailed(String message) {
        super(message);
    }

    public LabFailed(String message, Exception cause) {
        super(message + ": " + cause, cause);
    }
}
