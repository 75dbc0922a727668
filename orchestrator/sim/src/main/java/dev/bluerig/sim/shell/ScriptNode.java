package dev.bluerig.sim.shell;

import java.util.List;

/// What a script is made of.
sealed interface ScriptNode {
    record Assignment(String name, ShellWord value) {}

    /// `operator`: `<`, `>`, `>>`, `>&`, `<&`, `<<`. Of a here-document the word is the whole text.
    record Redirect(int fd, String operator, ShellWord target) {}

    record Simple(List<Assignment> assignments, List<ShellWord> words, List<Redirect> redirects) implements ScriptNode {}

    record Pipeline(List<ScriptNode> stages, boolean negated) implements ScriptNode {}

    record And(ScriptNode first, ScriptNode second) implements ScriptNode {}

    record Or(ScriptNode first, ScriptNode second) implements ScriptNode {}

    record Sequence(List<ScriptNode> nodes) implements ScriptNode {}

    record Background(ScriptNode node) implements ScriptNode {}

    record Group(ScriptNode body, List<Redirect> redirects) implements ScriptNode {}

    record Subshell(ScriptNode body, List<Redirect> redirects) implements ScriptNode {}

    record Function(String name, ScriptNode body) implements ScriptNode {}

    record If(ScriptNode condition, ScriptNode then, ScriptNode otherwise) implements ScriptNode {}

    record Loop(ScriptNode condition, boolean until, ScriptNode body) implements ScriptNode {}

    record For(String name, List<ShellWord> words, boolean positional, ScriptNode body) implements ScriptNode {}

    record Case(ShellWord word, List<Arm> arms) implements ScriptNode {}

    record Arm(List<ShellWord> patterns, ScriptNode body) {}
}
