package dev.bluerig.cli;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `--arm`, of the commands that show or make changes.
final class ArmOption {
    @Option(names = "--arm", arity = "1", paramLabel = "SECONDS", preprocessor = DefaultTime.class, description = "what could cut a"
        + " management path is not refused: the machine takes it back by itself after so long (--arm alone: " + ArmedChange.USUAL
        + "), unless it was seen over a new connection")
    private Optional<Integer> seconds = Optional.empty();

    Optional<Duration> after() {
        seconds.filter(given -> given < ArmedChange.LEAST || given > ArmedChange.MOST).ifPresent(given -> {
            throw new InvalidInput(Location.file("--arm"), "from " + ArmedChange.LEAST + " to " + ArmedChange.MOST + " seconds, found "
                + given);
        });
        return seconds.map(Duration::ofSeconds);
    }

    /// What follows `--arm` without `=` is the playbook.
    static final class DefaultTime implements CommandLine.IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> words, CommandLine.Model.CommandSpec command, CommandLine.Model.ArgSpec option,
            Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) words.push(Integer.toString(ArmedChange.USUAL));
            return false;
        }
    }
}
