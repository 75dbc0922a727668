package dev.bluerig.ktls.program;

/// A line that the program does not take, and why.
final class BadLine extends Exception {
    private static final long serialVersionUID = 1;

    BadLine(String message) {
        super(message);
    }
}
