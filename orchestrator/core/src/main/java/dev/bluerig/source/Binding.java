package dev.bluerig.source;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One pass over one tree. An empty result means: a problem was noted, or (with `open`) a template stands there and its value comes later.
final class Binding {
    private final Binder.Booleans booleans;
    private final boolean open;
    private final boolean strangers;
    private final List<Problem> problems;

    Binding(Binder.Booleans booleans, boolean open, List<Problem> problems) {
        this(booleans, open, false, problems);
    }

    /// `strangers`: fields that a record does not have are passed over.
    Binding(Binder.Booleans booleans, boolean open, boolean strangers, List<Problem> problems) {
        this.booleans = booleans;
        this.open = open;
        this.strangers = strangers;
        this.problems = problems;
    }

    /// `what` begins every message about this value.
    Optional<Object> bind(Type type, Tree tree, String what) {
        Class<?> raw = YamlNames.raw(type);
        if (raw == Tree.class) return Optional.of(tree);
        if (raw == Optional.class) return optional(type, tree, what);
        if (open && tree instanceof Tree.Scalar scalar && TemplateValues.isTemplate(scalar.text())) return Optional.empty();
        if (raw == Object.class) return Optional.of(TemplateValues.of(tree));
        if (raw == List.class) return items(YamlNames.argument(type, 0), tree, what).map(List::copyOf);
        if (raw == Set.class) return items(YamlNames.argument(type, 0), tree, what).flatMap(items -> distinct(items, tree, what));
        if (raw == Map.class) return map(type, tree, what);
        if (raw.isAnnotationPresent(Items.class)) return list(raw, tree, what);
        if (Scalars.isScalar(raw)) return scalar(raw, tree, what);
        if (raw.isRecord()) return record(raw, tree, what);
        throw new IllegalStateException("not a type that can be bound: " + type + " for " + what);
    }

    private Optional<Object> optional(Type type, Tree tree, String what) {
        boolean absent = tree instanceof Tree.Scalar scalar && scalar.isNull() && !scalar.text().isEmpty();
        return absent ? Optional.of(Optional.empty()) : bind(YamlNames.argument(type, 0), tree, what).map(Optional::of);
    }

    private Optional<Object> scalar(Class<?> type, Tree tree, String what) {
        if (!(tree instanceof Tree.Scalar scalar))
            return problem(tree, what + " must be " + Scalars.words(type) + ", found " + shape(tree));
        if (scalar.isNull()) return problem(tree, what + " has no value; it must be " + Scalars.words(type));
        if (YamlNames.isValue(type)) return made(type, List.of(scalar.text()), tree, what + ": ");
        try {
            return Optional.of(Scalars.of(type, scalar, booleans));
        } catch (IllegalArgumentException wrong) {
            return problem(tree, what + " " + wrong.getMessage());
        }
    }

    private Optional<List<Object>> items(Type type, Tree tree, String what) {
        if (!(tree instanceof Tree.Sequence sequence)) {
            problem(tree, what + " must be a list, found " + shape(tree));
            return Optional.empty();
        }
        return all(type, sequence.items(), what);
    }

    private Optional<List<Object>> all(Type type, List<Tree> trees, String what) {
        var values = new ArrayList<Object>();
        for (Tree item : trees) bind(type, item, "an item of " + what).ifPresent(values::add);
        return values.size() == trees.size() ? Optional.of(values) : Optional.empty();
    }

    private Optional<Object> distinct(List<Object> items, Tree tree, String what) {
        var set = new LinkedHashSet<Object>();
        for (int i = 0; i < items.size(); i++) {
            if (!set.add(items.get(i))) problem(((Tree.Sequence) tree).items().get(i), what + " names this twice: " + items.get(i));
        }
        return set.size() == items.size() ? Optional.of(Collections.unmodifiableSet(set)) : Optional.empty();
    }

    private Optional<Object> map(Type type, Tree tree, String what) {
        if (!(tree instanceof Tree.Mapping mapping)) return problem(tree, what + " must be a mapping, found " + shape(tree));
        var values = new LinkedHashMap<String, Object>();
        mapping.entries().forEach((key, entry) -> bind(YamlNames.argument(type, 1), entry.value(), "`" + key + "`")
            .ifPresent(value -> values.put(key, value)));
        return values.size() == mapping.entries().size() ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
    }

    private Optional<Object> list(Class<?> type, Tree tree, String what) {
        List<Tree> items = tree instanceof Tree.Sequence sequence ? sequence.items() : List.of(tree);
        return all(YamlNames.argument(RecordSchema.of(type).components().getFirst().type(), 0), items, what)
            .flatMap(values -> made(type, List.of(List.copyOf(values)), tree, ""));
    }

    private Optional<Object> record(Class<?> type, Tree tree, String what) {
        RecordSchema shape = RecordSchema.of(type);
        if (!(tree instanceof Tree.Mapping mapping))
            return problem(tree, what + " must be a mapping with " + String.join(", ", shape.names()) + "; found " + shape(tree));
        mapping.entries().forEach((key, entry) -> {
            if (!strangers && !shape.names().contains(key))
                problems.add(new Problem(entry.keyAt(), "unknown field `" + key + "`" + NearestName.hint(key, shape.names())));
        });
        var values = new ArrayList<Object>();
        for (RecordSchema.Component component : shape.components()) {
            Optional<Tree> written = mapping.get(component.name());
            Optional<Object> value = written.isPresent() ? bind(component.type(), written.get(), "`" + component.name() + "`")
                : absent(component, mapping);
            value.ifPresent(values::add);
        }
        return values.size() == shape.names().size() ? made(type, values, tree, "") : Optional.empty();
    }

    private Optional<Object> absent(RecordSchema.Component component, Tree.Mapping mapping) {
        if (component.absent().isPresent()) return Optional.of(standing(component, component.absent().get()));
        if (component.raw() == Optional.class) return Optional.of(Optional.empty());
        return problem(mapping, "field `" + component.name() + "` is missing" + component.described()
            .map(described -> ": " + described.value()).orElse(""));
    }

    /// The value that an absent field stands for; a wrong one is our own mistake.
    private Object standing(RecordSchema.Component component, String text) {
        Class<?> type = component.raw();
        if (text.isEmpty() && type == String.class) return "";
        if (text.isEmpty() && type == Optional.class) return Optional.empty();
        if (text.isEmpty() && type == List.class) return List.of();
        if (text.isEmpty() && type == Set.class) return Set.of();
        if (text.isEmpty() && type == Map.class) return Map.of();
        var wrong = new ArrayList<Problem>();
        Optional<Object> value = new Binding(booleans, false, wrong)
            .bind(component.type(), component.standing().orElseThrow(), component.name());
        return value.orElseThrow(() -> new IllegalStateException("the default of " + component.name() + " is wrong: " + wrong));
    }

    private Optional<Object> made(Class<?> type, List<Object> values, Tree tree, String lead) {
        try {
            return Optional.of(RecordSchema.of(type).made(values.toArray()));
        } catch (IllegalArgumentException refused) {
            return problem(tree, lead + refused.getMessage());
        }
    }

    private Optional<Object> problem(Tree tree, String message) {
        problems.add(new Problem(tree.at(), message));
        return Optional.empty();
    }

    static String shape(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping -> "a mapping";
            case Tree.Sequence sequence -> "a list";
            case Tree.Scalar scalar when scalar.isNull() -> "nothing";
            case Tree.Scalar scalar -> Scalars.shown(scalar);
        };
    }
}
