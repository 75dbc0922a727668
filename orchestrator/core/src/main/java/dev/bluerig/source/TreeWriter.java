package dev.bluerig.source;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
            case Record record -> (Written.of(record.getClass()).trusted ? OURS : this).record(record);
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
        Written type = Written.of(record.getClass());
        if (type.value) return text(said.apply((String) type.fields.getFirst().of(record)));
        if (type.items) return of(type.fields.getFirst().of(record));
        var entries = new LinkedHashMap<String, Tree.Entry>();
        for (Field field : type.fields) {
            Object value = field.of(record);
            if (value instanceof Optional<?> optional) value = optional.orElse(null);
            if (value != null) entries.put(field.name, new Tree.Entry(NOWHERE, (field.trusted ? OURS : this).of(value)));
        }
        return new Tree.Mapping(NOWHERE, entries);
    }

    /// What writing needs to know of a record class, looked up once. `value`: it stands for one text. `items`: for a list.
    private record Written(boolean value, boolean items, boolean trusted, List<Field> fields) {
        private static final ClassValue<Written> TYPES = new ClassValue<>() {
            @Override
            protected Written computeValue(Class<?> type) {
                return new Written(YamlNames.isValue(type), type.isAnnotationPresent(Items.class),
                    type.isAnnotationPresent(TrustedText.class), Arrays.stream(type.getRecordComponents()).map(Field::of).toList());
            }
        };

        static Written of(Class<?> type) {
            return TYPES.get(type);
        }
    }

    private record Field(String name, Method accessor, boolean trusted) {
        static Field of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return new Field(YamlNames.snake(component.getName()), accessor, component.isAnnotationPresent(TrustedText.class));
        }

        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("cannot read " + accessor, impossible);
            }
        }
    }

    private static Tree plain(String text) {
        return new Tree.Scalar(NOWHERE, text, true);
    }

    private static Tree text(String text) {
        return new Tree.Scalar(NOWHERE, text, false);
    }
}
