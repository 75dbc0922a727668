package dev.bluerig.sim.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads one complete command at a time, never a byte beyond the line that completes it. Knows simple commands, lists, pipelines,
/// groups, subshells, functions, if, while, until, for, case, here-documents; anything else is a `SyntaxError`.
final class ScriptParser {
    private static final Set<String> CLOSERS = Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");

    private final ScriptSource source;
    private final ShellLexer words;
    private final List<Pending> pending = new ArrayList<>();

    ScriptParser(ScriptSource source) {
        this.source = source;
        this.words = new ShellLexer(source);
    }

    /// A here-document announced on this line, its text still to come.
    private record Pending(int slot, List<ScriptNode.Redirect> redirects, String end, boolean stripTabs, boolean quoted) {}

    /// The next complete line of commands; empty at the end of the script.
    Optional<ScriptNode> next() {
        while (true) {
            blanks();
            int c = source.peek();
            if (c < 0) return Optional.empty();
            if (c == '\n') {
                source.next();
                continue;
            }
            ScriptNode node = list(false);
            if (source.peek() == '\n') newline();
            else if (source.peek() >= 0) throw unexpected();
            return Optional.of(node);
        }
    }

    /// The body of `$(...)`, its bracket already open.
    ScriptNode substitution() {
        ScriptNode body = list(true);
        expect(')');
        return body;
    }

    /// Commands up to a newline (outermost) or up to a closing word or bracket (`inner`).
    private ScriptNode list(boolean inner) {
        var nodes = new ArrayList<ScriptNode>();
        while (true) {
            if (inner) skipNewlines();
            else blanks();
            int c = source.peek();
            if (c < 0 || c == ')' || (c == '\n' && !inner) || (c == ';' && inner)) break;
            if (inner && words.reservedAhead(CLOSERS)) break;
            ScriptNode node = andOr();
            blanks();
            if (source.peek() == '&') {
                source.next();
                node = new ScriptNode.Background(node);
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
        return nodes.size() == 1 ? nodes.getFirst() : new ScriptNode.Sequence(List.copyOf(nodes));
    }

    private ScriptNode andOr() {
        ScriptNode left = pipeline();
        while (true) {
            blanks();
            int c = source.peek();
            if (c == '&' && words.doubled('&')) {
                skipNewlines();
                left = new ScriptNode.And(left, pipeline());
            } else if (c == '|' && words.doubled('|')) {
                skipNewlines();
                left = new ScriptNode.Or(left, pipeline());
            } else {
                return left;
            }
        }
    }

    private ScriptNode pipeline() {
        blanks();
        boolean negated = false;
        while (words.reservedAhead(Set.of("!"))) {
            words.word();
            negated = !negated;
            blanks();
        }
        var stages = new ArrayList<ScriptNode>();
        stages.add(command());
        blanks();
        while (source.peek() == '|' && !words.doubledAhead('|')) {
            source.next();
            skipNewlines();
            stages.add(command());
            blanks();
        }
        return stages.size() == 1 && !negated ? stages.getFirst() : new ScriptNode.Pipeline(List.copyOf(stages), negated);
    }

    private ScriptNode command() {
        blanks();
        if (source.peek() == '(') {
            source.next();
            ScriptNode body = list(true);
            expect(')');
            return new ScriptNode.Subshell(body, redirects());
        }
        if (source.peek() < 0) throw new SyntaxError("Syntax error: end of file unexpected");
        if (words.reservedAhead(Set.of("{"))) {
            words.word();
            ScriptNode body = list(true);
            reserved("}");
            return new ScriptNode.Group(body, redirects());
        }
        if (words.reservedAhead(Set.of("if"))) {
            words.word();
            return conditional();
        }
        if (words.reservedAhead(Set.of("while", "until"))) {
            boolean until = words.word().is("until");
            ScriptNode condition = list(true);
            ScriptNode body = doGroup();
            return wrapped(new ScriptNode.Loop(condition, until, body));
        }
        if (words.reservedAhead(Set.of("for"))) return forLoop();
        if (words.reservedAhead(Set.of("case"))) return choice();
        return simple();
    }

    private ScriptNode wrapped(ScriptNode node) {
        List<ScriptNode.Redirect> redirects = redirects();
        return redirects.isEmpty() ? node : new ScriptNode.Group(node, redirects);
    }

    private ScriptNode conditional() {
        ScriptNode condition = list(true);
        reserved("then");
        ScriptNode then = list(true);
        ScriptNode otherwise = new ScriptNode.Sequence(List.of());
        if (words.reservedAhead(Set.of("elif"))) {
            words.word();
            return new ScriptNode.If(condition, then, conditional());
        }
        if (words.reservedAhead(Set.of("else"))) {
            words.word();
            otherwise = list(true);
        }
        reserved("fi");
        return wrapped(new ScriptNode.If(condition, then, otherwise));
    }

    private ScriptNode doGroup() {
        reserved("do");
        ScriptNode body = list(true);
        reserved("done");
        return body;
    }

    private ScriptNode forLoop() {
        words.word();
        blanks();
        String name = plain(words.word());
        blanks();
        var values = new ArrayList<ShellWord>();
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
        return wrapped(new ScriptNode.For(name, List.copyOf(values), positional, doGroup()));
    }

    private ScriptNode choice() {
        words.word();
        blanks();
        ShellWord word = words.word();
        skipNewlines();
        reserved("in");
        var arms = new ArrayList<ScriptNode.Arm>();
        while (true) {
            skipNewlines();
            if (words.reservedAhead(Set.of("esac"))) break;
            if (source.peek() == '(') source.next();
            var patterns = new ArrayList<ShellWord>();
            while (true) {
                blanks();
                patterns.add(words.word());
                blanks();
                if (source.peek() != '|') break;
                source.next();
            }
            expect(')');
            ScriptNode body = list(true);
            arms.add(new ScriptNode.Arm(List.copyOf(patterns), body));
            while (source.peek() == ';') source.next();
        }
        reserved("esac");
        return wrapped(new ScriptNode.Case(word, List.copyOf(arms)));
    }

    private ScriptNode simple() {
        var assignments = new ArrayList<ScriptNode.Assignment>();
        var parts = new ArrayList<ShellWord>();
        var redirects = new ArrayList<ScriptNode.Redirect>();
        while (true) {
            blanks();
            if (redirect(redirects)) continue;
            if (words.atEnd()) break;
            ShellWord word = words.word();
            Optional<ScriptNode.Assignment> assignment = parts.isEmpty() ? ShellLexer.assignment(word) : Optional.empty();
            if (assignment.isPresent()) {
                assignments.add(assignment.get());
                continue;
            }
            if (parts.isEmpty() && assignments.isEmpty() && source.peek() == '(') return function(plain(word));
            parts.add(word);
        }
        if (parts.isEmpty() && assignments.isEmpty() && redirects.isEmpty()) throw unexpected();
        return new ScriptNode.Simple(List.copyOf(assignments), List.copyOf(parts), redirects);   // here-documents fill in at the newline
    }

    private ScriptNode function(String name) {
        source.next();
        blanks();
        expect(')');
        skipNewlines();
        return new ScriptNode.Function(name, command());
    }

    private List<ScriptNode.Redirect> redirects() {
        var redirects = new ArrayList<ScriptNode.Redirect>();
        blanks();
        while (redirect(redirects)) blanks();
        return redirects;
    }

    private boolean redirect(List<ScriptNode.Redirect> into) {
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
        ShellWord target = words.word();
        int from = fd >= 0 ? fd : operator.startsWith("<") ? 0 : 1;
        if (operator.equals("<<")) {
            boolean quoted = target.parts().stream()
                .anyMatch(part -> part instanceof ShellWord.Text(String text, boolean isQuoted) && isQuoted);
            pending.add(new Pending(into.size(), into, plainQuoted(target), strip, quoted));
        }
        into.add(new ScriptNode.Redirect(from, operator, target));
        return true;
    }

    /// Ends a line: now the here-documents announced on it are read.
    private void newline() {
        source.next();
        for (Pending document : List.copyOf(pending)) {
            var text = new StringBuilder();
            while (true) {
                ScriptSource.Line line = source.line();
                String content = document.stripTabs() ? line.text().replaceFirst("^\t+", "") : line.text();
                if (content.equals(document.end()) || line.end()) break;
                text.append(content).append('\n');
            }
            ShellWord word = document.quoted() ? ShellWord.of(text.toString()) : ShellLexer.template(text.toString());
            ScriptNode.Redirect old = document.redirects().get(document.slot());
            document.redirects().set(document.slot(), new ScriptNode.Redirect(old.fd(), "<<", word));
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

    private static String plain(ShellWord word) {
        if (word.parts().size() == 1 && word.parts().getFirst() instanceof ShellWord.Text(String text, boolean quoted)) return text;
        throw new SyntaxError("Syntax error: Bad name");
    }

    private static String plainQuoted(ShellWord word) {
        var text = new StringBuilder();
        for (ShellWord.Part part : word.parts()) {
            if (!(part instanceof ShellWord.Text(String piece, boolean quoted)))
                throw new SyntaxError("Syntax error: Bad here-document delimiter");
            text.append(piece);
        }
        return text.toString();
    }
}
