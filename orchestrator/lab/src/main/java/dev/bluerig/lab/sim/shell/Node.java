package dev.bluerig.lab.sim.shell;

import java.util.List;

/// What a script is made of.
sealed interface Node {
    record Assignment(String name, Word value) {}

    /// `operator`: `<`, `>`, `>>`, `>&`, `<&`, `<<`. Of a here-document the word is the whole text.
    record Redirect(int fd, String operator, Word target) {}

    record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects) implements Node {}

    record Pipeline(List<Node> stages, boolean negated) implements Node {}

    record And(Node first, Node second) implements Node {}

    record Or(Node first, Node second) implements Node {}

    record Sequence(List<Node> nodes) implements Node {}

    record Background(Node node) implements Node {}

    record Group(Node body, List<Redirect> redirects) implements Node {}

    record Subshell(Node body, List<Redirect> redirects) implements Node {}

    record Function(String name, Node body) implements Node {}

    record If(Node condition, Node then, Node otherwise) implements Node {}

    record Loop(Node condition, boolean until, Node body) implements Node {}

    record For(String name, List<Word> words, boolean positional, Node body) implements Node {}

    record Case(Word word, List<Arm> arms) implements Node {}

    record Arm(List<Word> patterns, Node body) {}
}
