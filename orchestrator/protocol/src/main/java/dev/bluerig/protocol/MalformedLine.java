package dev.bluerig.protocol;

/// A line that the protocol does not have, and why.
public final class MalformedLine extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedLine(String message) {
        super(message);
    }
}
