package dev.bluerig.sim.shell;

import java.util.List;

/// A word as written: its parts still to be expanded.
record ShellWord(List<Part> parts) {
    ShellWord {
        parts = List.copyOf(parts);
    }

    static ShellWord of(String text) {
        return new ShellWord(List.of(new Text(text, true)));
    }

    /// True when it is exactly this text, unquoted: only then is it a reserved word.
    boolean is(String text) {
        return parts.size() == 1 && parts.getFirst() instanceof Text(String written, boolean quoted) && !quoted && written.equals(text);
    }

    sealed interface Part {}

    record Text(String text, boolean quoted) implements Part {}

    /// `$name`, `${name}`, `${name:-word}`; `operator` is empty, `-`, `:-`, `+`, `:+`, `#` (length), `%`, `%%`, `^` (`#`), `^^` (`##`).
    record Variable(String name, String operator, ShellWord operand, boolean quoted) implements Part {}

    record Substitution(ScriptNode body, boolean quoted) implements Part {}
}
