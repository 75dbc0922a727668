package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.TaskCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ServiceTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("service");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertTrue(SampleSpecs.refused(ServiceTask.class, "{name: rshim}").contains("say `enabled`, `running` or both"));
        assertTrue(SampleSpecs.refused(ServiceTask.class, "{name: --now, running: true}").contains("not the name of a unit"));
    }
}
