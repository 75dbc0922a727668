package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RendererTest {
    private static final Map<String, Object> VARS = Map.of(
        "mtu", 9000L, "up", true, "name", "p0", "text", "9000", "list", List.of("a", "b"),
        "machine",
        Map.of("name", "host-a", "ports",
        List.of(Map.of("pci", "0000:b1:00.0", "address", "192.0.2.1/30"), Map.of("pci", "0000:b1:00.1", "address", "192.0.2.5/30")),
            "dpus", List.of(Map.of("name", "dpu-a", "via", Map.of("link", "tmfifo_net0", "near", "192.168.100.1/30")),
            Map.of("name", "dpu-c", "via", Map.of()))),
        "word", new Secret("hunter2"));

    static Stream<Arguments> values() {
        return Stream.of(
            Arguments.of("{{ mtu }}", 9000L), Arguments.of("{{mtu}}", 9000L), Arguments.of("{{ mtu + 216 }}", 9216L),
            Arguments.of("{{ up }}", true),
            Arguments.of("{{ text }}", "9000"), Arguments.of("{{ list }}", List.of("a", "b")), Arguments.of("mtu {{ mtu }}", "mtu 9000"),
            Arguments.of("{{ name }}{{ mtu }}", "p09000"), Arguments.of("{{ machine.ports[1].pci }}", "0000:b1:00.1"),
            Arguments.of("{% if up %}yes{% else %}no{% endif %}", "yes"), Arguments.of("{{ list | join(',') }}", "a,b"),
            Arguments.of("{{ nothing | default(3) }}", 3L),
            Arguments.of("{{ machine.nothing | default('x') }}", "x"), Arguments.of("{{ machine.nothing is defined }}", false),
            Arguments.of("{{ name | upper }}", "P0"),
            Arguments.of("{{ '{{ mtu }}' }}", "{{ mtu }}"), Arguments.of("a {# gone #}b", "a b"),
            Arguments.of("{{ mtu if up else 0 }}", 9000L),
            Arguments.of("{% for p in machine.ports %}{{ loop.index0 }}:{{ p.pci }} {% endfor %}", "0:0000:b1:00.0 1:0000:b1:00.1 "),
            Arguments.of("{% for k, v in machine.ports[0] | dictsort %}{{ k }}={{ v }};{% endfor %}",
            "address=192.0.2.1/30;pci=0000:b1:00.0;"),
            Arguments.of("{% for n in range(3) %}{{ n }}{% endfor %}", "012"), Arguments.of("{% set x = mtu %}{{ x }}", 9000L),
            Arguments.of("{% for k, v in machine.dpus[0].via.items() %}.{% endfor %}", ".."),
            Arguments.of("{% for d in machine.dpus if d.via %}{{ loop.index0 }}{{ loop.length }}{{ d.name }}{% endfor %}", "01dpu-a"),
            Arguments.of("{% for d in list if d != 'a' %}{{ loop.index0 }}{{ d }}{% endfor %}", "0b"),
            Arguments.of("{{ 2 ** 40 }}", 1L << 40), Arguments.of("x{{ 2 ** 62 }}", "x4611686018427387904"),
            Arguments.of("x{{ (0 - 2) ** 63 }}", "x-9223372036854775808"), Arguments.of("{{ 1 ** 1000000 }}", 1L),
            Arguments.of("{{ (0 - 1) ** 1000001 }}", -1L),
            Arguments.of("x{{ -9223372036854775808 }}", "x-9223372036854775808"),
            Arguments.of("x{{ - 9223372036854775808 + 1 }}", "x-9223372036854775807"),
            Arguments.of("x{{ [-9223372036854775808] | first }}", "x-9223372036854775808"),
            Arguments.of("x{{ '9223372036854775807' | int }}", "x9223372036854775807"),
            Arguments.of("x{{ '-9223372036854775808' | int - 0 }}", "x-9223372036854775808"),
            Arguments.of("{{ 0 ** 0 }}", 1L), Arguments.of("{{ 7 // 2 }}", 3L), Arguments.of("{{ 7 % 4 }}", 3L),
            Arguments.of("{{ -mtu }}", -9000L), Arguments.of("{{ '__x' ~ 'filter:y' }}", "__xfilter:y"),
            Arguments.of("{{ '{{}}' }}", "{{}}"), Arguments.of("{{ [1, 2] | sum }}", 3L),
            Arguments.of("{{ list + ['c'] }}", List.of("a", "b", "c")), Arguments.of("{{ 'a' + 'b' }}", "ab"),
            Arguments.of("{{ '%05d' | format(7) }}", "00007"), Arguments.of("{{ 'a.b' | replace('.', '-') }}", "a-b"),
            Arguments.of("{{ machine.ports | map(attribute='pci') | list }}", List.of("0000:b1:00.0", "0000:b1:00.1")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void renders_a_scalar(String template, Object value) {
        var at = new Location("f", 3, 7);
        for (int time = 0; time < 2; time++)                // the second time it was parsed already
            assertEquals(value, TemplateValues.of(Renderer.scalars(new Tree.Scalar(at, template, false), VARS)));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
            Arguments.of("{{ mtuu }}", "`mtuu` is not defined; did you mean `mtu`?"),
            Arguments.of("x{{ mtuu }}", "`mtuu` is not defined; did you mean `mtu`?"),
            Arguments.of("{{ 'x' ~ mtuu }}", "`mtuu` is not defined; did you mean `mtu`?"),
            Arguments.of("{% if mtuu %}x{% endif %}", "`mtuu` is not defined; did you mean `mtu`?"),
            Arguments.of("{% for x in lists %}x{% endfor %}", "`lists` is not defined; did you mean `list`?"),
            Arguments.of("{% set x = mtuu %}", "`mtuu` is not defined; did you mean `mtu`?"),
            Arguments.of("{{ machine.nam }}", "there is no `nam` here; did you mean `name`?"),
            Arguments.of("{{ machine.ports[2] }}", "the list has no item 2"),
            Arguments.of("{% if machine.zzzzzz == 3 %}x{% endif %}", "there is no `zzzzzz` here"),
            Arguments.of("{% for x in mtu %}x{% endfor %}", "`mtu` is not a list"),
            Arguments.of("{% for x in list if y %}x{% endfor %}", "`y` is not defined"),
            Arguments.of("{% include 'x' %}", "`include` is not allowed in a template"),
            Arguments.of("{% import 'x' as y %}", "`import` is not allowed in a template"),
            Arguments.of("{% from 'x' import y %}", "`from` is not allowed in a template"),
            Arguments.of("{% extends 'x' %}", "`extends` is not allowed in a template"),
            Arguments.of("{% macro m() %}x{% endmacro %}", "`macro` is not allowed in a template"),
            Arguments.of("{% set x %}{{ mtu }}{% endset %}", "a block `set` is not allowed"),
            Arguments.of("{{ name | render }}", "filter `render` is not allowed in a template"),
            Arguments.of("{{ name | uper }}", "filter `uper` is not allowed in a template; did you mean `upper`?"),
            Arguments.of("{{ name | nosuch | default(3) }}", "filter `nosuch` is not allowed in a template"),
            Arguments.of("{{ today() }}", "`today` is not allowed in a template"),
            Arguments.of("{% for x in list %}{{ today() }}{% endfor %}", "Could not resolve function 'today'"),
            Arguments.of("{{ nosuch() }}", "Could not resolve function 'nosuch'"),
            Arguments.of("{{ name.getClass() }}", "no such method: getClass; use a filter"),
            Arguments.of("{{ name.class }}", "Cannot resolve property 'class' in 'p0'"),
            Arguments.of("{{ name.bytes }}", "Cannot resolve property 'bytes' in 'p0'"),
            Arguments.of("{{ name.length() }}", "no such method: length; use a filter"),
            Arguments.of("{{ ____int3rpr3t3r____ }}", "`____int3rpr3t3r____` is not allowed in a template"),
            Arguments.of("{{ ____int3rpr3t3r____.context }}", "`____int3rpr3t3r____` is not allowed in a template"),
            Arguments.of("{{ 'x' ~ ____int3rpr3t3r____ }}", "`____int3rpr3t3r____` is not allowed in a template"),
            Arguments.of("{% if ____int3rpr3t3r____ %}x{% endif %}", "`____int3rpr3t3r____` is not allowed in a template"),
            Arguments.of("{% for x in list if ____int3rpr3t3r____ %}x{% endfor %}", "`____int3rpr3t3r____` is not allowed in a template"),
            Arguments.of("{% set x = ____int3rpr3t3r____ %}", "`____int3rpr3t3r____` is not allowed in a template"),
            Arguments.of("{{ filter:upper }}", "`filter:upper` is not allowed in a template"),
            Arguments.of("{{ filter:upper.filter('x', 1) }}", "`filter:upper` is not allowed in a template"),
            Arguments.of("{{ exptest:defined }}", "`exptest:defined` is not allowed in a template"),
            Arguments.of("{% for x in list %}{{ loop }}{% endfor %}", "`loop` alone is no value"),
            Arguments.of("{% for x in list %}{{ 'x' ~ loop }}{% endfor %}", "`loop` alone is no value"),
            Arguments.of("{{}}", "an expression is missing between {{ and }}"),
            Arguments.of("{{ }}", "an expression is missing between {{ and }}"),
            Arguments.of("x {{}}", "an expression is missing between {{ and }}"),
            Arguments.of("{{ 9223372036854775808 }}", "`9223372036854775808`: 9223372036854775808 is not a whole number of 64 bits"),
            Arguments.of("{{ - -9223372036854775808 }}", "`- -9223372036854775808`: the result is not a whole number of 64 bits"),
            Arguments.of("{{ '9223372036854775808' | int }}", "not a whole number of 64 bits: 9223372036854775808"),
            Arguments.of("{{ 9223372036854775807 + 1 }}", "`9223372036854775807 + 1`: the result is not a whole number of 64 bits"),
            Arguments.of("{{ 0 - 9223372036854775807 - 2 }}", "`0 - 9223372036854775807 - 2`: the result is not"),
            Arguments.of("{{ mtu * 9223372036854775807 }}", "`mtu * 9223372036854775807`: the result is not"),
            Arguments.of("{{ 10 ** 1000000 }}", "`10 ** 1000000`: the result is not"),
            Arguments.of("{{ 2 ** 63 }}", "`2 ** 63`: the result is not"),
            Arguments.of("{{ (0 - 9223372036854775807 - 1) // (0 - 1) }}", "`(0 - 9223372036854775807 - 1) // (0 - 1)`: the result is not"),
            Arguments.of("{{ -(0 - 9223372036854775807 - 1) }}", "`-(0 - 9223372036854775807 - 1)`: the result is not"),
            Arguments.of("x{{ 9223372036854775807 + 1 }}", "`9223372036854775807 + 1`: the result is not"),
            Arguments.of("{{ [9223372036854775807, 1] | sum }}", "the result of `sum` is too large to be exact"),
            Arguments.of("{{ (0 - 9223372036854775807 - 1) | abs }}", "the result of `abs` is too large to be exact"),
            Arguments.of("{{ (10 ** 18 * 1.0 * 1000) | int }}", "not a whole number"),
            Arguments.of("{{ '%1000000000d' | format(1) }}", "what `format` would yield is longer than"),
            Arguments.of("{{ '%.99999999999f' | format(1) }}", "what `format` would yield is longer than"),
            Arguments.of("{{ (list | join('\\n')) | indent(99999999) }}", "what `indent` would yield is longer than"),
            Arguments.of("{% set x = '%10000d' | format(1) %}{{ x | replace(' ', x) }}", "what `replace` would yield is longer than"),
            Arguments.of("{% set x = '%10000d' | format(1) %}{{ x | regex_replace(' ', x) }}",
            "what `regex_replace` would yield is longer than"),
            Arguments.of("{% for i in range(4000) %}{% for j in range(4000) %}{% if 'a' | format | length %}{% endif %}{% set x ="
            + " '%100000d' | format(1) | upper %}{% endfor %}{% endfor %}", "filters work on more than"),
            Arguments.of("{{ list.add('x') }}", "no such method: add; use a filter"),
            Arguments.of("{{ list.append('x') }}", "no such method: append; use a filter"),
            Arguments.of("{% nosuch %}", "Syntax error in '{% nosuch %}': Unknown tag: nosuch"),
            Arguments.of("{% if up %}x", "Syntax error in '{% if up %}': Missing end tag: endif"),
            Arguments.of("{{ mtu", "Unclosed token"),
            Arguments.of("x {{ mtu", "Unclosed token"),
            Arguments.of("{{ mtu + }}", "Error parsing 'mtu +': syntax error"),
            Arguments.of("{{ mtu / 0 }}", "`mtu / 0` is not a number"),
            Arguments.of("{{ mtu % 0 }}", "`mtu % 0`: / by zero"),
            Arguments.of("{{ mtu % nothing }}", "`nothing` is not defined"),
            Arguments.of("{{ ((((((((((1)))))))))) }}", "brackets are nested deeper than 8"),
            Arguments.of("{{ name | int }}x", "not a whole number: p0"),
            Arguments.of("{% for i in range(100000) %}{% endfor %}", "range of 100000 numbers; the limit is 4096"),
            Arguments.of("{% for i in range(4000) %}{% for j in range(4000) %}xxxxxxxx{% endfor %}{% endfor %}",
            "4224000 byte output rendered, over limit of 4194304 bytes"),
            Arguments.of("{{ word }}", "`word` is a secret and is not printed"),
            Arguments.of("x {{ word }}", "`word` is a secret and is not printed"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses(String template, String message) {
        var tree = new Tree.Scalar(new Location("f", 3, 7), template, false);
        String found = assertThrows(InvalidInput.class, () -> Renderer.scalars(tree, VARS),
            () -> "rendered to " + Renderer.scalars(tree, VARS)).getMessage();
        assertTrue(found.startsWith("f:3:7: " + message), found);
        assertEquals(found, assertThrows(InvalidInput.class, () -> Renderer.scalars(tree, VARS)).getMessage());
    }

    @Test
    void reports_every_scalar_and_leaves_literals_alone() {
        Tree tree = Yaml.read("f", "a: \"{{ x1 }}\"\nb: [\"{{ x2 }}\", 5.10]\n\"{{ name }}\": 1\n");
        assertEquals("f:1:4: `x1` is not defined\nf:2:5: `x2` is not defined\nf:3:1: a field name cannot be a template: {{ name }}",
            assertThrows(InvalidInput.class, () -> Renderer.scalars(tree, VARS)).getMessage());
        Tree plain = Yaml.read("f", "a: 5.10\nb: \"}} %} x\"\n");
        assertEquals(plain, Renderer.scalars(plain, VARS));
    }

    @Test
    void text_keeps_its_lines_and_its_last_line_end() {
        assertEquals("a\n  b 9000\nc\n", Renderer.text("f.j2", "a\n  {% if up %}\n  b {{ mtu }}\n  {% endif %}\n{# gone #}\nc\n", VARS));
        assertEquals("{{ mtu }} 9000\n", Renderer.text("f.j2", "{% raw %}{{ mtu }}{% endraw %} {{ mtu }}\n", VARS));
        assertEquals("f.j2:3:1: `mtuu` is not defined; did you mean `mtu`?",
            assertThrows(InvalidInput.class, () -> Renderer.text("f.j2", "a\nb\n{{ mtuu }}\n", VARS)).getMessage());
    }

    @Test
    void what_came_to_the_same_before_is_the_very_same_tree() {
        String template = "- {mtu: \"{{ mtu }}\", up: {{ up }}}\n";
        Tree first = Renderer.tree("same.j2", template, Map.of("mtu", 9000L, "up", true, "name", "a"));
        assertSame(first, Renderer.tree("same.j2", template, Map.of("mtu", 9000L, "up", true, "name", "b")));
        Tree other = Renderer.tree("same.j2", template, Map.of("mtu", "9000", "up", true));
        assertEquals(List.of(Map.of("mtu", "9000", "up", true)), TemplateValues.of(other));
        assertEquals(List.of(Map.of("mtu", 9000L, "up", true)), TemplateValues.of(first));
        Tree list = Renderer.tree("list.j2", "- {of: \"{{ of }}\"}\n", Map.of("of", List.of(1L)));
        assertNotSame(list, Renderer.tree("list.j2", "- {of: \"{{ of }}\"}\n", Map.of("of", List.of(1L))));
    }

    @Test
    void a_tree_template_keeps_types() {
        String template = """
            {% for port in machine.ports %}
            - {pci: {{ port.pci }}, addresses: [{{ port.address }}], only: true, mtu: {{ mtu }}, name: p{{ loop.index0 }}}
            {% endfor %}
            {# a comment with {{ nothing }} #}
            {% for dpu in machine.dpus if dpu.via %}
            - {name: {{ dpu.via.link }}, up: {{ up }}, quoted: "{{ mtu }}", list: {{ list }}}
            {% endfor %}
            """;
        assertEquals(List.of(
                Map.of("pci", "0000:b1:00.0", "addresses", List.of("192.0.2.1/30"), "only", true, "mtu", 9000L, "name", "p0"),
                Map.of("pci", "0000:b1:00.1", "addresses", List.of("192.0.2.5/30"), "only", true, "mtu", 9000L, "name", "p1"),
                Map.of("name", "tmfifo_net0", "up", true, "quoted", 9000L, "list", List.of("a", "b"))),
            TemplateValues.of(Renderer.tree("t.yaml.j2", template, VARS)));
        assertEquals(List.of(), TemplateValues.of(Renderer.tree("t.yaml.j2", "{% for x in [] %}\n- x\n{% endfor %}\n", VARS)));
    }

    @Test
    void a_tree_template_fails_with_the_place() {
        assertEquals("t (rendered):3:1: key `a` is already written at line 1", message("a: 1\nb: 2\na: 3\n"));
        assertEquals("t (rendered):2:1: a field name cannot be printed by {{ }}", message("a: 1\n{{ name }}: 2\n"));
        assertEquals(
            "t (rendered):1:4: a list or mapping cannot stand inside a text; print it alone, or join it: {{ list | join(\",\") }}",
            message("a: x{{ list }}\n"));
        assertEquals("t:2:1: `mtuu` is not defined; did you mean `mtu`?", message("a: 1\nb: {{ mtuu }}\n"));
    }

    private static String message(String template) {
        return assertThrows(InvalidInput.class, () -> Renderer.tree("t", template, VARS)).getMessage();
    }

    @Test
    void a_template_holds_nothing_that_cannot_be_seen() {
        String fine = "all:\n\techo \u00e9 \r\n";
        assertEquals(fine, Renderer.checked("f.j2", fine));
        for (String strange : List.of("\u202e", "\u200b", "\u0007", "\u009b", "\ue100", "\u2028", "\ufeff"))
            assertTrue(assertThrows(InvalidInput.class, () -> Renderer.checked("f.j2", "a\n b" + strange)).getMessage()
                .startsWith("f.j2:2:3: character U+"), strange);
        assertEquals("f.j2:3:1: an expression is missing between {{ and }}",
            assertThrows(InvalidInput.class, () -> Renderer.text("f.j2", "a\nb\n{{}}\n", VARS)).getMessage());
    }

    static Stream<String> nasty() {
        return Stream.of("x\n- evil: true", "x}, {evil: 1", "x, evil: 1", ": ", "a: b", "- a", "\"", "'", "\\", "#", " # x", "{{ mtu }}",
            "{% if up %}", "{# x", "%}", "&a", "*a", "!!int 3",
            "|", ">", "---", "...", "Zz0v0z", "Zz0v1z", "Zz1v0z", "true", "12", "null", "~", "", " ", "\t", "\u202e", "\0", "<<", "[", "]",
            "$1", "\\1", "?", "@", "`", "\r\n", "\u2028");
    }

    /// Whatever a value is, the tree has the template's fields and items, and the value stands in its place, letter for letter.
    @ParameterizedTest
    @MethodSource("nasty")
    void a_value_cannot_change_the_tree(String value) {
        String template = "- {a: {{ v }}, b: \"{{ v }}\", c: '{{ v }}', d: x{{ v }}y, e: [{{ v }}]}\n- f: {{ v }}\n  g: |\n    line {{"
            + " v }}\n  h: {{ v }} # {{ v }}\n- {{ v }}\n";
        assertEquals(List.of(Map.of("a", value, "b", value, "c", value, "d", "x" + value + "y", "e", List.of(value)),
            Map.of("f", value, "g", "line " + value + "\n", "h", value), value),
            TemplateValues.of(Renderer.tree("t", template, Map.of("v", value))));
        assertEquals(value, TemplateValues.of(Renderer.scalars(new Tree.Scalar(Location.file("f"), "{{ v }}", false), Map.of("v", value))));
        assertEquals("x" + value,
            TemplateValues.of(Renderer.scalars(new Tree.Scalar(Location.file("f"), "x{{ v }}", false), Map.of("v", value))));
        assertEquals("x" + value, Renderer.text("f", "x{{ v }}", Map.of("v", value)));
    }

    /// Seeded: the same with random text made of what is special to YAML, Jinja and our markers.
    @Test
    void no_random_value_changes_the_tree() {
        var random = new Random(11);
        String template = "{% for v in list %}\n- {a: {{ v }}, b: \"{{ v }}\", d: x{{ v }}y}\n{% endfor %}\n";
        for (int i = 0; i < 300; i++) {
            var list = new ArrayList<Object>();
            var wanted = new ArrayList<Object>();
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                String value = nasty(random);
                list.add(value);
                var fields = new LinkedHashMap<String, Object>();
                fields.put("a", value);
                fields.put("b", value);
                fields.put("d", "x" + value + "y");
                wanted.add(fields);
            }
            assertEquals(wanted, TemplateValues.of(Renderer.tree("t", template, Map.of("list", list))));
            assertEquals(list,
                TemplateValues.of(Renderer.scalars(new Tree.Scalar(Location.file("f"), "{{ v }}", true), Map.of("v", list))));
        }
    }

    private static String nasty(Random random) {
        List<String> parts = nasty().toList();
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) text.append(parts.get(random.nextInt(parts.size())));
        return text.toString();
    }
}
