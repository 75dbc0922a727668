package dev.bluerig.sim.ovs;

import java.util.List;
import java.util.Map;

/// What stands in a column: a set (of one for a plain column) or a map.
sealed interface OvsdbValue {
    record Many(List<OvsdbAtom> atoms) implements OvsdbValue {
        public Many {
            atoms = List.copyOf(atoms);
        }
    }

    record Pairs(Map<OvsdbAtom, OvsdbAtom> pairs) implements OvsdbValue {
        public Pairs {
            pairs = Map.copyOf(pairs);
        }
    }

    static OvsdbValue text(String text) {
        return new Many(List.of(OvsdbAtom.text(text)));
    }

    static OvsdbValue number(long number) {
        return new Many(List.of(OvsdbAtom.number(number)));
    }

    static OvsdbValue truth(boolean truth) {
        return new Many(List.of(OvsdbAtom.truth(truth)));
    }

    static OvsdbValue nothing() {
        return new Many(List.of());
    }

    static OvsdbValue rows(List<String> uuids) {
        return new Many(uuids.stream().map(OvsdbAtom::uuid).toList());
    }

    /// The only value, or empty text.
    default String single() {
        return switch (this) {
            case Many(List<OvsdbAtom> atoms) -> atoms.isEmpty() ? "" : atoms.getFirst().text();
            case Pairs pairs -> "";
        };
    }

    default List<String> texts() {
        return switch (this) {
            case Many(List<OvsdbAtom> atoms) -> atoms.stream().map(OvsdbAtom::text).toList();
            case Pairs pairs -> List.of();
        };
    }
}
