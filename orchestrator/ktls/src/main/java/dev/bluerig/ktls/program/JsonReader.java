package dev.bluerig.ktls.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Reads one line of JSON, strictly: RFC 8259 without `null`, no field twice, nothing after the value, at most 16 levels.
final class JsonReader {
    private static final int DEEPEST = 16;

    private final String line;
    private int at;
    private int depth;

    private JsonReader(String line) {
        this.line = line;
    }

    static Json read(String line) throws BadLine {
        var reader = new JsonReader(line);
        Json value = reader.value();
        reader.blanks();
        if (reader.at < line.length()) throw reader.bad("the end of the line");
        return value;
    }

    private Json value() throws BadLine {
        blanks();
        if (++depth > DEEPEST) throw bad("at most " + DEEPEST + " levels");
        Json value = switch (letter()) {
            case '{' -> fields();
            case '[' -> items();
            case '"' -> new Json.Text(text());
            case 't' -> word("true", new Json.Flag(true));
            case 'f' -> word("false", new Json.Flag(false));
            default -> number();
        };
        depth--;
        return value;
    }

    private Json fields() throws BadLine {
        var fields = new LinkedHashMap<String, Json>();
        at++;
        blanks();
        if (took('}')) return new Json.Fields(fields);
        do {
            blanks();
            if (letter() != '"') throw bad("a field's name in quotes");
            int start = at;
            String name = text();
            blanks();
            if (!took(':')) throw bad("a colon after `" + name + "`");
            if (fields.putIfAbsent(name, value()) != null) {
                at = start;
                throw bad("`" + name + "` once");
            }
            blanks();
        } while (took(','));
        if (!took('}')) throw bad("a comma or }");
        return new Json.Fields(fields);
    }

    private Json items() throws BadLine {
        var items = new ArrayList<Json>();
        at++;
        blanks();
        if (took(']')) return new Json.Items(items);
        do {
            items.add(value());
            blanks();
        } while (took(','));
        if (!took(']')) throw bad("a comma or ]");
        return new Json.Items(items);
    }

    private String text() throws BadLine {
        var text = new StringBuilder();
        at++;
        while (letter() != '"') {
            if (letter() < 0x20) throw bad(at < line.length() ? "no control character in a text" : "a closing quote");
            if (letter() == '\\') text.append(escaped());
            else text.append(line.charAt(at++));
        }
        at++;
        return text.toString();
    }

    private char escaped() throws BadLine {
        at++;
        char letter = letter();
        int index = "\"\\/bfnrt".indexOf(letter);
        if (index >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(index);
        }
        if (letter != 'u' || at + 5 > line.length() || !line.substring(at + 1, at + 5).chars().allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 128)) throw bad("an escape");
        at += 5;
        return (char) Integer.parseInt(line.substring(at - 4, at), 16);
    }

    private Json number() throws BadLine {
        int start = at;
        took('-');
        if (!took('0')) digits();
        boolean whole = true;
        if (took('.')) {
            digits();
            whole = false;
        }
        if (took('e') || took('E')) {
            if (!took('+')) took('-');
            digits();
            whole = false;
        }
        String text = line.substring(start, at);
        try {
            if (whole) return new Json.Whole(Long.parseLong(text));
            return new Json.Real(Double.parseDouble(text));
        } catch (IllegalArgumentException large) {
            at = start;
            throw bad("a number that 64 bits hold");
        }
    }

    private void digits() throws BadLine {
        int start = at;
        while (letter() >= '0' && letter() <= '9') at++;
        if (at == start) throw bad("a value");
    }

    private Json word(String word, Json value) throws BadLine {
        if (!line.startsWith(word, at)) throw bad("a value");
        at += word.length();
        return value;
    }

    /// 0 at the end of the line.
    private char letter() {
        return at < line.length() ? line.charAt(at) : 0;
    }

    private boolean took(char wanted) {
        if (at >= line.length() || line.charAt(at) != wanted) return false;
        at++;
        return true;
    }

    private void blanks() {
        while (letter() == ' ' || letter() == '\t' || letter() == '\r') at++;
    }

    private BadLine bad(String wanted) {
        String rest = line.substring(Math.min(at, line.length()));
        return new BadLine("wanted " + wanted + " at column " + (at + 1) + ", found " + (rest.isEmpty() ? "the end of the line" : "`" + rest.substring(0, Math.min(20, rest.length())) + "`"));
    }
}
