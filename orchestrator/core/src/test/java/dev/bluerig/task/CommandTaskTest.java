package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.TaskCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CommandTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("command");
    }

    @Test
    void a_probe_and_a_reason_are_mandatory() {
        assertTrue(SampleSpecs.refused(CommandTask.class, "{run: [touch, /x], because: why}").contains("field `unless` is missing"));
        assertTrue(SampleSpecs.refused(CommandTask.class, "{run: [touch, /x], unless: [], because: why}")
            .contains("`unless` needs a command"));
        assertTrue(SampleSpecs.refused(CommandTask.class, "{run: [touch, /x], unless: [test, -e, /x]}")
            .contains("field `because` is missing"));
        assertTrue(SampleSpecs.refused(CommandTask.class, "{run: [touch, /x], unless: [test, -e, /x], because: ' '}")
            .contains("must say why"));
    }

    @Test
    void a_shell_builtin_is_no_command() {
        assertTrue(SampleSpecs.refused(CommandTask.class, "{run: [cd, /], unless: [test, -e, /x], because: why}").contains("builtin"));
        assertTrue(SampleSpecs.refused(CommandTask.class, "{run: ['touch /x; reboot'], unless: [test, -e, /x], because: why}")
            .contains("not a program name"));
    }
}
