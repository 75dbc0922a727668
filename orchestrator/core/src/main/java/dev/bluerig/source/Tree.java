package dev.bluerig.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What YAML and JSON become: text with its place. A scalar is text; only whoever binds it knows its type.
public sealed interface Tree {
    Location at();

    /// Keys in the order they were written.
    record Mapping(Location at, Map<String, Entry> entries) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public Optional<Tree> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }
    }

    /// A key's own place, for errors that speak of the key.
    record Entry(Location keyAt, Tree value) {}

    record Sequence(Location at, List<Tree> items) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// `plain`: written without quotes, so `true` and `12` may be typed.
    record Scalar(Location at, String text, boolean plain) implements Tree {
        /// YAML's empty value (`key:`) and JSON's null.
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }
    }
}
