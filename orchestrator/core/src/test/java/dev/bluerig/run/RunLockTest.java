package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.source.InvalidInput;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    private Path directory;

    @Test
    void a_second_apply_of_one_inventory_is_refused_until_the_first_has_ended() throws IOException {
        Path inventory = directory.resolve("lab.yaml");
        try (var _ = RunLock.take(inventory)) {
            assertTrue(assertThrows(InvalidInput.class, () -> RunLock.take(inventory)).getMessage().contains("another apply"));
            RunLock.take(directory.resolve("other.yaml")).close();
        }
        RunLock.take(inventory).close();
    }
}
