package dev.bluerig.inventory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Renderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is done to an input, the answer is a value or located problems, never another exception. Seeded.
class MangledInputTest {
    private static final List<String> SPLINTERS =
        List.of("{", "}", "[", "]", ":", "- ", "\n", "\n\n  ", "\t", "\"", "'", "#", "&a", "*a", "!!x ", "|", ">", "{{", "}}", "{%", "%}",
        "{#", "[1:9]", "[9:1]",
        "[1:99999]", "0", "-1", "null", "~", "true", "\0", "\u202e", "\ud800", "host-a", "dpu-a", "vars", "groups: [hosts]",
        "99999999999999999999", "::", "/33", "fe80::1%", "<<", "? ", "...", "---\n", "%YAML 1.1\n");

    @Test
    void mangled_inventories() throws IOException {
        for (String file : List.of("bench.yaml", "fleet.yaml")) {
            String whole = Files.readString(Path.of("../../inventory", file)).replace("200]", "005]").replace("[1:005]", "[1:5]")
                .replace("[0:199]", "[0:4]");
            var random = new Random(file.hashCode());
            for (int i = 0; i < 300; i++) {
                String text = mangled(whole, random);
                problems(text, () -> InventoryReader.read("f", text, Path.of("/nonexistent"),
                    new InventoryEnvironment(Map.of(), Path.of("/nonexistent"))));
            }
        }
    }

    @Test
    void mangled_templates() {
        String whole = "{% for p in machine.ports if p.pci %}\n- {pci: {{ p.pci }}, n: {{ loop.index0 + 1 }}, mtu: \"{{ mtu |"
            + " default(9000) }}\"}\n{% endfor %}\n{% set x = 'a' ~ mtu %}{% if x == 'b' %}{{ x | upper }}{% endif %}\n";
        Map<String, Object> vars = Map.of("mtu", 9000L, "machine", Map.of("ports", List.of(Map.of("pci", "0000:b1:00.0"))));
        var random = new Random(3);
        for (int i = 0; i < 500; i++) {
            String text = mangled(whole, random);
            problems(text, () -> Renderer.tree("t", text, vars));
        }
    }

    @Test
    void deep_templates() {
        for (String deep : List.of("{{ " + "(".repeat(500) + "1" + ")".repeat(500) + " }}", "{{ " + "-".repeat(1_900) + "1 }}",
            "{% if 1 %}".repeat(3_000) + "{% endif %}".repeat(3_000), "{{ " + "[".repeat(500) + " }}"))
            problems(deep.substring(0, 20), () -> Renderer.text("t", deep, Map.of()));
    }

    @Test
    void mangled_json() {
        String whole = "{\"a\": [1, 2.5, \"x\\n\", null, true], \"b\": {\"c\": {}}}";
        var random = new Random(4);
        for (int i = 0; i < 3000; i++) {
            String text = mangled(whole, random);
            problems(text, () -> Json.read("f", text));
        }
    }

    private static void problems(String text, Runnable reading) {
        try {
            reading.run();
        } catch (InvalidInput wrong) {
            assertFalse(wrong.problems().isEmpty());
            assertTrue(wrong.problems().stream().noneMatch(problem -> problem.message().isBlank()
                || problem.message().contains("Exception")), wrong.getMessage());
        } catch (RuntimeException | StackOverflowError other) {
            throw new AssertionError("for:\n" + text, other);
        }
    }

    private static String mangled(String whole, Random random) {
        var text = new StringBuilder(whole);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
                case 1 -> text.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
                case 2 -> text.setCharAt(at, (char) (random.nextInt(96) + 32));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(60))));
            }
            if (text.isEmpty()) return "";
        }
        return text.toString();
    }
}
