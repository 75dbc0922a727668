package dev.bluerig.source;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Documents a record or a record component once, for binding, `explain`, and the generated reference.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Described {
    /// One sentence.
    String value();

    /// A piece of YAML.
    String example() default "";

    /// The YAML text that an absent field stands for; without it a field is mandatory, unless it is an `Optional`.
    String absent() default MANDATORY;

    String MANDATORY = "\0";
}
