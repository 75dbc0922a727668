package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BinderTest {
    enum Accept { NAMED, ANY_NAME }

    record Name(String text) {
        Name {
            if (!text.matches("[a-z0-9]+")) throw new IllegalArgumentException("not a name: " + text);
        }
    }

    @Described("A bridge.")
    record Bridge(
        @Described(value = "Its name.", example = "ovs-br0") String bridge,
        List<Name> ports,
        @Described(value = "Which names do.", absent = "named") Accept accept,
        Optional<Integer> vlanTag,
        @Described(value = "Up or not.", absent = "true") boolean up,
        @Described(value = "How long to wait.", absent = "30s") Duration waitFor,
        @Described(value = "Marks.", absent = "{}") Map<String, Long> externalIds,
        @Described(value = "Modules.", absent = "") Set<String> modules,
        @Described(value = "Rate.", absent = "0.8") double rate) {
        Bridge {
            if (ports.size() > 3) throw new IllegalArgumentException("more than 3 ports");
        }
    }

    @Items
    record Bridges(List<Bridge> all) {}

    record Login(Secret password, Tree rest, Map<String, Object> vars) {}

    record Offer(TlsVersion version, Cipher cipher) {}

    @Test
    void a_constant_that_says_how_it_is_written_is_written_so() {
        var offer = new Offer(TlsVersion.TLS_1_3, Cipher.AES_128_GCM);
        assertEquals(offer, Binder.bind(Offer.class, Yaml.read("f", "{version: \"1.3\", cipher: aes-128-gcm}")));
        assertEquals("{\"version\":\"1.3\",\"cipher\":\"aes-128-gcm\"}", Json.write(Binder.unbind(offer)));
        InvalidInput wrong = assertThrows(InvalidInput.class, () ->
            Binder.bind(Offer.class, Yaml.read("f", "{version: \"1.1\", cipher: aes-128-gcm}")));
        assertTrue(wrong.getMessage().contains("`version` must be") && wrong.getMessage().contains("1.2"), wrong.getMessage());
    }

    @Test
    void binds_with_defaults() {
        var bound = Binder.bind(Bridges.class, Yaml.read("f", "- {bridge: b0, ports: [p0, pf0hpf]}\n- {bridge: 5.10, ports: [], accept:"
            + " any_name, vlan_tag: 7, up: false, wait_for: 2m, external_ids: {a: 1}, modules: [tls], rate: 1}"));
        assertEquals(new Bridges(List.of(
            new Bridge("b0", List.of(new Name("p0"), new Name("pf0hpf")), Accept.NAMED, Optional.empty(), true, Duration.ofSeconds(30),
            Map.of(), Set.of(), 0.8),
            new Bridge("5.10", List.of(), Accept.ANY_NAME, Optional.of(7), false, Duration.ofMinutes(2), Map.of("a", 1L), Set.of("tls"),
            1))), bound);
        assertEquals(1, Binder.bind(Bridges.class, Yaml.read("f", "bridge: b\nports: []")).all().size());
        assertEquals(0, Binder.bind(Bridges.class, Yaml.read("f", "[]")).all().size());
    }

    @Test
    void binds_secrets_raw_trees_and_variables() {
        Tree tree = Yaml.read("f", "password: \"x y\"\nrest: [1]\nvars: {a: 1, b: true, c: \"1\", d: 0.8, e: [x]}\n");
        var login = Binder.bind(Login.class, tree);
        assertEquals("x y", login.password().reveal());
        assertFalse(login.toString().contains("x y"));
        assertEquals(((Tree.Mapping) tree).get("rest").orElseThrow(), login.rest());
        assertEquals(Map.of("a", 1L, "b", true, "c", "1", "d", "0.8", "e", List.of("x")), login.vars());
        assertTrue(Yaml.write(Binder.unbind(login)).contains("password: \"***\""));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
            Arguments.of("{bridge: b, ports: [], acept: named}", "f:1:24: unknown field `acept`; did you mean `accept`?"),
            Arguments.of("{bridge: b, ports: [], zzzzzzzz: 1}", "f:1:24: unknown field `zzzzzzzz`; known: bridge, ports, accept,"
            + " vlan_tag, up, wait_for, external_ids, modules, rate"),
            Arguments.of("{ports: []}", "f:1:1: field `bridge` is missing: Its name."),
            Arguments.of("{bridge: b}", "f:1:1: field `ports` is missing"),
            Arguments.of("{bridge: [b], ports: b}",
            "f:1:10: `bridge` must be text, found a list\nf:1:22: `ports` must be a list, found `b`"),
            Arguments.of("{bridge: b, ports: [p0, p 1]}", "f:1:25: an item of `ports`: not a name: p 1"),
            Arguments.of("{bridge: b, ports: [a, b, c, d]}", "f:1:1: more than 3 ports"),
            Arguments.of("{bridge: b, ports: [], accept: anyname}", "f:1:32: `accept` must be one of named, any-name, found `anyname`;"
            + " did you mean `any-name`?"),
            Arguments.of("{bridge: b, ports: [], vlan_tag: \"7\"}", "f:1:34: `vlan_tag` must be a whole number, found the text \"7\";"
            + " remove the quotes"),
            Arguments.of("{bridge: b, ports: [], vlan_tag: 007}", "f:1:34: `vlan_tag` must be a whole number, found `007`"),
            Arguments.of("{bridge: b, ports: [], vlan_tag: 3000000000}",
            "f:1:34: `vlan_tag` must be a whole number, found `3000000000`; it is too large"),
            Arguments.of("{bridge: b, ports: [], up: yes}", "f:1:28: `up` must be true or false, found `yes`; write true"),
            Arguments.of("{bridge: b, ports: [], up: \"true\"}", "f:1:28: `up` must be true or false, found the text \"true\""),
            Arguments.of("{bridge: b, ports: [], wait_for: 30}", "f:1:34: `wait_for` must be a duration such as 30s, 5m or 2h, found `30`"),
            Arguments.of("{bridge: , ports: []}", "f:1:9: `bridge` has no value; it must be text"),
            Arguments.of("{bridge: b, ports: [], modules: [tls, tls]}", "f:1:39: `modules` names this twice: tls"),
            Arguments.of("{bridge: b, ports: [], external_ids: {a: x}}", "f:1:42: `a` must be a whole number, found `x`"),
            Arguments.of("{bridge: b, ports: [], rate: fast}", "f:1:30: `rate` must be a number, found `fast`"),
            Arguments.of("b0", "f:1:1: the bridge must be a mapping with bridge, ports, accept, vlan_tag, up, wait_for, external_ids,"
            + " modules, rate; found `b0`"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses_with_all_problems(String text, String message) {
        Tree tree = Yaml.read("f", text);
        assertEquals(message, assertThrows(InvalidInput.class, () -> Binder.bind(Bridge.class, tree)).getMessage());
        assertEquals(message, String.join("\n", Binder.check(Bridge.class, tree).stream().map(Problem::toString).toList()));
    }

    @Test
    void switches_only_where_told() {
        Tree tree = Yaml.read("f", "{bridge: b, ports: [], up: off}");
        assertFalse(Binder.bind(Bridge.class, tree, Binder.Booleans.SWITCHES).up());
        Tree quoted = Yaml.read("f", "{bridge: b, ports: [], up: \"off\"}");
        assertThrows(InvalidInput.class, () -> Binder.bind(Bridge.class, quoted, Binder.Booleans.SWITCHES));
    }

    @Test
    void check_lets_templates_pass_and_nothing_else() {
        Tree tree = Yaml.read("f", "{bridge: \"b{{ n }}\", ports: \"{{ ports }}\", vlan_tag: \"{{ tag }}\", up: \"{{ up }}\", wait_for:"
            + " 30, zz: 1}");
        assertEquals(
            List.of("f:1:97: unknown field `zz`; known: bridge, ports, accept, vlan_tag, up, wait_for, external_ids, modules, rate",
                "f:1:93: `wait_for` must be a duration such as 30s, 5m or 2h, found `30`"),
            Binder.check(Bridge.class, tree).stream().map(Problem::toString).toList());
    }

    @Test
    void describes() {
        Description description = Binder.describe(Bridges.class);
        assertTrue(description.list());
        assertEquals("A bridge.", description.text());
        assertEquals(List.of(
                "bridge: text, mandatory", "ports: list of a name, mandatory", "accept: one of named, any-name, absent named",
                "vlan_tag: a whole number, absent ",
                "up: true or false, absent true", "wait_for: a duration such as 30s, 5m or 2h, absent 30s",
                "external_ids: mapping of names to a whole number, absent {}",
                "modules: list of text, absent ", "rate: a number, absent 0.8"),
            description.fields().stream().map(field -> field.name() + ": " + field.type() + field.absent().map(text -> ", absent " + text)
            .orElse(", mandatory")).toList());
        assertEquals("ovs-br0", description.fields().getFirst().example());
    }

    /// Seeded; what was unbound binds to an equal value, also through YAML and JSON text.
    @Test
    void unbound_binds_to_equal() {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            var bridges = new Bridges(Stream.generate(() -> bridge(random)).limit(random.nextInt(4)).toList());
            Tree tree = Binder.unbind(bridges);
            assertEquals(bridges, Binder.bind(Bridges.class, tree));
            assertEquals(bridges, Binder.bind(Bridges.class, Yaml.read("f", Yaml.write(tree))), Yaml.write(tree));
            assertEquals(bridges, Binder.bind(Bridges.class, Json.read("f", Json.write(tree))));
            assertEquals(bridges, Binder.bind(Bridges.class, Json.read("f", Json.pretty(tree))));
        }
    }

    private static Bridge bridge(Random random) {
        var ports = new ArrayList<Name>();
        for (int i = random.nextInt(4); i > 0; i--) ports.add(new Name("p" + random.nextInt(9)));
        var ids = new LinkedHashMap<String, Long>();
        for (int i = random.nextInt(3); i > 0; i--) ids.put(text(random), (long) random.nextInt());
        var modules = new LinkedHashSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) modules.add(text(random));
        return new Bridge(text(random), ports, Accept.values()[random.nextInt(2)], random.nextBoolean() ? Optional.of(random.nextInt())
            : Optional.empty(),
            random.nextBoolean(), Duration.ofMillis(random.nextInt(4) * random.nextInt(100_000_000)), ids, modules,
            random.nextInt(1000) / 8.0);
    }

    private static String text(Random random) {
        return List.of("ovs-br0", "true", "12", "on", "null", "", "a: b", "- x", "# c", "{{ x }}", "two\nlines", " lead", "\"q\"", "\\",
            "\ud83d\ude00", "~").get(random.nextInt(16));
    }
}
