package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.TaskCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FileTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("file");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertTrue(SampleSpecs.refused(FileTask.class, "{path: etc/x, content: a}").contains("not an absolute file name"));
        assertTrue(SampleSpecs.refused(FileTask.class, "{path: /etc/x, content: a, mode: rw-r--r--}").contains("a mode is octal"));
        assertTrue(SampleSpecs.refused(FileTask.class, "{path: /etc/x, content: a, owner: root root}")
            .contains("an owner is user or user:group"));
        assertTrue(SampleSpecs.refused(FileTask.class, "{path: /etc/" + "ä".repeat(128) + ", content: a}")
            .contains("a name of a file has at most 255 bytes"));
    }

    @Test
    void a_mode_may_be_written_with_three_digits() {
        assertEquals("0640", SampleSpecs.bound(FileTask.class, "{path: /etc/x, content: a, mode: '640'}").mode());
    }
}
