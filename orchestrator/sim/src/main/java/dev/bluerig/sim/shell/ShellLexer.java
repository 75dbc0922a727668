package dev.bluerig.sim.shell;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lexical half of the shell: quoting, expansions as written, what stands between words.
final class ShellLexer {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final String METACHARACTERS = " \t\n;&|()<>";

    private final ScriptSource source;

    ShellLexer(ScriptSource source) {
        this.source = source;
    }

    /// Skips blanks, continued lines and a comment.
    void blanks() {
        while (true) {
            int c = source.peek();
            if (c == ' ' || c == '\t') {
                source.next();
            } else if (c == '\\') {
                source.next();
                if (source.peek() != '\n') {
                    source.unread("\\");
                    return;
                }
                source.next();
            } else if (c == '#') {
                while (source.peek() >= 0 && source.peek() != '\n') source.next();
                return;
            } else {
                return;
            }
        }
    }

    boolean atEnd() {
        return source.peek() < 0 || METACHARACTERS.indexOf(source.peek()) >= 0;
    }

    /// True when one of these reserved words stands next; nothing is consumed.
    boolean reservedAhead(Set<String> wanted) {
        var text = new StringBuilder();
        while (text.length() < 8 && source.peek() >= 0 && (Character.isLetter(source.peek()) || "{}!".indexOf(source.peek()) >= 0))
            text.append((char) source.next());
        boolean delimited = !text.isEmpty() && wanted.contains(text.toString()) && atEnd();
        source.unread(text);
        return delimited;
    }

    /// Consumes `&&` or `||` if it stands next.
    boolean doubled(char c) {
        if (!doubledAhead(c)) return false;
        source.next();
        source.next();
        return true;
    }

    boolean doubledAhead(char c) {
        if (source.peek() != c) return false;
        source.next();
        boolean doubled = source.peek() == c;
        source.unread(String.valueOf(c));
        return doubled;
    }

    /// The number that stands directly before `<` or `>`, or -1.
    int descriptor() {
        var digits = new StringBuilder();
        while (digits.length() < 3 && source.peek() >= '0' && source.peek() <= '9') digits.append((char) source.next());
        if (!digits.isEmpty() && (source.peek() == '<' || source.peek() == '>')) return Integer.parseInt(digits.toString());
        source.unread(digits);
        return -1;
    }

    ShellWord word() {
        if (atEnd()) throw new SyntaxError("Syntax error: word expected");
        var parts = new ArrayList<ShellWord.Part>();
        var text = new StringBuilder();
        if (source.peek() == '~') {
            source.next();
            if (atEnd() || source.peek() == '/') parts.add(new ShellWord.Variable("HOME", "", ShellWord.of(""), true));
            else text.append('~');
        }
        while (!atEnd()) {
            int c = source.next();
            if (c == '\'') {
                flush(parts, text, false);
                parts.add(new ShellWord.Text(until('\''), true));
            } else if (c == '"') {
                flush(parts, text, false);
                quoted(parts);
            } else if (c == '\\') {
                int escaped = source.next();
                if (escaped == '\n' || escaped < 0) continue;
                flush(parts, text, false);
                parts.add(new ShellWord.Text(String.valueOf((char) escaped), true));
            } else if (c == '$') {
                dollar(parts, text, false);
            } else if (c == '`') {
                throw new SyntaxError("Syntax error: backquotes are not simulated, write $(...)");
            } else {
                text.append((char) c);
            }
        }
        flush(parts, text, false);
        return new ShellWord(parts);
    }

    private void quoted(List<ShellWord.Part> parts) {
        var text = new StringBuilder();
        int before = parts.size();
        while (true) {
            int c = source.next();
            if (c < 0) throw new SyntaxError("Syntax error: Unterminated quoted string");
            if (c == '"') break;
            inQuotes(parts, text, c, "$`\"\\");
        }
        flush(parts, text, true);
        if (parts.size() == before) parts.add(new ShellWord.Text("", true));
    }

    private void inQuotes(List<ShellWord.Part> parts, StringBuilder text, int c, String escapable) {
        if (c == '\\') {
            int escaped = source.next();
            if (escaped == '\n') return;
            if (escapable.indexOf(escaped) < 0) text.append('\\');
            if (escaped >= 0) text.append((char) escaped);
        } else if (c == '$') {
            dollar(parts, text, true);
        } else if (c == '`') {
            throw new SyntaxError("Syntax error: backquotes are not simulated, write $(...)");
        } else {
            text.append((char) c);
        }
    }

    private void dollar(List<ShellWord.Part> parts, StringBuilder text, boolean quoted) {
        int c = source.peek();
        if (c == '(') {
            source.next();
            if (source.peek() == '(') throw new SyntaxError("Syntax error: arithmetic is not simulated");
            flush(parts, text, quoted);
            ScriptNode body = new ScriptParser(source).substitution();
            parts.add(new ShellWord.Substitution(body, quoted));
        } else if (c == '{') {
            source.next();
            flush(parts, text, quoted);
            parts.add(braced(quoted));
        } else if (c >= 0 && (Character.isLetter(c) || c == '_')) {
            flush(parts, text, quoted);
            parts.add(new ShellWord.Variable(name(), "", ShellWord.of(""), quoted));
        } else if (c >= 0 && "?$!#@*0123456789-".indexOf(c) >= 0) {
            source.next();
            flush(parts, text, quoted);
            parts.add(new ShellWord.Variable(String.valueOf((char) c), "", ShellWord.of(""), quoted));
        } else {
            text.append('$');
        }
    }

    private ShellWord.Part braced(boolean quoted) {
        boolean length = source.peek() == '#';
        if (length) {
            source.next();
            if (source.peek() == '}') {
                source.next();
                return new ShellWord.Variable("#", "", ShellWord.of(""), quoted);
            }
        }
        String name = source.peek() >= 0 && "?$!#@*".indexOf(source.peek()) >= 0 ? String.valueOf((char) source.next()) : name();
        var operator = new StringBuilder(length ? "length" : "");
        while (source.peek() >= 0 && ":-+=%#?".indexOf(source.peek()) >= 0 && operator.length() < 2) operator.append((char) source.next());
        if (!Set.of("", "length", "-", ":-", "+", ":+", "=", ":=", "%", "%%", "#", "##").contains(operator.toString()))
            throw new SyntaxError("Syntax error: Bad substitution");
        if ((operator.isEmpty() || length) && source.peek() != '}') throw new SyntaxError("Syntax error: Bad substitution");
        var parts = new ArrayList<ShellWord.Part>();
        var text = new StringBuilder();
        while (source.peek() != '}') {
            int c = source.next();
            if (c < 0) throw new SyntaxError("Syntax error: Missing '}'");
            if (c == '\'' && !quoted) {
                flush(parts, text, quoted);
                parts.add(new ShellWord.Text(until('\''), true));
            } else if (c == '"') {
                flush(parts, text, quoted);
                quoted(parts);
            } else {
                inQuotes(parts, text, c, "$`\"\\}");
            }
        }
        source.next();
        flush(parts, text, quoted);
        return new ShellWord.Variable(name, operator.toString(), new ShellWord(parts), quoted);
    }

    private String name() {
        var name = new StringBuilder();
        while (source.peek() >= 0 && source.peek() < 128 && (Character.isLetterOrDigit(source.peek()) || source.peek() == '_'))
            name.append((char) source.next());
        if (name.isEmpty()) throw new SyntaxError("Syntax error: Bad substitution");
        return name.toString();
    }

    private String until(char end) {
        var text = new StringBuilder();
        while (true) {
            int c = source.next();
            if (c < 0) throw new SyntaxError("Syntax error: Unterminated quoted string");
            if (c == end) return text.toString();
            text.append((char) c);
        }
    }

    private static void flush(List<ShellWord.Part> parts, StringBuilder text, boolean quoted) {
        if (!text.isEmpty()) parts.add(new ShellWord.Text(text.toString(), quoted));
        text.setLength(0);
    }

    /// `NAME=word` as written, if the word is one.
    static Optional<ScriptNode.Assignment> assignment(ShellWord word) {
        if (word.parts().isEmpty() || !(word.parts().getFirst() instanceof ShellWord.Text(String text, boolean quoted)) || quoted)
            return Optional.empty();
        Matcher matcher = ASSIGNMENT.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        var rest = new ArrayList<ShellWord.Part>();
        if (!matcher.group(2).isEmpty()) rest.add(new ShellWord.Text(matcher.group(2), false));
        rest.addAll(word.parts().subList(1, word.parts().size()));
        return Optional.of(new ScriptNode.Assignment(matcher.group(1), new ShellWord(rest)));
    }

    /// The text of a here-document whose delimiter was not quoted.
    static ShellWord template(String text) {
        var words = new ShellLexer(new ScriptSource(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))));
        var parts = new ArrayList<ShellWord.Part>();
        var plain = new StringBuilder();
        for (int c = words.source.next(); c >= 0; c = words.source.next()) words.inQuotes(parts, plain, c, "$`\\");
        flush(parts, plain, true);
        return new ShellWord(parts);
    }
}
