package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignYamlTest {
    private static ForeignYaml read(String text) {
        return ForeignYaml.read("/etc/netplan/x.yaml", text).orElseThrow();
    }

    private static String refused(String text) {
        return assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage();
    }

    @Test
    void what_libyaml_takes_is_taken() {
        var twice = (ForeignYaml.Pairs) read("a: &x {b: 1}\na: !!map {b: *x}\n---\nghost: 1\n");
        assertEquals(List.of("a", "a"), twice.pairs().stream().map(ForeignYaml.Pair::key).toList());
        assertEquals("Pairs[pairs=[Pair[key=b, value=Pairs[pairs=[Pair[key=b, value=Text[text=1]]]]]]]",
            twice.all("a").getLast().toString());
        assertEquals("Text[text=1]", read("\uFEFF!thing 1").toString());
        assertEquals(Optional.empty(), ForeignYaml.read("x", "# nothing\n\n"));
    }

    @Test
    void what_it_refuses_is_told_with_its_line_and_without_its_text() {
        String why = refused("a:\n  password: {s3cret\n");
        assertTrue(why.startsWith("/etc/netplan/x.yaml:") && !why.contains("s3cret"), why);
        assertTrue(refused("a: *nobody").contains("nobody"));
        assertTrue(refused("a: &a [*a]").contains("contains itself"));
        assertTrue(refused("a: \u0001").contains("characters"));
        assertTrue(refused("[a]: b").contains("no text"));
    }

    /// Aliases of aliases: a short text that would stand for 3^30 values.
    @Test
    void nothing_grows_without_bound() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x]\n");
        for (int i = 1; i < 30; i++) bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        assertTrue(refused(bomb.toString()).contains("more than"));
        assertTrue(refused("[".repeat(60) + "]".repeat(60)).contains("deeper"));
        assertTrue(refused("a: 1\n".repeat(300_000)).contains("larger"));
    }
}
