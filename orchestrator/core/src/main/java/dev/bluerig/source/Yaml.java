package dev.bluerig.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// YAML as people write it for us: text with places, without the parts of YAML that surprise (tags, anchors, merge keys, many documents).
public final class Yaml {
    /// Characters, and bytes of a file; a fleet of 10,000 machines written out one by one stays below.
    public static final int SIZE = 8 << 20;
    static final int LINE = 64 << 10;
    static final int DEPTH = 40;

    private static final Pattern SAFE = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@%+=-]*(:[A-Za-z0-9_./@%+=-]+)*|[0-9]+(\\.[0-9]+){2,3}"
        + "(/[0-9]+)?");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./~+-][A-Za-z0-9_./@%+=-]*");
    private static final Set<String> TYPED = Set.of("true", "false", "null", "on", "off", "yes", "no");

    private Yaml() {}

    /// An empty document is an empty plain scalar. Throws `InvalidInput` with every problem up to the first that stops the parser.
    public static Tree read(String file, String text) {
        return YamlReader.read(file, text);
    }

    /// Block style, keys in their order, two spaces; quotes only where the text would be read as something else without them.
    public static String write(Tree tree) {
        var out = new StringBuilder();
        switch (tree) {
            case Tree.Scalar scalar -> out.append(scalar(scalar)).append('\n');
            case Tree.Sequence sequence when sequence.items().isEmpty() -> out.append("[]\n");
            case Tree.Mapping mapping when mapping.entries().isEmpty() -> out.append("{}\n");
            case Tree.Sequence sequence -> items(sequence.items(), "", "", out);
            case Tree.Mapping mapping -> fields(mapping, "", "", out);
        }
        return out.toString();
    }

    /// `lead` stands before the first line, `indent` before the others.
    private static void fields(Tree.Mapping mapping, String lead, String indent, StringBuilder out) {
        String before = lead;
        for (var field : mapping.entries().entrySet()) {
            out.append(before).append(text(field.getKey())).append(':');
            before = indent;
            switch (field.getValue().value()) {
                case Tree.Scalar scalar -> out.append(scalar(scalar).isEmpty() ? "" : " " + scalar(scalar)).append('\n');
                case Tree.Sequence sequence when sequence.items().isEmpty() -> out.append(" []\n");
                case Tree.Mapping inner when inner.entries().isEmpty() -> out.append(" {}\n");
                case Tree.Sequence sequence -> items(sequence.items(), "\n" + indent + "  ", indent + "  ", out);
                case Tree.Mapping inner -> fields(inner, "\n" + indent + "  ", indent + "  ", out);
            }
        }
    }

    private static void items(List<Tree> items, String lead, String indent, StringBuilder out) {
        String before = lead;
        for (Tree item : items) {
            out.append(before).append('-');
            before = indent;
            switch (item) {
                case Tree.Scalar scalar -> out.append(scalar(scalar).isEmpty() ? "" : " " + scalar(scalar)).append('\n');
                case Tree.Sequence sequence when sequence.items().isEmpty() -> out.append(" []\n");
                case Tree.Mapping inner when inner.entries().isEmpty() -> out.append(" {}\n");
                case Tree.Sequence sequence -> items(sequence.items(), " ", indent + "  ", out);
                case Tree.Mapping inner -> fields(inner, " ", indent + "  ", out);
            }
        }
    }

    private static String scalar(Tree.Scalar scalar) {
        if (scalar.plain() && (scalar.text().isEmpty() || PLAIN.matcher(scalar.text()).matches())) return scalar.text();
        return text(scalar.text());
    }

    private static String text(String text) {
        if (SAFE.matcher(text).matches() && !TYPED.contains(text.toLowerCase(Locale.ROOT))) return text;
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> quoted.append(escaped(c)));
        return quoted.append('"').toString();
    }

    private static String escaped(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> VisibleText.isVisible(c) ? Character.toString(c) : String.format("\\U%08X", c);
        };
    }
}
