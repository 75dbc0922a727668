package dev.bluerig.lab.sim.shell;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lexical half of the shell: quoting, expansions as written, what stands between words.
final class Words {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final String METACHARACTERS = " \t\n;&|()<>";

    private final Source source;

    Words(Source source) {
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

    Word word() {
        if (atEnd()) throw new SyntaxError("Syntax error: word expected");
        var parts = new ArrayList<Word.Part>();
        var text = new StringBuilder();
        if (source.peek() == '~') {
            source.next();
            if (atEnd() || source.peek() == '/') parts.add(new Word.Variable("HOME", "", Word.of(""), true));
            else text.append('~');
        }
        while (!atEnd()) {
            int c = source.next();
            if (c == '\'') {
                flush(parts, text, false);
                parts.add(new Word.Text(until('\''), true));
            } else if (c == '"') {
                flush(parts, text, false);
                quoted(parts);
            } else if (c == '\\') {
                int escaped = source.next();
                if (escaped == '\n' || escaped < 0) continue;
                flush(parts, text, false);
                parts.add(new Word.Text(String.valueOf((char) escaped), true));
            } else if (c == '$') {
                dollar(parts, text, false);
            } else if (c == '`') {
                throw new SyntaxError("Syntax error: backquotes are not simulated, write $(...)");
            } else {
                text.append((char) c);
            }
        }
        flush(parts, text, false);
        return new Word(parts);
    }

    private void quoted(List<Word.Part> parts) {
        var text = new StringBuilder();
        int before = parts.size();
        while (true) {
            int c = source.next();
            if (c < 0) throw new SyntaxError("Syntax error: Unterminated quoted string");
            if (c == '"') break;
            inQuotes(parts, text, c, "$`\"\\");
        }
        flush(parts, text, true);
        if (parts.size() == before) parts.add(new Word.Text("", true));
    }

    private void inQuotes(List<Word.Part> parts, StringBuilder text, int c, String escapable) {
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

    private void dollar(List<Word.Part> parts, StringBuilder text, boolean quoted) {
        int c = source.peek();
        if (c == '(') {
            source.next();
            if (source.peek() == '(') throw new SyntaxError("Syntax error: arithmetic is not simulated");
            flush(parts, text, quoted);
            Node body = new Parser(source).substitution();
            parts.add(new Word.Substitution(body, quoted));
        } else if (c == '{') {
            source.next();
            flush(parts, text, quoted);
            parts.add(braced(quoted));
        } else if (c >= 0 && (Character.isLetter(c) || c == '_')) {
            flush(parts, text, quoted);
            parts.add(new Word.Variable(name(), "", Word.of(""), quoted));
        } else if (c >= 0 && "?$!#@*0123456789-".indexOf(c) >= 0) {
            source.next();
            flush(parts, text, quoted);
            parts.add(new Word.Variable(String.valueOf((char) c), "", Word.of(""), quoted));
        } else {
            text.append('$');
        }
    }

    private Word.Part braced(boolean quoted) {
        boolean length = source.peek() == '#';
        if (length) {
            source.next();
            if (source.peek() == '}') {
                source.next();
                return new Word.Variable("#", "", Word.of(""), quoted);
            }
        }
        String name = source.peek() >= 0 && "?$!#@*".indexOf(source.peek()) >= 0 ? String.valueOf((char) source.next()) : name();
        var operator = new StringBuilder(length ? "length" : "");
        while (source.peek() >= 0 && ":-+=%#?".indexOf(source.peek()) >= 0 && operator.length() < 2) operator.append((char) source.next());
        if (!Set.of("", "length", "-", ":-", "+", ":+", "=", ":=", "%", "%%", "#", "##").contains(operator.toString()))
            throw new SyntaxError("Syntax error: Bad substitution");
        if ((operator.isEmpty() || length) && source.peek() != '}') throw new SyntaxError("Syntax error: Bad substitution");
        var parts = new ArrayList<Word.Part>();
        var text = new StringBuilder();
        while (source.peek() != '}') {
            int c = source.next();
            if (c < 0) throw new SyntaxError("Syntax error: Missing '}'");
            if (c == '\'' && !quoted) {
                flush(parts, text, quoted);
                parts.add(new Word.Text(until('\''), true));
            } else if (c == '"') {
                flush(parts, text, quoted);
                quoted(parts);
            } else {
                inQuotes(parts, text, c, "$`\"\\}");
            }
        }
        source.next();
        flush(parts, text, quoted);
        return new Word.Variable(name, operator.toString(), new Word(parts), quoted);
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

    private static void flush(List<Word.Part> parts, StringBuilder text, boolean quoted) {
        if (!text.isEmpty()) parts.add(new Word.Text(text.toString(), quoted));
        text.setLength(0);
    }

    /// `NAME=word` as written, if the word is one.
    static Optional<Node.Assignment> assignment(Word word) {
        if (word.parts().isEmpty() || !(word.parts().getFirst() instanceof Word.Text(String text, boolean quoted)) || quoted) return Optional.empty();
        Matcher matcher = ASSIGNMENT.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        var rest = new ArrayList<Word.Part>();
        if (!matcher.group(2).isEmpty()) rest.add(new Word.Text(matcher.group(2), false));
        rest.addAll(word.parts().subList(1, word.parts().size()));
        return Optional.of(new Node.Assignment(matcher.group(1), new Word(rest)));
    }

    /// The text of a here-document whose delimiter was not quoted.
    static Word template(String text) {
        var words = new Words(new Source(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))));
        var parts = new ArrayList<Word.Part>();
        var plain = new StringBuilder();
        for (int c = words.source.next(); c >= 0; c = words.source.next()) words.inQuotes(parts, plain, c, "$`\\");
        flush(parts, plain, true);
        return new Word(parts);
    }
}
