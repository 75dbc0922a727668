package dev.bluerig.diagnostic;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;

/// Reads what an enum of codes says of itself.
final class CodeAnnotations {
    private CodeAnnotations() {}

    static CodeFamily family(Code code) {
        return read(constant(code).getDeclaringClass(), CodesOf.class).value();
    }

    static Explained explained(Code code) {
        Enum<?> constant = constant(code);
        try {
            return read(constant.getDeclaringClass().getDeclaredField(constant.name()), Explained.class);
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Enum<?> constant(Code code) {
        if (code instanceof Enum<?> constant) return constant;
        throw new IllegalStateException(code.getClass() + " is no enum, so it must say itself what its codes mean");
    }

    private static <A extends Annotation> A read(AnnotatedElement marked, Class<A> annotation) {
        return Optional.ofNullable(marked.getAnnotation(annotation))
            .orElseThrow(() -> new IllegalStateException(marked + " has no @" + annotation.getSimpleName()));
    }
}
