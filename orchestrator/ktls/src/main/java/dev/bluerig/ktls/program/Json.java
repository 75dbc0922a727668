package dev.bluerig.ktls.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value on a line of the protocol, so that the shipped program needs no library for it. `toString` is JSON on one line.
public sealed interface Json {
    record Fields(Map<String, Json> fields) implements Json {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /// The same and one field more, at the end.
        public Fields with(String name, Json value) {
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

        @Override
        public String toString() {
            var text = new StringBuilder("{");
            fields.forEach((name, value) -> text.append(text.length() == 1 ? "" : ",").append(Json.quoted(name)).append(':').append(value));
            return text.append('}').toString();
        }
    }

    record Items(List<Json> items) implements Json {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "[" + String.join(",", items.stream().map(Json::toString).toList()) + "]";
        }
    }

    record Text(String text) implements Json {
        @Override
        public String toString() {
            return Json.quoted(text);
        }
    }

    record Whole(long number) implements Json {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    /// Finite; JSON has no other.
    record Real(double number) implements Json {
        public Real {
            if (!Double.isFinite(number)) throw new IllegalArgumentException("not a number of JSON: " + number);
        }

        @Override
        public String toString() {
            return Double.toString(number);
        }
    }

    record Flag(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    static Fields fields() {
        return new Fields(Map.of());
    }

    static Fields event(String name) {
        return fields().with("event", name);
    }

    static Items words(List<String> words) {
        return new Items(List.<Json>copyOf(words.stream().map(Text::new).toList()));
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
