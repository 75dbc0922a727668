package dev.bluerig.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many of the cases' expectations were written by the code that they are held against: such a one holds against change, and is no
/// second opinion.
class AuthorsTest {
    /// The share that was reached, as written by code and all. It only falls: one more case by code needs others by hand or of a tool,
    /// and whoever lowers the share writes the new numbers here.
    private static final long BY_CODE = 536;
    private static final long ALL = 547;

    private static List<CaseDirectory> all() throws IOException {
        var all = new ArrayList<CaseDirectory>();
        for (String kind : List.of("fact", "task"))
            for (CaseDirectory subject : CaseDirectory.in("dev/bluerig/" + kind))
                try (Stream<Path> files = Files.walk(subject.path())) {
                    files.filter(file -> file.endsWith("output.txt")).forEach(file -> all.add(new CaseDirectory(file.getParent())));
                }
        return all;
    }

    @Test
    void the_share_of_cases_written_by_code_only_falls() throws IOException {
        var cases = all();
        assertTrue(cases.size() > 500, "the cases got lost: " + cases.size());
        long code = cases.stream().filter(one -> one.author() == CaseDirectory.Author.CODE).count();
        assertTrue(code * ALL <= BY_CODE * cases.size(),
            () -> code + " of " + cases.size() + " cases were written by code, a larger share than " + BY_CODE + " of " + ALL);
        assertEquals(BY_CODE * cases.size(), code * ALL, () -> "write down what was reached: " + code + " of " + cases.size());
    }

    @Test
    void the_author_is_one_of_three_and_the_code_where_nobody_is_named(@TempDir Path directory) throws IOException {
        for (CaseDirectory.Author author : CaseDirectory.Author.values())
            assertEquals(author, of(directory, "# a tool\n# written-by: " + word(author) + "\n$ true\n").author());
        assertEquals(CaseDirectory.Author.CODE, of(directory, "# a tool\n$ true\n# written-by: hand\n").author());
        CaseDirectory wrong = of(directory, "# written-by: nobody\n$ true\n");
        assertThrows(IllegalArgumentException.class, wrong::author);
    }

    private static String word(CaseDirectory.Author author) {
        return author.name().toLowerCase(Locale.ROOT);
    }

    private static CaseDirectory of(Path directory, String output) throws IOException {
        Files.writeString(directory.resolve("output.txt"), output);
        return new CaseDirectory(directory);
    }
}
