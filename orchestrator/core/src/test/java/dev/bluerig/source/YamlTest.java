package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTest {
    @Test
    void keeps_text_place_and_quotes() {
        Tree tree = Yaml.read("a.yaml", "release: 5.10\nmac: \"0c:42:a1:00:00:01\"\nports:\n  - {pci: 0000:41:00.0}\n");
        var mapping = (Tree.Mapping) tree;
        assertEquals(new Tree.Scalar(new Location("a.yaml", 1, 10), "5.10", true), mapping.get("release").orElseThrow());
        assertEquals(new Tree.Scalar(new Location("a.yaml", 2, 6), "0c:42:a1:00:00:01", false), mapping.get("mac").orElseThrow());
        var port = (Tree.Mapping) ((Tree.Sequence) mapping.get("ports").orElseThrow()).items().getFirst();
        assertEquals(new Location("a.yaml", 4, 6), port.entries().get("pci").keyAt());
        assertEquals(new Tree.Scalar(new Location("a.yaml", 4, 11), "0000:41:00.0", true), port.get("pci").orElseThrow());
    }

    @Test
    void an_empty_document_is_an_empty_scalar() {
        for (String text : List.of("", "\n", "# nothing\n", "---\n")) assertTrue(((Tree.Scalar) Yaml.read("e", text)).isNull(), text);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
            Arguments.of("a: 1\na: 2\n", "f:2:1: key `a` is already written at line 1"),
            Arguments.of("a: &x 1\nb: *x\n", "f:1:4: an anchor (&x) is not allowed; use a variable\nf:2:4: an alias (*x) is not"
            + " allowed; write the value out, or use a variable"),
            Arguments.of("<<: {a: 1}\n", "f:1:1: a merge key (<<) is not allowed; use group variables"),
            Arguments.of("a: !!int 3\n", "f:1:4: a tag (tag:yaml.org,2002:int) is not allowed; remove it, quote the text if `!` belongs"
            + " to it"),
            Arguments.of("a: !python/object:os.system [x]\n", "f:1:4: a tag (!python/object:os.system) is not allowed; remove it, quote"
            + " the text if `!` belongs to it"),
            Arguments.of("a: 1\n---\nb: 2\n", "f:2:1: a second document begins here; one file holds one document"),
            Arguments.of("%YAML 1.1\n---\na: 1\n", "f:1:1: a YAML directive (%YAML, %TAG) is not allowed; remove it"),
            Arguments.of("a:\n\tb: 1\n", "f:2:1: a tab indents this line; indent with spaces"),
            Arguments.of("a: b\u202ec\n", "f:1:5: character U+202E (RIGHT-TO-LEFT OVERRIDE) is not allowed here; remove it, or write it"
            + " as an escape in double quotes"),
            Arguments.of("\ufeffa: b\n", "f:1:1: character U+FEFF (ZERO WIDTH NO-BREAK SPACE) is not allowed here; remove it, or write"
            + " it as an escape in double quotes"),
            Arguments.of("a: b\0\nc: \u2028\n", "f:1:5: character U+0000 (NULL) is not allowed here; remove it, or write it as an"
            + " escape in double quotes\n"
                + "f:2:4: character U+2028 (LINE SEPARATOR) is not allowed here; remove it, or write it as an escape in double quotes"),
            Arguments.of("a: \"\\0\"\n", "f:1:4: an escape in this text stands for a control character"),
            Arguments.of("mtu: {{ mtu }}\n", "f:1:7: a value that begins with {{ must be quoted: \"{{ name }}\""),
            Arguments.of("? [a]\n: 1\n", "f:1:3: a key must be text"),
            Arguments.of("a: @x\n", "f:1:4: found character '@' that cannot start any token. (Do not use @ for indentation); quote the"
            + " value"),
            Arguments.of("a: b: c\n", "f:1:5: mapping values are not allowed here; quote a value that contains `: `, or correct the"
            + " indentation"),
            Arguments.of("a:\n    p: \"1\n   \"b: 1\n", "f:2:8: not YAML from here on; look at the quotes and the indentation"),
            Arguments.of("a: [1, 2\nb: 3\n", "f:2:2: expected ',' or ']', but got : (while parsing a flow sequence at line 1)"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses_with_the_place(String text, String message) {
        assertEquals(message, assertThrows(InvalidInput.class, () -> Yaml.read("f", text)).getMessage());
    }

    @Test
    void has_limits() {
        assertTrue(assertThrows(InvalidInput.class, () -> Yaml.read("f", "[".repeat(60))).getMessage()
            .startsWith("f:1:42: nested deeper than 40 levels"));
        assertTrue(assertThrows(InvalidInput.class, () -> Yaml.read("f", "a: " + "x".repeat(Yaml.LINE))).getMessage()
            .startsWith("f:1:65537: the line is longer"));
        assertTrue(assertThrows(InvalidInput.class, () -> Yaml.read("f", "# x\n".repeat(Yaml.SIZE / 4 + 1))).getMessage()
            .startsWith("f: larger than"));
    }

    @Test
    void writes_what_it_reads() {
        String text = """
            a: 1
            b: "1"
            c: "on"
            d: {}
            e: []
            f:
              - x: 1
                y: "a: b"
              - - 1
                - 2
              - 0000:41:00.0
              - "two\\nlines"
            g: 192.0.2.1/30
            h:
            """;
        assertEquals(text.replace("- 0000:41:00.0", "- \"0000:41:00.0\""), Yaml.write(Yaml.read("f", text)));
    }

    /// Seeded; any text survives writing and reading, in YAML and in JSON.
    @Test
    void every_tree_survives() {
        var random = new Random(42);
        for (int i = 0; i < 3000; i++) {
            Tree tree = tree(random, 3);
            String yaml = Yaml.write(tree);
            assertEquals(TemplateValues.of(tree), TemplateValues.of(Yaml.read("f", yaml)), yaml);
            assertEquals(TemplateValues.of(tree), TemplateValues.of(Json.read("f", Json.write(tree))));
            assertEquals(Json.write(tree), Json.write(Json.read("f", Json.pretty(tree))));
        }
    }

    private static Tree tree(Random random, int depth) {
        var at = Location.file("f");
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> new Tree.Scalar(at, text(random), false);
            case 1 -> new Tree.Scalar(at, List.of("true", "false", "12", "-7", "0").get(random.nextInt(5)), true);
            case 2 -> {
                var items = new ArrayList<Tree>();
                for (int i = random.nextInt(4); i > 0; i--) items.add(tree(random, depth - 1));
                yield new Tree.Sequence(at, items);
            }
            default -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                for (int i = random.nextInt(4); i > 0; i--) entries.put(text(random), new Tree.Entry(at, tree(random, depth - 1)));
                yield new Tree.Mapping(at, entries);
            }
        };
    }

    private static String text(Random random) {
        String letters = "ab01 .:-#'\"\\{}[],&*!|>%@`\n\t=~?<\u00e4\u4e2d";
        if (random.nextInt(5) == 0)
            return List.of("true", "1", "null", "~", "", "<<", "on", "- a", "a: b", "{{ x }}", "---", "\ud83d\ude00")
                .get(random.nextInt(12));
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) text.append(letters.charAt(random.nextInt(letters.length())));
        return text.toString();
    }
}
