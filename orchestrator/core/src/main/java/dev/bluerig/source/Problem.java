package dev.bluerig.source;

/// One thing that is wrong with the input, and where.
public record Problem(Location at, String message) {
    @Override
    public String toString() {
        return at + ": " + message;
    }
}
