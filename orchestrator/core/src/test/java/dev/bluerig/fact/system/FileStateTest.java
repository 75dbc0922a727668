package dev.bluerig.fact.system;

import dev.bluerig.cases.FactCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FileStateTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("file_state", FileState.class, new FileState.Seen("/etc/example.conf"));
    }
}
