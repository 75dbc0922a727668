package dev.bluerig.lab.sim.ovs;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Values as people write them on the command line (ovsdb-data.c, ovsdb_datum_from_string).
final class Literals {
    private final String text;
    private final Transaction transaction;
    private int at;

    private Literals(String text, Transaction transaction) {
        this.text = text;
        this.transaction = transaction;
    }

    static Value value(Column column, String text, Transaction transaction) {
        var literals = new Literals(text, transaction);
        return column.map() ? literals.map(column) : literals.set(column);
    }

    /// One key or value, quoted or bare.
    static Atom atom(Column column, String text, Transaction transaction) {
        return new Literals(text, transaction).atom(column);
    }

    private Value map(Column column) {
        boolean braces = take('{');
        var pairs = new LinkedHashMap<Atom, Atom>();
        while (skip() && text.charAt(at) != '}') {
            Atom key = Atom.text(token());
            if (at >= text.length() || text.charAt(at) != '=') throw new OvsProblem(text + ": syntax error at \"" + text.substring(Math.min(at, text.length())) + "\"");
            at++;
            pairs.put(key, Atom.text(token()));
        }
        if (braces && !take('}')) throw new OvsProblem(text + ": missing \"}\" at end of map");
        return new Value.Pairs(pairs);
    }

    private Value set(Column column) {
        boolean brackets = take('[');
        var atoms = new ArrayList<Atom>();
        while (skip() && text.charAt(at) != ']') {
            Atom atom = atom(column);
            if (!atoms.contains(atom)) atoms.add(atom);
        }
        if (brackets && !take(']')) throw new OvsProblem(text + ": missing \"]\" at end of set");
        if (atoms.isEmpty() && !column.optional() && !brackets && column.type() == Atom.Type.STRING) atoms.add(Atom.text(""));
        if (atoms.size() > 1 && !column.many() || atoms.isEmpty() && !column.optional())
            throw new OvsProblem("\"" + text + "\" is not a valid value for " + column.name());
        return new Value.Many(atoms);
    }

    private Atom atom(Column column) {
        skip();
        String word = token();
        Atom atom = switch (column.type()) {
            case STRING -> Atom.text(word);
            case INTEGER -> {
                if (!word.matches("-?\\d{1,18}")) throw new OvsProblem("\"" + word + "\" is not a valid integer or range");
                yield Atom.number(Long.parseLong(word));
            }
            case BOOLEAN -> {
                if (word.matches("true|yes|on|1")) yield Atom.truth(true);
                if (word.matches("false|no|off|0")) yield Atom.truth(false);
                throw new OvsProblem("\"" + word + "\" is not a valid boolean (use \"true\" or \"false\")");
            }
            case UUID -> Atom.uuid(transaction.resolve(word));
        };
        column.objection(atom).ifPresent(objection -> {
            throw new OvsProblem(objection);
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
        if (at == start) throw new OvsProblem(text + ": syntax error at \"" + text.substring(at) + "\"");
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
        throw new OvsProblem(text + ": unterminated quoted string");
    }

}
