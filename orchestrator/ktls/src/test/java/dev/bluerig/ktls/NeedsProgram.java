package dev.bluerig.ktls;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// A test that needs programs of the operating system. Without them it skips and says so on the console; when the environment has
/// `BLUERIG_LABS=required`, as `./test` sets it, it fails instead. (Core's `@NeedsLab` is not for this module, which depends on nothing of
/// ours.)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NeedsProgram.Condition.class)
public @interface NeedsProgram {
    /// Programs that must be on PATH or in an sbin directory.
    String[] value();

    /// Decides before the test starts.
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement().flatMap(element -> AnnotationSupport.findAnnotation(element, NeedsProgram.class))
                .map(needs -> decide(context, Arrays.stream(needs.value()).filter(program -> !present(program)).toList()))
                .orElse(ConditionEvaluationResult.enabled("needs nothing"));
        }

        private static ConditionEvaluationResult decide(ExtensionContext context, List<String> missing) {
            if (missing.isEmpty()) return ConditionEvaluationResult.enabled("everything is here");
            String said = context.getDisplayName() + " needs " + String.join(", ", missing);
            if (Skip.required()) throw new AssertionError(said + ", and BLUERIG_LABS=required");
            System.err.println("SKIPPED: " + said);
            return ConditionEvaluationResult.disabled(said);
        }

        private static boolean present(String program) {
            String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
            return Stream.of(path.split(File.pathSeparator)).anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        }
    }
}
