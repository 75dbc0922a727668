package dev.bluerig.lab.sim.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads one complete command at a time, never a byte beyond the line that completes it. Knows simple commands, lists, pipelines,
/// groups, subshells, functions, if, while, until, for, case, here-documents; anything else is a `SyntaxError`.
final class Parser {
    private static final Set<String> CLOSERS = Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");

    private final Source source;
    private final Words words;
    private final List<Pending> pending = new ArrayList<>();

    Parser(Source source) {
        this.source = source;
        this.words = new Words(source);
    }

    /// A here-document announced on this line, its text still to come.
    private record Pending(int slot, List<Node.Redirect> redirects, String end, boolean stripTabs, boolean quoted) {}

    /// The next complete line of commands; empty at the end of the script.
    Optional<Node> next() {
        while (true) {
            blanks();
            int c = source.peek();
            if (c < 0) return Optional.empty();
            if (c == '\n') {
                source.next();
                continue;
            }
            Node node = list(false);
            if (source.peek() == '\n') newline();
            else if (source.peek() >= 0) throw unexpected();
            return Optional.of(node);
        }
    }

    /// The body of `$(...)`, its bracket already open.
    Node substitution() {
        Node body = list(true);
        expect(')');
        return body;
    }

    /// Commands up to a newline (outermost) or up to a closing word or bracket (`inner`).
    private Node list(boolean inner) {
        var nodes = new ArrayList<Node>();
        while (true) {
            if (inner) skipNewlines();
            else blanks();
            int c = source.peek();
            if (c < 0 || c == ')' || (c == '\n' && !inner) || (c == ';' && inner)) break;
            if (inner && words.reservedAhead(CLOSERS)) break;
            Node node = andOr();
            blanks();
            if (source.peek() == '&') {
                source.next();
                node = new Node.Background(node);
            } else if (source.peek() == ';') {
                source.next();
                if (source.peek() == ';') {
                    nodes.add(node);
                    break;   // ';;' of a case arm: the second ';' is still there
                }
            } else if (!(inner && source.peek() == '\n')) {
                nodes.add(node);
                break;
            }
            nodes.add(node);
        }
        if (inner) skipNewlines();
        return nodes.size() == 1 ? nodes.getFirst() : new Node.Sequence(List.copyOf(nodes));
    }

    private Node andOr() {
        Node left = pipeline();
        while (true) {
            blanks();
            int c = source.peek();
            if (c == '&' && words.doubled('&')) {
                skipNewlines();
                left = new Node.And(left, pipeline());
            } else if (c == '|' && words.doubled('|')) {
                skipNewlines();
                left = new Node.Or(left, pipeline());
            } else {
                return left;
            }
        }
    }

    private Node pipeline() {
        blanks();
        boolean negated = false;
        while (words.reservedAhead(Set.of("!"))) {
            words.word();
            negated = !negated;
            blanks();
        }
        var stages = new ArrayList<Node>();
        stages.add(command());
        blanks();
        while (source.peek() == '|' && !words.doubledAhead('|')) {
            source.next();
            skipNewlines();
            stages.add(command());
            blanks();
        }
        return stages.size() == 1 && !negated ? stages.getFirst() : new Node.Pipeline(List.copyOf(stages), negated);
    }

    private Node command() {
        blanks();
        if (source.peek() == '(') {
            source.next();
            Node body = list(true);
            expect(')');
            return new Node.Subshell(body, redirects());
        }
        if (source.peek() < 0) throw new SyntaxError("Syntax error: end of file unexpected");
        if (words.reservedAhead(Set.of("{"))) {
            words.word();
            Node body = list(true);
            reserved("}");
            return new Node.Group(body, redirects());
        }
        if (words.reservedAhead(Set.of("if"))) {
            words.word();
            return conditional();
        }
        if (words.reservedAhead(Set.of("while", "until"))) {
            boolean until = words.word().is("until");
            Node condition = list(true);
            Node body = doGroup();
            return wrapped(new Node.Loop(condition, until, body));
        }
        if (words.reservedAhead(Set.of("for"))) return forLoop();
        if (words.reservedAhead(Set.of("case"))) return choice();
        return simple();
    }

    private Node wrapped(Node node) {
        List<Node.Redirect> redirects = redirects();
        return redirects.isEmpty() ? node : new Node.Group(node, redirects);
    }

    private Node conditional() {
        Node condition = list(true);
        reserved("then");
        Node then = list(true);
        Node otherwise = new Node.Sequence(List.of());
        if (words.reservedAhead(Set.of("elif"))) {
            words.word();
            return new Node.If(condition, then, conditional());
        }
        if (words.reservedAhead(Set.of("else"))) {
            words.word();
            otherwise = list(true);
        }
        reserved("fi");
        return wrapped(new Node.If(condition, then, otherwise));
    }

    private Node doGroup() {
        reserved("do");
        Node body = list(true);
        reserved("done");
        return body;
    }

    private Node forLoop() {
        words.word();
        blanks();
        String name = plain(words.word());
        blanks();
        var values = new ArrayList<Word>();
        boolean positional = true;
        if (words.reservedAhead(Set.of("in"))) {
            positional = false;
            words.word();
            blanks();
            while (source.peek() != ';' && source.peek() != '\n' && source.peek() >= 0) {
                values.add(words.word());
                blanks();
            }
        }
        if (source.peek() == ';') source.next();
        skipNewlines();
        return wrapped(new Node.For(name, List.copyOf(values), positional, doGroup()));
    }

    private Node choice() {
        words.word();
        blanks();
        Word word = words.word();
        skipNewlines();
        reserved("in");
        var arms = new ArrayList<Node.Arm>();
        while (true) {
            skipNewlines();
            if (words.reservedAhead(Set.of("esac"))) break;
            if (source.peek() == '(') source.next();
            var patterns = new ArrayList<Word>();
            while (true) {
                blanks();
                patterns.add(words.word());
                blanks();
                if (source.peek() != '|') break;
                source.next();
            }
            expect(')');
            Node body = list(true);
            arms.add(new Node.Arm(List.copyOf(patterns), body));
            while (source.peek() == ';') source.next();
        }
        reserved("esac");
        return wrapped(new Node.Case(word, List.copyOf(arms)));
    }

    private Node simple() {
        var assignments = new ArrayList<Node.Assignment>();
        var parts = new ArrayList<Word>();
        var redirects = new ArrayList<Node.Redirect>();
        while (true) {
            blanks();
            if (redirect(redirects)) continue;
            if (words.atEnd()) break;
            Word word = words.word();
            Optional<Node.Assignment> assignment = parts.isEmpty() ? Words.assignment(word) : Optional.empty();
            if (assignment.isPresent()) {
                assignments.add(assignment.get());
                continue;
            }
            if (parts.isEmpty() && assignments.isEmpty() && source.peek() == '(') return function(plain(word));
            parts.add(word);
        }
        if (parts.isEmpty() && assignments.isEmpty() && redirects.isEmpty()) throw unexpected();
        return new Node.Simple(List.copyOf(assignments), List.copyOf(parts), redirects);   // here-documents fill in at the newline
    }

    private Node function(String name) {
        source.next();
        blanks();
        expect(')');
        skipNewlines();
        return new Node.Function(name, command());
    }

    private List<Node.Redirect> redirects() {
        var redirects = new ArrayList<Node.Redirect>();
        blanks();
        while (redirect(redirects)) blanks();
        return redirects;
    }

    private boolean redirect(List<Node.Redirect> into) {
        int fd = words.descriptor();
        int c = source.peek();
        if (c != '<' && c != '>') {
            return false;
        }
        source.next();
        String operator = String.valueOf((char) c);
        int after = source.peek();
        if (after == '&' || (c == '>' && after == '>') || (c == '<' && after == '<')) operator += (char) source.next();
        if (operator.equals(">") && source.peek() == '|') source.next();
        boolean strip = false;
        if (operator.equals("<<") && source.peek() == '-') {
            source.next();
            strip = true;
        }
        blanks();
        Word target = words.word();
        int from = fd >= 0 ? fd : operator.startsWith("<") ? 0 : 1;
        if (operator.equals("<<")) {
            boolean quoted = target.parts().stream().anyMatch(part -> part instanceof Word.Text(String text, boolean isQuoted) && isQuoted);
            pending.add(new Pending(into.size(), into, plainQuoted(target), strip, quoted));
        }
        into.add(new Node.Redirect(from, operator, target));
        return true;
    }

    /// Ends a line: now the here-documents announced on it are read.
    private void newline() {
        source.next();
        for (Pending document : List.copyOf(pending)) {
            var text = new StringBuilder();
            while (true) {
                Source.Line line = source.line();
                String content = document.stripTabs() ? line.text().replaceFirst("^\t+", "") : line.text();
                if (content.equals(document.end()) || line.end()) break;
                text.append(content).append('\n');
            }
            Word word = document.quoted() ? Word.of(text.toString()) : Words.template(text.toString());
            Node.Redirect old = document.redirects().get(document.slot());
            document.redirects().set(document.slot(), new Node.Redirect(old.fd(), "<<", word));
        }
        pending.clear();
    }

    private void skipNewlines() {
        blanks();
        while (source.peek() == '\n') {
            newline();
            blanks();
        }
    }

    private void blanks() {
        words.blanks();
    }

    private void expect(char wanted) {
        skipNewlines();
        if (source.peek() != wanted) throw unexpected();
        source.next();
    }

    private void reserved(String wanted) {
        skipNewlines();
        if (!words.reservedAhead(Set.of(wanted))) throw new SyntaxError("Syntax error: \"" + wanted + "\" expected");
        words.word();
    }

    private SyntaxError unexpected() {
        int c = source.peek();
        return new SyntaxError("Syntax error: " + (c < 0 ? "end of file" : c == '\n' ? "newline" : "\"" + (char) c + "\"") + " unexpected");
    }

    private static String plain(Word word) {
        if (word.parts().size() == 1 && word.parts().getFirst() instanceof Word.Text(String text, boolean quoted)) return text;
        throw new SyntaxError("Syntax error: Bad name");
    }

    private static String plainQuoted(Word word) {
        var text = new StringBuilder();
        for (Word.Part part : word.parts()) {
            if (!(part instanceof Word.Text(String piece, boolean quoted))) throw new SyntaxError("Syntax error: Bad here-document delimiter");
            text.append(piece);
        }
        return text.toString();
    }
}
