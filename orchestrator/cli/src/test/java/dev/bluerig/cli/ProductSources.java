package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The Java files of all modules, as they lie in the work tree.
final class ProductSources {
    private ProductSources() {}

    static List<Path> modules() throws IOException {
        try (var modules = Files.list(Path.of(".."))) {
            return modules.filter(one -> Files.exists(one.resolve("pom.xml"))).sorted().toList();
        }
    }

    /// Tests included.
    static List<Path> all() throws IOException {
        var all = below("src");
        assertTrue(all.size() > 1000, all.size() + " sources");
        return all;
    }

    static List<Path> shipped() throws IOException {
        var shipped = below("src/main");
        assertTrue(shipped.size() > 800, shipped.size() + " sources");
        return shipped;
    }

    private static List<Path> below(String directory) throws IOException {
        var found = new ArrayList<Path>();
        for (Path module : modules()) {
            Path top = module.resolve(directory);
            if (!Files.exists(top)) continue;
            try (var files = Files.walk(top)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
        }
        return found;
    }
}
