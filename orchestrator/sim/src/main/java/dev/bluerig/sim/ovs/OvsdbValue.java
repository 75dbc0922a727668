package dev.bluerig.sim.ovs;

import java.util.List;
import java.util.Map;

/// What stands in a column: a set (of one for a plain column) or a map.
sealed interface OvsdbValue {
    record AtomSet(List<OvsdbAtom> atoms) implements OvsdbValue {
        public AtomSet {
            atoms = List.copyOf(atoms);
        }
    }

    record AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs) implements OvsdbValue {
        public AtomMap {
            pairs = Map.copyOf(pairs);
        }
    }

    static OvsdbValue text(String text) {
        return new AtomSet(List.of(OvsdbAtom.text(text)));
    }

    static OvsdbValue number(long number) {
        return new AtomSet(List.of(OvsdbAtom.number(number)));
    }

    static OvsdbValue truth(boolean truth) {
        return new AtomSet(List.of(OvsdbAtom.truth(truth)));
    }

    static OvsdbValue nothing() {
        return new AtomSet(List.of());
    }

    static OvsdbValue rows(List<String> uuids) {
        return new AtomSet(uuids.stream().map(OvsdbAtom::uuid).toList());
    }

    /// The only value, or empty text.
    default String single() {
        return switch (this) {
            case AtomSet(List<OvsdbAtom> atoms) -> atoms.isEmpty() ? "" : atoms.getFirst().text();
            case AtomMap pairs -> "";
        };
    }

    default List<String> texts() {
        return switch (this) {
            case AtomSet(List<OvsdbAtom> atoms) -> atoms.stream().map(OvsdbAtom::text).toList();
            case AtomMap pairs -> List.of();
        };
    }
}
