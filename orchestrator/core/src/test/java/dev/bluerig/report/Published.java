package dev.bluerig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.source.Json;
import dev.bluerig.source.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The published schema of reports, and a check of our own for the part of JSON Schema that it uses: type, const, enum, pattern,
/// properties, propertyNames, required, additionalProperties, items, $ref.
final class Published {
    private Published() {}

    static void assertDescribes(String json) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("orchestrator/docs"))) here = here.getParent();
        var schema = (Tree.Mapping) Json.read("schema", Files.readString(here.resolve("orchestrator/docs/report.schema.json")));
        assertDescribed(schema, schema, Json.read("report", json));
    }

    private static void assertDescribed(Tree.Mapping root, Tree.Mapping schema, Tree value) {
        if (schema.get("$ref").isPresent()) {
            String name = ((Tree.Scalar) schema.get("$ref").get()).text().replace("#/$defs/", "");
            assertDescribed(root, in((Tree.Mapping) root.get("$defs").orElseThrow(), name), value);
            return;
        }
        schema.get("type").ifPresent(type -> assertType(((Tree.Scalar) type).text(), value));
        switch (value) {
            case Tree.Scalar scalar -> scalar(schema, scalar);
            case Tree.Sequence sequence -> sequence.items().forEach(item -> assertDescribed(root, in(schema, "items"), item));
            case Tree.Mapping mapping -> mapping(root, schema, mapping);
        }
    }

    private static void assertType(String type, Tree value) {
        boolean fits = switch (value) {
            case Tree.Mapping mapping -> type.equals("object");
            case Tree.Sequence sequence -> type.equals("array");
            case Tree.Scalar scalar when !scalar.plain() -> type.equals("string");
            case Tree.Scalar scalar when scalar.text().equals("true") || scalar.text().equals("false") -> type.equals("boolean");
            case Tree.Scalar scalar -> type.equals("number") || type.equals("integer") && scalar.text().matches("-?[0-9]+");
        };
        assertTrue(fits, "not of type " + type + ": " + value);
    }

    private static void scalar(Tree.Mapping schema, Tree.Scalar scalar) {
        schema.get("enum").ifPresent(any ->
            assertTrue(((Tree.Sequence) any).items().stream().anyMatch(one -> ((Tree.Scalar) one).text().equals(scalar.text())),
            scalar + " is not in " + any));
        schema.get("const").ifPresent(only -> assertEquals(((Tree.Scalar) only).text(), scalar.text()));
        schema.get("pattern")
            .ifPresent(pattern -> assertTrue(scalar.text().matches(((Tree.Scalar) pattern).text()), scalar + " is not " + pattern));
    }

    private static void mapping(Tree.Mapping root, Tree.Mapping schema, Tree.Mapping mapping) {
        schema.get("required").ifPresent(all -> ((Tree.Sequence) all).items().forEach(name ->
            assertTrue(mapping.get(((Tree.Scalar) name).text()).isPresent(), name + " is missing")));
        mapping.entries().forEach((name, entry) -> {
            schema.get("propertyNames").ifPresent(names -> scalar((Tree.Mapping) names, new Tree.Scalar(entry.keyAt(), name, false)));
            var known = schema.get("properties").flatMap(properties -> ((Tree.Mapping) properties).get(name))
                .or(() -> schema.get("additionalProperties").filter(Tree.Mapping.class::isInstance));
            assertTrue(known.isPresent(), "not in the schema: " + name);
            assertDescribed(root, (Tree.Mapping) known.get(), entry.value());
        });
    }

    private static Tree.Mapping in(Tree.Mapping mapping, String name) {
        return (Tree.Mapping) mapping.get(name).orElseThrow(() -> new AssertionError("no " + name));
    }
}
