package dev.bluerig.sim.shell;

import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Turns words as written into words as given to a program: variables, substitutions, field splitting, file name patterns.
final class Expansion {
    private final SimShell shell;
    private final Function<ScriptNode, String> substitution;

    Expansion(SimShell shell, Function<ScriptNode, String> substitution) {
        this.shell = shell;
        this.substitution = substitution;
    }

    /// A char of an expanded word: `quoted` ones are neither split nor patterns.
    private record ExpandedText(String text, boolean quoted) {}

    List<String> words(List<ShellWord> words) {
        var result = new ArrayList<String>();
        for (ShellWord word : words) {
            for (List<ExpandedText> field : fields(word)) result.addAll(files(field));
        }
        return result;
    }

    /// The word as one string: assignments, redirection targets, case words.
    String single(ShellWord word) {
        var text = new StringBuilder();
        for (ShellWord.Part part : word.parts()) text.append(value(part));
        return text.toString();
    }

    /// As a pattern of `case`.
    Pattern pattern(ShellWord word) {
        var regex = new StringBuilder();
        for (ShellWord.Part part : word.parts()) regex.append(regex(new ExpandedText(value(part), quoted(part))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static boolean quoted(ShellWord.Part part) {
        return switch (part) {
            case ShellWord.Text text -> text.quoted();
            case ShellWord.Variable variable -> variable.quoted();
            case ShellWord.Substitution inner -> inner.quoted();
        };
    }

    private List<List<ExpandedText>> fields(ShellWord word) {
        var fields = new ArrayList<List<ExpandedText>>();
        var open = new ArrayList<ExpandedText>();
        boolean started = false;
        for (ShellWord.Part part : word.parts()) {
            if (part instanceof ShellWord.Variable(String name, String operator, ShellWord operand, boolean quoted) && operator.isEmpty()
                && (name.equals("@") || name.equals("*") && !quoted)) {
                List<String> positional = shell.positional();
                for (int i = 0; i < positional.size(); i++) {
                    if (i > 0) {
                        fields.add(List.copyOf(open));
                        open.clear();
                    }
                    open.add(new ExpandedText(positional.get(i), quoted));
                    started = true;
                }
                continue;
            }
            String value = value(part);
            if (quoted(part) || part instanceof ShellWord.Text) {
                open.add(new ExpandedText(value, quoted(part)));
                started = true;
                continue;
            }
            List<String> split = split(value);
            boolean leading = !value.isEmpty() && isSeparator(value.charAt(0));
            if (leading && started) {
                fields.add(List.copyOf(open));
                open.clear();
                started = false;
            }
            for (int i = 0; i < split.size(); i++) {
                if (i > 0) {
                    fields.add(List.copyOf(open));
                    open.clear();
                }
                open.add(new ExpandedText(split.get(i), false));
                started = true;
            }
            if (!split.isEmpty() && isSeparator(value.charAt(value.length() - 1))) {
                fields.add(List.copyOf(open));
                open.clear();
                started = false;
            }
        }
        if (started) fields.add(open);
        return fields;
    }

    private boolean isSeparator(char c) {
        return shell.variable("IFS").orElse(" \t\n").indexOf(c) >= 0;
    }

    private List<String> split(String value) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (!isSeparator(c)) {
                part.append(c);
            } else if (!part.isEmpty()) {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        if (!part.isEmpty()) parts.add(part.toString());
        return parts;
    }

    private String value(ShellWord.Part part) {
        return switch (part) {
            case ShellWord.Text text -> text.text();
            case ShellWord.Variable variable -> variable(variable);
            case ShellWord.Substitution inner -> substitution.apply(inner.body()).replaceFirst("\n+$", "");
        };
    }

    private String variable(ShellWord.Variable wanted) {
        String value = shell.variable(wanted.name()).orElse("");
        boolean set = shell.variable(wanted.name()).isPresent();
        return switch (wanted.operator()) {
            case "" -> value;
            case "length" -> String.valueOf(value.length());
            case "-" -> set ? value : single(wanted.operand());
            case ":-" -> value.isEmpty() ? single(wanted.operand()) : value;
            case "+" -> set ? single(wanted.operand()) : "";
            case ":+" -> value.isEmpty() ? "" : single(wanted.operand());
            case "=", ":=" -> {
                if (set && !(wanted.operator().equals(":=") && value.isEmpty())) yield value;
                shell.assign(wanted.name(), single(wanted.operand()));
                yield shell.variable(wanted.name()).orElse("");
            }
            default -> trimmed(value, wanted);
        };
    }

    private String trimmed(String value, ShellWord.Variable wanted) {
        Pattern pattern = pattern(wanted.operand());
        boolean longest = wanted.operator().length() == 2;
        boolean suffix = wanted.operator().startsWith("%");
        for (int step = 0; step <= value.length(); step++) {
            int length = longest ? value.length() - step : step;
            String candidate = suffix ? value.substring(value.length() - length) : value.substring(0, length);
            if (pattern.matcher(candidate).matches()) return suffix ? value.substring(0, value.length() - length) : value.substring(length);
        }
        return value;
    }

    private List<String> files(List<ExpandedText> field) {
        var plain = new StringBuilder();
        var regex = new StringBuilder();
        boolean magic = false;
        for (ExpandedText piece : field) {
            plain.append(piece.text());
            regex.append(regex(piece));
            magic |= !piece.quoted() && piece.text().matches("(?s).*[*?\\[].*");
        }
        if (!magic) return List.of(plain.toString());
        var found = new ArrayList<String>();
        String text = plain.toString();
        descend(text.startsWith("/") ? "/" : "", text.replaceFirst("^/+", "").split("/"), 0, found);
        return found.isEmpty() ? List.of(text) : found;
    }

    private void descend(String base, String[] names, int depth, List<String> found) {
        if (depth == names.length) {
            found.add(base);
            return;
        }
        String prefix = base.isEmpty() || base.endsWith("/") ? base : base + "/";
        if (!names[depth].matches(".*[*?\\[].*")) {
            String path = prefix + names[depth];
            if (shell.machine().files().find(FileTree.resolve(shell.directory(), path)).isPresent()) descend(path, names, depth + 1, found);
            return;
        }
        Pattern pattern = Pattern.compile(regex(new ExpandedText(names[depth], false)));
        try {
            for (String name : shell.machine().files().list(FileTree.resolve(shell.directory(), base.isEmpty() ? "." : base))) {
                if (pattern.matcher(name).matches() && (!name.startsWith(".") || names[depth].startsWith(".")))
                    descend(prefix + name, names, depth + 1, found);
            }
        } catch (FileError notThere) {
            // a pattern that leads nowhere matches nothing
        }
    }

    private static String regex(ExpandedText piece) {
        if (piece.quoted()) return Pattern.quote(piece.text());
        var regex = new StringBuilder();
        String text = piece.text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int close = c == '[' ? text.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String set = text.substring(i + 1, close);
                regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
