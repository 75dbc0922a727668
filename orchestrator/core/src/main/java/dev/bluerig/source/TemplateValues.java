package dev.bluerig.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Trees as the values that templates see, and back: `Boolean`, `Long`, `String`, `Secret`, `List`, `Map`.
public final class TemplateValues {
    private TemplateValues() {}

    static boolean isTemplate(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("{#");
    }

    /// Only unquoted `true`, `false` and whole numbers are typed; YAML's empty value is an empty text.
    public static Object of(Tree tree) {
        return switch (tree) {
            case Tree.Sequence sequence -> sequence.items().stream().map(TemplateValues::of).toList();
            case Tree.Mapping mapping -> {
                var values = new LinkedHashMap<String, Object>();
                mapping.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
                yield Collections.unmodifiableMap(values);
            }
            case Tree.Scalar scalar when scalar.isNull() -> "";
            case Tree.Scalar scalar when scalar.plain() && scalar.text().equals("true") -> true;
            case Tree.Scalar scalar when scalar.plain() && scalar.text().equals("false") -> false;
            case Tree.Scalar scalar when scalar.plain() && Scalars.WHOLE.matcher(scalar.text()).matches() -> Long.parseLong(scalar.text());
            case Tree.Scalar scalar -> scalar.text();
        };
    }

    /// The tree of a value, every part at one place.
    public static Tree tree(Location at, Object value) {
        return switch (value) {
            case Tree tree -> tree;
            case Boolean bool -> new Tree.Scalar(at, bool.toString(), true);
            case Number number -> new Tree.Scalar(at, number.toString(), true);
            case Optional<?> optional when optional.isEmpty() -> new Tree.Scalar(at, "null", true);
            case Optional<?> optional -> tree(at, optional.get());
            case Iterable<?> items -> new Tree.Sequence(at, list(at, items));
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                map.forEach((key, item) -> entries.put(key.toString(), new Tree.Entry(at, tree(at, item))));
                yield new Tree.Mapping(at, entries);
            }
            default -> new Tree.Scalar(at, value.toString(), false);
        };
    }

    private static List<Tree> list(Location at, Iterable<?> items) {
        var trees = new ArrayList<Tree>();
        for (Object item : items) trees.add(tree(at, item));
        return trees;
    }
}
