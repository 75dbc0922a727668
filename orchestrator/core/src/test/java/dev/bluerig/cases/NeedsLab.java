package dev.bluerig.cases;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// A test that needs programs of the operating system, or root. Without them it skips and says so on the console; when the environment
/// has `BLUERIG_LABS=required`, as `./test` sets it, it fails instead.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NeedsLab.Condition.class)
public @interface NeedsLab {
    /// Programs that must be on PATH or in an sbin directory.
    String[] value() default {};

    boolean root() default false;

    /// Decides before the test starts.
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement().flatMap(element -> AnnotationSupport.findAnnotation(element, NeedsLab.class))
                .map(needs -> decide(context, missing(needs)))
                .orElse(ConditionEvaluationResult.enabled("needs nothing"));
        }

        private static ConditionEvaluationResult decide(ExtensionContext context, List<String> missing) {
            if (missing.isEmpty()) return ConditionEvaluationResult.enabled("everything is here");
            String said = context.getDisplayName() + " needs " + String.join(", ", missing);
            if ("required".equals(System.getenv("BLUERIG_LABS"))) throw new AssertionError(said + ", and BLUERIG_LABS=required");
            System.err.println("SKIPPED: " + said);
            return ConditionEvaluationResult.disabled(said);
        }

        /// What only the test itself can find out. `what`: what it needs and has not.
        public static void meet(boolean met, String what) {
            if (met) return;
            if ("required".equals(System.getenv("BLUERIG_LABS"))) throw new AssertionError("needs " + what + ", and BLUERIG_LABS=required");
            System.err.println("SKIPPED: needs " + what);
            Assumptions.abort("needs " + what);
        }

        private static List<String> missing(NeedsLab needs) {
            var missing = new ArrayList<String>();
            for (String program : needs.value()) if (!present(program)) missing.add(program);
            if (needs.root() && !"root".equals(System.getProperty("user.name"))) missing.add("root");
            return missing;
        }

        private static boolean present(String program) {
            String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
            return Stream.of(path.split(File.pathSeparator)).anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        }
    }
}
