package dev.bluerig.lab.sim.ovs;

import java.util.List;
import java.util.Map;

/// What stands in a column: a set (of one for a plain column) or a map.
sealed interface Value {
    record Many(List<Atom> atoms) implements Value {
        public Many {
            atoms = List.copyOf(atoms);
        }
    }

    record Pairs(Map<Atom, Atom> pairs) implements Value {
        public Pairs {
            pairs = Map.copyOf(pairs);
        }
    }

    static Value text(String text) {
        return new Many(List.of(Atom.text(text)));
    }

    static Value number(long number) {
        return new Many(List.of(Atom.number(number)));
    }

    static Value truth(boolean truth) {
        return new Many(List.of(Atom.truth(truth)));
    }

    static Value nothing() {
        return new Many(List.of());
    }

    static Value rows(List<String> uuids) {
        return new Many(uuids.stream().map(Atom::uuid).toList());
    }

    /// The only value, or empty text.
    default String single() {
        return switch (this) {
            case Many(List<Atom> atoms) -> atoms.isEmpty() ? "" : atoms.getFirst().text();
            case Pairs pairs -> "";
        };
    }

    default List<String> texts() {
        return switch (this) {
            case Many(List<Atom> atoms) -> atoms.stream().map(Atom::text).toList();
            case Pairs pairs -> List.of();
        };
    }
}
