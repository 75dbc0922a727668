package dev.bluerig.diagnostic;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Explains a constant of an enum of codes, once for terminals, reports and the generated reference.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Explained {
    /// One or two sentences: what it means and the likely cause.
    String meaning();

    /// The next command or action.
    String next();
}
