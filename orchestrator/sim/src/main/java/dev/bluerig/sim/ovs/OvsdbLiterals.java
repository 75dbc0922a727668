package dev.bluerig.sim.ovs;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Values as people write them on the command line (ovsdb-data.c, ovsdb_datum_from_string).
final class OvsdbLiterals {
    private final String text;
    private final OvsdbTransaction transaction;
    private int at;

    private OvsdbLiterals(String text, OvsdbTransaction transaction) {
        this.text = text;
        this.transaction = transaction;
    }

    static OvsdbValue value(OvsdbColumn column, String text, OvsdbTransaction transaction) {
        var literals = new OvsdbLiterals(text, transaction);
        return column.map() ? literals.map(column) : literals.set(column);
    }

    /// One key or value, quoted or bare.
    static OvsdbAtom atom(OvsdbColumn column, String text, OvsdbTransaction transaction) {
        return new OvsdbLiterals(text, transaction).atom(column);
    }

    private OvsdbValue map(OvsdbColumn column) {
        boolean braces = take('{');
        var pairs = new LinkedHashMap<OvsdbAtom, OvsdbAtom>();
        while (skip() && text.charAt(at) != '}') {
            OvsdbAtom key = OvsdbAtom.text(token());
            if (at >= text.length() || text.charAt(at) != '=')
                throw new OvsError(text + ": syntax error at \"" + text.substring(Math.min(at, text.length())) + "\"");
            at++;
            pairs.put(key, OvsdbAtom.text(token()));
        }
        if (braces && !take('}')) throw new OvsError(text + ": missing \"}\" at end of map");
        return new OvsdbValue.AtomMap(pairs);
    }

    private OvsdbValue set(OvsdbColumn column) {
        boolean brackets = take('[');
        var atoms = new ArrayList<OvsdbAtom>();
        while (skip() && text.charAt(at) != ']') {
            OvsdbAtom atom = atom(column);
            if (!atoms.contains(atom)) atoms.add(atom);
        }
        if (brackets && !take(']')) throw new OvsError(text + ": missing \"]\" at end of set");
        if (atoms.isEmpty() && !column.optional() && !brackets && column.type() == OvsdbAtom.Type.STRING) atoms.add(OvsdbAtom.text(""));
        if (atoms.size() > 1 && !column.many() || atoms.isEmpty() && !column.optional())
            throw new OvsError("\"" + text + "\" is not a valid value for " + column.name());
        return new OvsdbValue.AtomSet(atoms);
    }

    private OvsdbAtom atom(OvsdbColumn column) {
        skip();
        String word = token();
        OvsdbAtom atom = switch (column.type()) {
            case STRING -> OvsdbAtom.text(word);
            case INTEGER -> {
                if (!word.matches("-?\\d{1,18}")) throw new OvsError("\"" + word + "\" is not a valid integer or range");
                yield OvsdbAtom.number(Long.parseLong(word));
            }
            case BOOLEAN -> {
                if (word.matches("true|yes|on|1")) yield OvsdbAtom.truth(true);
                if (word.matches("false|no|off|0")) yield OvsdbAtom.truth(false);
                throw new OvsError("\"" + word + "\" is not a valid boolean (use \"true\" or \"false\")");
            }
            case UUID -> OvsdbAtom.uuid(transaction.resolve(word));
        };
        column.objection(atom).ifPresent(objection -> {
            throw new OvsError(objection);
        });
        return atom;
    }

    private boolean take(char wanted) {
        if (!skip() || text.charAt(at) != wanted) return false;
        at++;
        return true;
    }

    /// Past blanks and commas; false at the end.
    private boolean skip() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) at++;
        return at < text.length();
    }

    private String token() {
        if (at < text.length() && text.charAt(at) == '"') return quoted();
        int start = at;
        while (at < text.length() && ":=, []{}!<>".indexOf(text.charAt(at)) < 0) at++;
        // a bare word may hold colons inside (MAC addresses, patch options); it ends at `=` and the brackets
        while (at < text.length() && text.charAt(at) == ':') {
            at++;
            while (at < text.length() && ":=, []{}!<>".indexOf(text.charAt(at)) < 0) at++;
        }
        if (at == start) throw new OvsError(text + ": syntax error at \"" + text.substring(at) + "\"");
        return text.substring(start, at);
    }

    private String quoted() {
        var word = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return word.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                char escaped = text.charAt(++at);
                word.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                word.append(c);
            }
        }
        throw new OvsError(text + ": unterminated quoted string");
    }

}
