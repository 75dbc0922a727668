package dev.bluerig.source;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a record with exactly one component, a `List`: it is written as the bare sequence, or as its only item.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Items {}
