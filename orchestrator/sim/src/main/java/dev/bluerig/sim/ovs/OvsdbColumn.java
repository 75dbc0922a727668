package dev.bluerig.sim.ovs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What may stand in a column: a part of `vswitch.ovsschema` of OVS 3.1.
///
/// `many`: more than one value; `optional`: none is allowed. `allowed` and `least` to `most` limit values.
record OvsdbColumn(String name, OvsdbAtom.Type type, boolean map, boolean many, boolean optional, List<String> allowed, long least,
    long most) {
    static OvsdbColumn text(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.STRING, false, false, false, List.of(), 0, 0);
    }

    static OvsdbColumn maybe(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.STRING, false, false, true, List.of(), 0, 0);
    }

    static OvsdbColumn oneOf(String name, String... allowed) {
        return new OvsdbColumn(name, OvsdbAtom.Type.STRING, false, false, true, List.of(allowed), 0, 0);
    }

    static OvsdbColumn truth(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.BOOLEAN, false, false, false, List.of(), 0, 0);
    }

    static OvsdbColumn maybeTruth(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.BOOLEAN, false, false, true, List.of(), 0, 0);
    }

    static OvsdbColumn number(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.INTEGER, false, false, false, List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static OvsdbColumn maybeNumber(String name, long least, long most) {
        return new OvsdbColumn(name, OvsdbAtom.Type.INTEGER, false, false, true, List.of(), least, most);
    }

    static OvsdbColumn numbers(String name, long least, long most) {
        return new OvsdbColumn(name, OvsdbAtom.Type.INTEGER, false, true, true, List.of(), least, most);
    }

    static OvsdbColumn texts(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.STRING, false, true, true, List.of(), 0, 0);
    }

    static OvsdbColumn rows(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.UUID, false, true, true, List.of(), 0, 0);
    }

    static OvsdbColumn maybeRow(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.UUID, false, false, true, List.of(), 0, 0);
    }

    static OvsdbColumn map(String name) {
        return new OvsdbColumn(name, OvsdbAtom.Type.STRING, true, true, true, List.of(), 0, 0);
    }

    OvsdbValue standard() {
        if (map) return new OvsdbValue.AtomMap(Map.of());
        if (optional) return new OvsdbValue.AtomSet(List.of());
        return new OvsdbValue.AtomSet(List.of(switch (type) {
            case STRING -> OvsdbAtom.text("");
            case INTEGER -> OvsdbAtom.number(0);
            case BOOLEAN -> OvsdbAtom.truth(false);
            case UUID -> OvsdbAtom.uuid("00000000-0000-0000-0000-000000000000");
        }));
    }

    /// Why this value may not stand here, in the words of ovsdb-data.c.
    Optional<String> objection(OvsdbAtom atom) {
        if (!allowed.isEmpty() && !allowed.contains(atom.text()))
            return Optional.of("constraint violation: " + atom.text() + " is not one of the allowed values ([" + String.join(", ", allowed)
                + "])");
        if (type == OvsdbAtom.Type.INTEGER) {
            long number = Long.parseLong(atom.text());
            if (number < least || number > most)
                return Optional.of("constraint violation: " + number + " is not in the valid range " + least + " to " + most
                    + " (inclusive)");
        }
        return Optional.empty();
    }

    /// The value as JSON (RFC 7047): one value of a set stands bare.
    String json(OvsdbValue value) {
        return switch (value) {
            case OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs) -> {
                var text = new StringBuilder("[\"map\",[");
                new TreeMap<>(pairs).forEach((key, entry) -> text.append(text.charAt(text.length() - 1) == '[' ? "" : ",").append('[')
                    .append(key.json()).append(',').append(entry.json()).append(']'));
                yield text.append("]]").toString();
            }
            case OvsdbValue.AtomSet(List<OvsdbAtom> atoms) when atoms.size() == 1 -> atoms.getFirst().json();
            case OvsdbValue.AtomSet(List<OvsdbAtom> atoms) -> "[\"set\",["
                + String.join(",", atoms.stream().sorted().map(OvsdbAtom::json).toList()) + "]]";
        };
    }

    /// The value as `get` prints it (ovsdb_datum_to_string).
    String plain(OvsdbValue value) {
        return switch (value) {
            case OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs) -> "{" + String.join(", ", new TreeMap<>(pairs).entrySet().stream()
                .map(entry -> entry.getKey().plain() + "=" + entry.getValue().plain()).toList()) + "}";
            case OvsdbValue.AtomSet(List<OvsdbAtom> atoms) -> {
                String list = String.join(", ", atoms.stream().sorted().map(OvsdbAtom::plain).toList());
                yield many || atoms.isEmpty() ? "[" + list + "]" : list;
            }
        };
    }
}
