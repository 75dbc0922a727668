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
    /// In a hundred cases, rounded up. It only falls: whoever writes cases by hand or takes them from a tool lowers it.
    private static final int CODE_AT_MOST = 99;

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
        long share = Math.ceilDiv(100 * code, cases.size());
        assertTrue(share <= CODE_AT_MOST,
            () -> code + " of " + cases.size() + " cases were written by code, more than " + CODE_AT_MOST + " %");
        assertEquals(CODE_AT_MOST, share, () -> "lower CODE_AT_MOST to what was reached: " + code + " of " + cases.size());
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
