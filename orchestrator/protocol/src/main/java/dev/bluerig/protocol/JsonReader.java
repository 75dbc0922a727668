package dev.bluerig.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Reads one line of JSON, strictly: RFC 8259 without `null`, no field twice, nothing after the value, at most 16 levels.
public final class JsonReader {
    private static final int DEEPEST = 16;

    private final String line;
    private int at;
    private int depth;

    private JsonReader(String line) {
        this.line = line;
    }

    public static JsonValue read(String line) throws MalformedLine {
        var reader = new JsonReader(line);
        JsonValue value = reader.value();
        reader.blanks();
        if (reader.at < line.length()) throw reader.bad("the end of the line");
        return value;
    }

    private JsonValue value() throws MalformedLine {
        blanks();
        if (++depth > DEEPEST) throw bad("at most " + DEEPEST + " levels");
        JsonValue value = switch (letter()) {
            case '{' -> fields();
            case '[' -> items();
            case '"' -> new JsonValue.Text(text());
            case 't' -> word("true", new JsonValue.Flag(true));
            case 'f' -> word("false", new JsonValue.Flag(false));
            default -> number();
        };
        depth--;
        return value;
    }

    private JsonValue fields() throws MalformedLine {
        var fields = new LinkedHashMap<String, JsonValue>();
        at++;
        blanks();
        if (took('}')) return new JsonValue.Fields(fields);
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
        return new JsonValue.Fields(fields);
    }

    private JsonValue items() throws MalformedLine {
        var items = new ArrayList<JsonValue>();
        at++;
        blanks();
        if (took(']')) return new JsonValue.Items(items);
        do {
            items.add(value());
            blanks();
        } while (took(','));
        if (!took(']')) throw bad("a comma or ]");
        return new JsonValue.Items(items);
    }

    private String text() throws MalformedLine {
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

    private char escaped() throws MalformedLine {
        at++;
        char letter = letter();
        int index = "\"\\/bfnrt".indexOf(letter);
        if (index >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(index);
        }
        if (letter != 'u' || at + 5 > line.length()) throw bad("an escape");
        if (!line.substring(at + 1, at + 5).chars().allMatch(JsonReader::hexadecimal)) throw bad("an escape");
        at += 5;
        return (char) Integer.parseInt(line.substring(at - 4, at), 16);
    }

    private static boolean hexadecimal(int letter) {
        return letter < 128 && Character.digit(letter, 16) >= 0;
    }

    private JsonValue number() throws MalformedLine {
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
            if (whole) return new JsonValue.Whole(Long.parseLong(text));
            return new JsonValue.Real(Double.parseDouble(text));
        } catch (IllegalArgumentException large) {
            at = start;
            throw bad("a number that 64 bits hold");
        }
    }

    private void digits() throws MalformedLine {
        int start = at;
        while (letter() >= '0' && letter() <= '9') at++;
        if (at == start) throw bad("a value");
    }

    private JsonValue word(String word, JsonValue value) throws MalformedLine {
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

    private MalformedLine bad(String wanted) {
        String rest = line.substring(Math.min(at, line.length()));
        String found = rest.isEmpty() ? "the end of the line" : "`" + rest.substring(0, Math.min(20, rest.length())) + "`";
        return new MalformedLine("wanted " + wanted + " at column " + (at + 1) + ", found " + found);
    }
}
