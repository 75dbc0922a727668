package dev.bluerig.ktls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Memory and functions outside Java are the business of one package.
class ForeignCallsTest {
    @Test
    void only_one_package_uses_them() throws Exception {
        Path classes = Path.of(Connection.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> users = files.filter(file -> file.toString().endsWith(".class")).filter(ForeignCallsTest::usesThem)
                .map(file -> classes.relativize(file).getParent().toString()).distinct().toList();
            assertEquals(List.of("dev/bluerig/ktls/linux"), users);
        }
    }

    /// A class names all that it uses in its constant pool.
    private static boolean usesThem(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("java/lang/foreign/");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
