package dev.bluerig.source;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Values as trees: the other direction of `Binding`.
final class Unbinding {
    private static final Location NOWHERE = Location.file("(made)");

    private Unbinding() {}

    static Tree tree(Object value) {
        return switch (value) {
            case Tree tree -> tree;
            case Boolean bool -> plain(bool.toString());
            case Number number -> plain(number.toString());
            case Enum<?> constant -> text(Names.kebab(constant));
            case Duration duration -> text(Scalars.written(duration));
            case Iterable<?> items -> sequence(items);
            case Map<?, ?> map -> mapping(map);
            case Record record -> record(record);
            default -> text(value.toString());
        };
    }

    private static Tree sequence(Iterable<?> items) {
        var trees = new ArrayList<Tree>();
        for (Object item : items) trees.add(tree(item));
        return new Tree.Sequence(NOWHERE, trees);
    }

    private static Tree mapping(Map<?, ?> map) {
        var entries = new LinkedHashMap<String, Tree.Entry>();
        map.forEach((key, value) -> entries.put(key instanceof Enum<?> constant ? Names.kebab(constant) : key.toString(), new Tree.Entry(NOWHERE, tree(value))));
        return new Tree.Mapping(NOWHERE, entries);
    }

    private static Tree record(Record record) {
        Class<?> type = record.getClass();
        RecordComponent[] components = type.getRecordComponents();
        if (Names.isValue(type)) return text((String) component(record, components[0]));
        if (type.isAnnotationPresent(Items.class)) return tree(component(record, components[0]));
        var entries = new LinkedHashMap<String, Tree.Entry>();
        for (RecordComponent component : components) {
            Object value = component(record, component);
            Optional<?> present = value instanceof Optional<?> optional ? optional : Optional.of(value);
            present.ifPresent(some -> entries.put(Names.snake(component.getName()), new Tree.Entry(NOWHERE, tree(some))));
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
