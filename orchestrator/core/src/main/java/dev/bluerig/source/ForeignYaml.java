package dev.bluerig.source;

import java.util.List;
import java.util.Optional;

/// YAML that somebody else's program reads with libyaml: a key may stand twice, anchors are followed, tags do not matter, only the first
/// document counts.
///
/// A mapping is a list of pairs, because what a second one of a key means is for that program to say. Bounded in size, depth and what
/// aliases expand to.
public sealed interface ForeignYaml {
    record Pairs(List<Pair> pairs) implements ForeignYaml {
        public Pairs {
            pairs = List.copyOf(pairs);
        }

        /// All values of a key, in their order.
        public List<ForeignYaml> all(String key) {
            return pairs.stream().filter(pair -> pair.key().equals(key)).map(Pair::value).toList();
        }
    }

    record Pair(String key, ForeignYaml value) {}

    record Items(List<ForeignYaml> items) implements ForeignYaml {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Text(String text) implements ForeignYaml {}

    /// Absent when there is nothing but blanks and comments. What libyaml would refuse, and what is beyond our bounds, throws
    /// `IllegalArgumentException` with the file's name and line.
    static Optional<ForeignYaml> read(String file, String text) {
        return new ForeignYamlReader(file, text).document();
    }
}
