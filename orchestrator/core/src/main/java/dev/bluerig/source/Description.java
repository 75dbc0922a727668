package dev.bluerig.source;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be written for a record, taken from the record itself, for `explain` and the generated reference.
///
/// `list`: it is written as a list of these (or as its only item).
public record Description(String name, String text, String example, boolean list, List<Field> fields) {
    public Description {
        fields = List.copyOf(fields);
    }

    /// `type` in words; `absent` is what an absent field stands for: a YAML text, or empty for nothing; no value means mandatory.
    /// `inner` describes the record in the field, also behind `Optional`, `List`, `Set` and `Map`.
    public record Field(String name, String type, String text, String example, Optional<String> absent, Optional<Description> inner) {
        public boolean mandatory() {
            return absent.isEmpty();
        }
    }

    static Description of(Class<?> type) {
        Optional<Described> described = Optional.ofNullable(type.getAnnotation(Described.class));
        String text = described.map(Described::value).orElse("");
        String example = described.map(Described::example).orElse("");
        if (!type.isAnnotationPresent(Items.class))
            return new Description(YamlNames.words(type), text, example, false,
                Arrays.stream(type.getRecordComponents()).map(Description::field).toList());
        Class<?> item = YamlNames.raw(YamlNames.argument(type.getRecordComponents()[0].getGenericType(), 0));
        if (!item.isRecord() || Scalars.isScalar(item)) return new Description(YamlNames.words(type), text, example, true, List.of());
        Description each = of(item);
        return new Description(YamlNames.words(type), text.isEmpty() ? each.text : text, example.isEmpty() ? each.example : example, true,
            each.fields);
    }

    private static Field field(RecordComponent component) {
        Optional<Described> described = Optional.ofNullable(component.getAnnotation(Described.class));
        Optional<String> absent = described.map(Described::absent).filter(text -> !text.equals(Described.MANDATORY));
        if (absent.isEmpty() && component.getType() == Optional.class) absent = Optional.of("");
        return new Field(YamlNames.snake(component.getName()), words(component.getGenericType()),
            described.map(Described::value).orElse(""),
            described.map(Described::example).orElse(""), absent, inner(component.getGenericType()));
    }

    private static String words(Type type) {
        Class<?> raw = YamlNames.raw(type);
        if (raw == Optional.class) return words(YamlNames.argument(type, 0));
        if (raw == List.class || raw == Set.class) return "list of " + words(YamlNames.argument(type, 0));
        if (raw == Map.class) return "mapping of names to " + words(YamlNames.argument(type, 1));
        if (raw == Tree.class || raw == Object.class) return "anything";
        if (Scalars.isScalar(raw)) return Scalars.words(raw);
        return raw.isAnnotationPresent(Items.class) ? "list" : "mapping";
    }

    private static Optional<Description> inner(Type type) {
        Class<?> raw = YamlNames.raw(type);
        if (raw == Optional.class || raw == List.class || raw == Set.class) return inner(YamlNames.argument(type, 0));
        if (raw == Map.class) return inner(YamlNames.argument(type, 1));
        return raw.isRecord() && !Scalars.isScalar(raw) ? Optional.of(of(raw)) : Optional.empty();
    }
}
