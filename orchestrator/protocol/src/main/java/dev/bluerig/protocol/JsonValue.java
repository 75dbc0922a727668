package dev.bluerig.protocol;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A value on a line of the protocol, so that the agent needs no library for it. `toString` is JSON on one line.
public sealed interface JsonValue {
    record Fields(Map<String, JsonValue> fields) implements JsonValue {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /// The same and one field more, at the end.
        public Fields with(String name, JsonValue value) {
            var more = new LinkedHashMap<>(fields);
            more.put(name, value);
            return new Fields(more);
        }

        public Fields with(String name, String text) {
            return with(name, new Text(text));
        }

        public Fields with(String name, long number) {
            return with(name, new Whole(number));
        }

        public Fields with(String name, double number) {
            return with(name, new Real(number));
        }

        public Fields with(String name, boolean flag) {
            return with(name, new Flag(flag));
        }

        public Fields with(String name, Enum<?> constant) {
            return with(name, word(constant));
        }

        public Fields with(String name, List<? extends JsonValue> items) {
            return with(name, new Items(List.copyOf(items)));
        }

        @Override
        public String toString() {
            return fields.entrySet().stream().map(each -> JsonValue.quoted(each.getKey()) + ":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        }
    }

    record Items(List<JsonValue> items) implements JsonValue {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return items.stream().map(JsonValue::toString).collect(Collectors.joining(",", "[", "]"));
        }
    }

    record Text(String text) implements JsonValue {
        @Override
        public String toString() {
            return JsonValue.quoted(text);
        }
    }

    record Whole(long number) implements JsonValue {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    /// Finite; JSON has no other.
    record Real(double number) implements JsonValue {
        public Real {
            if (!Double.isFinite(number)) throw new IllegalArgumentException("not a number of JSON: " + number);
        }

        @Override
        public String toString() {
            return Double.toString(number);
        }
    }

    record Flag(boolean value) implements JsonValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    static Fields fields() {
        return new Fields(Map.of());
    }

    static Items words(List<String> words) {
        return new Items(List.copyOf(words.stream().map(Text::new).toList()));
    }

    static Items numbers(Collection<? extends Number> wholes) {
        return new Items(List.copyOf(wholes.stream().map(number -> new Whole(number.longValue())).toList()));
    }

    /// How a constant is written: `ANY_NAME` is `any-name`.
    static String word(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') quoted.append('\\').append(letter);
            else if (letter < 0x20 || Character.isSurrogate(letter)) quoted.append(String.format("\\u%04x", (int) letter));
            else quoted.append(letter);
        }
        return quoted.append('"').toString();
    }
}
