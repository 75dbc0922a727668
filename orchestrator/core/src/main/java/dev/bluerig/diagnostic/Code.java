package dev.bluerig.diagnostic;

/// Something that can go wrong, as `bluerig explain CODE` prints it. The constant's name is the code.
///
/// An enum of codes is marked `@CodesOf`, each of its constants `@Explained`; it needs no method then.
public interface Code {
    String name();

    default CodeFamily family() {
        return CodeAnnotations.family(this);
    }

    /// One or two sentences: what it means and the likely cause.
    default String meaning() {
        return CodeAnnotations.explained(this).meaning();
    }

    /// The next command or action.
    default String next() {
        return CodeAnnotations.explained(this).next();
    }
}
