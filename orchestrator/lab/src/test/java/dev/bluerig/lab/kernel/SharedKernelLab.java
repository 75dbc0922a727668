package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one kernel lab of their module: a parameter of type `Running`. It is started when the first test asks and ended after
/// the last, since a boot takes longer than most tests. Who changes it puts it back, or says `Running.fresh()`.
public final class SharedKernelLab implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedKernelLab.class);

    /// The lab of `directory`, up.
    public record Running(Path directory, LabFiles ready) {
        private static Running start() throws IOException, LabFailed {
            Path parent = Files.createTempDirectory("bluerig-kernel-lab");
            try {
                return at(parent.resolve("lab"));
            } catch (LabFailed failed) {
                Files.delete(parent);
                throw failed;
            }
        }

        private static Running at(Path directory) throws LabFailed {
            return new Running(directory, KernelLab.up(directory, KernelLab.Options.usual(), System.err::println));
        }

        /// Factory state again: another lab at the same place, with other ports and keys.
        public Running fresh() throws LabFailed {
            KernelLab.down(directory);
            return at(directory);
        }

        private void end() throws IOException, LabFailed {
            KernelLab.down(directory);
            Files.delete(directory.getParent());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Attempt.class, _ -> Attempt.first(), Attempt.class)
            .running();
        return Files.exists(running.ready.inventory()) ? running : begun(() -> Running.at(running.directory));   // a test may have ended it
    }

    /// A lab that did not come up does not for the next test either, and minutes are not to be waited twice.
    private record Attempt(Optional<Running> up, Optional<AssertionError> failure) implements AutoCloseable {
        private static Attempt first() {
            try {
                return new Attempt(Optional.of(begun(Running::start)), Optional.empty());
            } catch (AssertionError failure) {
                return new Attempt(Optional.empty(), Optional.of(failure));
            }
        }

        private Running running() {
            return up.orElseThrow(() -> new AssertionError(failure.orElseThrow().getMessage(), failure.orElseThrow()));
        }

        @Override
        public void close() throws IOException, LabFailed {
            if (up.isPresent()) up.get().end();
        }
    }

    private interface Start {
        Running get() throws IOException, LabFailed;
    }

    private static Running begun(Start start) {
        try {
            return start.get();
        } catch (IOException | LabFailed failed) {
            throw new AssertionError(failed);
        }
    }
}
