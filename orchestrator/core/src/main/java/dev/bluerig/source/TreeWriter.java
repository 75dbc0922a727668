package dev.bluerig.source;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Values as trees: the other direction of `Binding`. `said` is what becomes of text that may be a machine's; keys, numbers, times,
/// constants, secrets and what is `@TrustedText` stay.
record TreeWriter(UnaryOperator<String> said) {
    private static final Location NOWHERE = Location.file("(made)");
    private static final TreeWriter OURS = new TreeWriter(UnaryOperator.identity());

    static Tree tree(Object value) {
        return OURS.of(value);
    }

    Tree of(Object value) {
        return switch (value) {
            case Tree tree -> cleaned(tree);
            case Boolean bool -> plain(bool.toString());
            case Number number -> plain(number.toString());
            case Enum<?> constant -> text(YamlNames.kebab(constant));
            case Duration duration -> text(Scalars.written(duration));
            case Instant time -> text(time.toString());
            case Secret secret -> text(secret.toString());
            case Iterable<?> items -> sequence(items);
            case Map<?, ?> map -> mapping(map);
            case Record record when record.getClass().isAnnotationPresent(TrustedText.class) -> OURS.record(record);
            case Record record -> record(record);
            default -> text(said.apply(value.toString()));
        };
    }

    private Tree cleaned(Tree tree) {
        if (this == OURS) return tree;
        return switch (tree) {
            case Tree.Scalar scalar when scalar.plain() -> scalar;
            case Tree.Scalar scalar -> new Tree.Scalar(scalar.at(), said.apply(scalar.text()), false);
            case Tree.Sequence sequence -> new Tree.Sequence(sequence.at(), sequence.items().stream().map(this::cleaned).toList());
            case Tree.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                mapping.entries().forEach((key, entry) -> entries.put(key, new Tree.Entry(entry.keyAt(), cleaned(entry.value()))));
                yield new Tree.Mapping(mapping.at(), entries);
            }
        };
    }

    private Tree sequence(Iterable<?> items) {
        var trees = new ArrayList<Tree>();
        for (Object item : items) trees.add(of(item));
        return new Tree.Sequence(NOWHERE, trees);
    }

    private Tree mapping(Map<?, ?> map) {
        var entries = new LinkedHashMap<String, Tree.Entry>();
        map.forEach((key, value) -> entries.put(key instanceof Enum<?> constant ? YamlNames.kebab(constant) : key.toString(),
            new Tree.Entry(NOWHERE, of(value))));
        return new Tree.Mapping(NOWHERE, entries);
    }

    private Tree record(Record record) {
        Class<?> type = record.getClass();
        RecordComponent[] components = type.getRecordComponents();
        if (YamlNames.isValue(type)) return text(said.apply((String) component(record, components[0])));
        if (type.isAnnotationPresent(Items.class)) return of(component(record, components[0]));
        var entries = new LinkedHashMap<String, Tree.Entry>();
        for (RecordComponent component : components) {
            Object value = component(record, component);
            Optional<?> present = value instanceof Optional<?> optional ? optional : Optional.of(value);
            TreeWriter how = component.isAnnotationPresent(TrustedText.class) ? OURS : this;
            present.ifPresent(some -> entries.put(YamlNames.snake(component.getName()), new Tree.Entry(NOWHERE, how.of(some))));
        }
        return new Tree.Mapping(NOWHERE, entries);
    }

    private static Object component(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot read " + component, impossible);
        }
    }

    private static Tree plain(String text) {
        return new Tree.Scalar(NOWHERE, text, true);
    }

    private static Tree text(String text) {
        return new Tree.Scalar(NOWHERE, text, false);
    }
}
