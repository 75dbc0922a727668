package dev.bluerig.diagnostic;

/// Something that can go wrong, as `bluerig explain CODE` prints it. Implemented by enums; the constant's name is the code.
public interface Code {
    String name();

    CodeFamily family();

    /// One or two sentences: what it means and the likely cause.
    String meaning();

    /// The next command or action.
    String next();
}
