package dev.bluerig.lab.sim.ovs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What may stand in a column: a part of `vswitch.ovsschema` of OVS 3.1.
///
/// `many`: more than one value; `optional`: none is allowed. `allowed` and `least` to `most` limit values.
record Column(String name, Atom.Type type, boolean map, boolean many, boolean optional, List<String> allowed, long least, long most) {
    static Column text(String name) {
        return new Column(name, Atom.Type.STRING, false, false, false, List.of(), 0, 0);
    }

    static Column maybe(String name) {
        return new Column(name, Atom.Type.STRING, false, false, true, List.of(), 0, 0);
    }

    static Column oneOf(String name, String... allowed) {
        return new Column(name, Atom.Type.STRING, false, false, true, List.of(allowed), 0, 0);
    }

    static Column truth(String name) {
        return new Column(name, Atom.Type.BOOLEAN, false, false, false, List.of(), 0, 0);
    }

    static Column maybeTruth(String name) {
        return new Column(name, Atom.Type.BOOLEAN, false, false, true, List.of(), 0, 0);
    }

    static Column number(String name) {
        return new Column(name, Atom.Type.INTEGER, false, false, false, List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static Column maybeNumber(String name, long least, long most) {
        return new Column(name, Atom.Type.INTEGER, false, false, true, List.of(), least, most);
    }

    static Column numbers(String name, long least, long most) {
        return new Column(name, Atom.Type.INTEGER, false, true, true, List.of(), least, most);
    }

    static Column texts(String name) {
        return new Column(name, Atom.Type.STRING, false, true, true, List.of(), 0, 0);
    }

    static Column rows(String name) {
        return new Column(name, Atom.Type.UUID, false, true, true, List.of(), 0, 0);
    }

    static Column maybeRow(String name) {
        return new Column(name, Atom.Type.UUID, false, false, true, List.of(), 0, 0);
    }

    static Column map(String name) {
        return new Column(name, Atom.Type.STRING, true, true, true, List.of(), 0, 0);
    }

    Value standard() {
        if (map) return new Value.Pairs(Map.of());
        if (optional) return new Value.Many(List.of());
        return new Value.Many(List.of(switch (type) {
            case STRING -> Atom.text("");
            case INTEGER -> Atom.number(0);
            case BOOLEAN -> Atom.truth(false);
            case UUID -> Atom.uuid("00000000-0000-0000-0000-000000000000");
        }));
    }

    /// Why this value may not stand here, in the words of ovsdb-data.c.
    Optional<String> objection(Atom atom) {
        if (!allowed.isEmpty() && !allowed.contains(atom.text()))
            return Optional.of("constraint violation: " + atom.text() + " is not one of the allowed values ([" + String.join(", ", allowed) + "])");
        if (type == Atom.Type.INTEGER) {
            long number = Long.parseLong(atom.text());
            if (number < least || number > most)
                return Optional.of("constraint violation: " + number + " is not in the valid range " + least + " to " + most + " (inclusive)");
        }
        return Optional.empty();
    }

    /// The value as JSON (RFC 7047): one value of a set stands bare.
    String json(Value value) {
        return switch (value) {
            case Value.Pairs(Map<Atom, Atom> pairs) -> {
                var text = new StringBuilder("[\"map\",[");
                new TreeMap<>(pairs).forEach((key, entry) -> text.append(text.charAt(text.length() - 1) == '[' ? "" : ",").append('[').append(key.json()).append(',').append(entry.json()).append(']'));
                yield text.append("]]").toString();
            }
            case Value.Many(List<Atom> atoms) when atoms.size() == 1 -> atoms.getFirst().json();
            case Value.Many(List<Atom> atoms) -> "[\"set\",[" + String.join(",", atoms.stream().sorted().map(Atom::json).toList()) + "]]";
        };
    }

    /// The value as `get` prints it (ovsdb_datum_to_string).
    String plain(Value value) {
        return switch (value) {
            case Value.Pairs(Map<Atom, Atom> pairs) -> "{" + String.join(", ", new TreeMap<>(pairs).entrySet().stream()
                .map(entry -> entry.getKey().plain() + "=" + entry.getValue().plain()).toList()) + "}";
            case Value.Many(List<Atom> atoms) -> {
                String list = String.join(", ", atoms.stream().sorted().map(Atom::plain).toList());
                yield many || atoms.isEmpty() ? "[" + list + "]" : list;
            }
        };
    }
}
