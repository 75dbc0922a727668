package dev.bluerig.sim.ovs;

/// One value of a column (RFC 7047, section 5.1), as text with its type.
record OvsdbAtom(Type type, String text) implements Comparable<OvsdbAtom> {
    enum Type { STRING, INTEGER, BOOLEAN, UUID }

    static OvsdbAtom text(String text) {
        return new OvsdbAtom(Type.STRING, text);
    }

    static OvsdbAtom number(long number) {
        return new OvsdbAtom(Type.INTEGER, String.valueOf(number));
    }

    static OvsdbAtom truth(boolean truth) {
        return new OvsdbAtom(Type.BOOLEAN, String.valueOf(truth));
    }

    static OvsdbAtom uuid(String uuid) {
        return new OvsdbAtom(Type.UUID, uuid);
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
    public int compareTo(OvsdbAtom other) {
        if (type == Type.INTEGER && other.type == Type.INTEGER) return Long.compare(Long.parseLong(text), Long.parseLong(other.text));
        return text.compareTo(other.text);
    }
}
