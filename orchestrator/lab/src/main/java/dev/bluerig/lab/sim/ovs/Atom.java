package dev.bluerig.lab.sim.ovs;

import dev.bluerig.lab.sim.tool.JsonText;

/// One value of a column (RFC 7047, section 5.1), as text with its type.
record Atom(Type type, String text) implements Comparable<Atom> {
    enum Type { STRING, INTEGER, BOOLEAN, UUID }

    static Atom text(String text) {
        return new Atom(Type.STRING, text);
    }

    static Atom number(long number) {
        return new Atom(Type.INTEGER, String.valueOf(number));
    }

    static Atom truth(boolean truth) {
        return new Atom(Type.BOOLEAN, String.valueOf(truth));
    }

    static Atom uuid(String uuid) {
        return new Atom(Type.UUID, uuid);
    }

    String json() {
        return switch (type) {
            case STRING -> JsonText.quoted(text);
            case INTEGER, BOOLEAN -> text;
            case UUID -> "[\"uuid\"," + JsonText.quoted(text) + "]";
        };
    }

    /// As `get` and `list` print it: quotes only where needed (ovsdb-data.c, string_needs_quotes).
    String plain() {
        if (type != Type.STRING) return text;
        boolean bare = text.matches("[A-Za-z_][A-Za-z0-9_.-]*") && !text.equals("true") && !text.equals("false");
        return bare ? text : JsonText.quoted(text);
    }

    @Override
    public int compareTo(Atom other) {
        if (type == Type.INTEGER && other.type == Type.INTEGER) return Long.compare(Long.parseLong(text), Long.parseLong(other.text));
        return text.compareTo(other.text);
    }
}
