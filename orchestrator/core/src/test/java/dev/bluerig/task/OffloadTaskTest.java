package dev.bluerig.task;

import dev.bluerig.cases.TaskCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OffloadTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("offload");
    }
}
