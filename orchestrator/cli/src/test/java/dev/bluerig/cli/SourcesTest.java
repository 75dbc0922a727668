package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What holds for the sources of all modules together.
class SourcesTest {
    private static final int WIDTH = 140;

    /// An engineer who searches for a type finds one.
    @Test
    void a_type_name_stands_once_in_the_product() throws IOException {
        var places = new TreeMap<String, List<String>>();
        for (Path source : ProductSources.all()) {
            String name = source.getFileName().toString();
            if (!name.equals("package-info.java")) places.computeIfAbsent(name, none -> new ArrayList<>()).add(source.toString());
        }
        places.values().removeIf(one -> one.size() == 1);
        assertEquals(new TreeMap<String, List<String>>(), places);
    }

    /// Rows of tables and text blocks stand as they must.
    @Test
    void a_line_can_be_read_without_scrolling() throws IOException {
        var wide = new TreeSet<String>();
        for (Path source : ProductSources.all()) {
            boolean block = false;
            int number = 0;
            for (String line : Files.readAllLines(source)) {
                number++;
                boolean whole = block || line.contains("\"\"\"") || line.strip().startsWith("/// |");
                if (line.split("\"\"\"", -1).length % 2 == 0) block = !block;
                if (line.length() > WIDTH && !whole) wide.add(source + ":" + number);
            }
        }
        assertEquals(new TreeSet<String>(), wide);
    }

    /// What a launcher or a build starts by name is there: no compiler sees these names.
    @Test
    void every_class_that_is_started_by_name_is_there() throws IOException {
        var names = new TreeSet<String>();
        var missing = new TreeSet<String>();
        for (String file : List.of("../../bluerig", "../bench/run", "pom.xml", "../ktls/pom.xml")) {
            var found = Pattern.compile("dev\\.bluerig(\\.[a-z]+)+\\.[A-Z]\\w*").matcher(Files.readString(Path.of(file)));
            while (found.find()) {
                names.add(found.group());
                String source = "src/main/java/" + found.group().replace('.', '/') + ".java";
                if (ProductSources.modules().stream().noneMatch(module -> Files.exists(module.resolve(source)))) missing.add(file + ": "
                    + found.group());
            }
        }
        assertEquals(new TreeSet<String>(), missing);
        assertEquals(Set.of("dev.bluerig.cli.Main", "dev.bluerig.bench.BenchMain", "dev.bluerig.ktls.launch.AgentMain"), names);
    }
}
