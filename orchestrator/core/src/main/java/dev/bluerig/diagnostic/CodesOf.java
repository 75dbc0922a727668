package dev.bluerig.diagnostic;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says who gives the codes of an enum.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CodesOf {
    CodeFamily value();
}
