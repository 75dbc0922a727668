package dev.bluerig.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// JSON as the same tree as YAML: what tools print, and what we write for programs. Strings are quoted scalars, the rest is plain.
public final class Json {
    private static final int DEPTH = 100;
    private static final Pattern LITERAL = Pattern.compile("true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final JsonFactory FACTORY = JsonFactory.builder()
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(2 * DEPTH).maxDocumentLength(64L << 20).build())
        .build();

    /// Programs print names as they are, control characters among them (`ip -j`, iproute2 6.1).
    private static final JsonFactory LENIENT = FACTORY.rebuild().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

    private final String file;
    private final boolean lenient;

    private Json(String file, boolean lenient) {
        this.file = file;
        this.lenient = lenient;
    }

    /// One value and nothing after it; throws `InvalidInput` with the place.
    public static Tree read(String file, String text) {
        return read(FACTORY, file, text);
    }

    /// The same of what another program prints: of a key that is there twice the first counts, and control characters in strings are text.
    public static Tree readPrinted(String program, String text) {
        return read(LENIENT, program, text);
    }

    private static Tree read(JsonFactory factory, String file, String text) {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) throw new InvalidInput(Location.file(file), "no JSON: the text is empty");
            Tree tree = new Json(file, factory == LENIENT).value(parser, 1);
            if (parser.nextToken() != null) throw new InvalidInput(at(file, parser), "something follows the JSON value");
            return tree;
        } catch (JsonProcessingException broken) {
            var place = broken.getLocation();
            throw new InvalidInput(place == null ? Location.file(file) : new Location(file, place.getLineNr(), place.getColumnNr()),
                "not JSON: " + said(broken));
        } catch (IOException impossible) {
            throw new IllegalStateException("reading a string failed", impossible);
        }
    }

    /// Jackson's words without its own settings.
    private static String said(JsonProcessingException broken) {
        return broken.getOriginalMessage().replaceAll("(?s)( \\(start marker at|: enable `| \\(was expecting|: was expecting).*", "");
    }

    private Tree value(JsonParser parser, int depth) throws IOException {
        Location at = at(file, parser);
        if (depth > DEPTH) throw new InvalidInput(at, "nested deeper than " + DEPTH + " levels");
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) return mapping(at, parser, depth);
        if (token == JsonToken.START_ARRAY) {
            var items = new ArrayList<Tree>();
            while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(parser, depth + 1));
            return new Tree.Sequence(at, items);
        }
        return new Tree.Scalar(at, parser.getText(), token != JsonToken.VALUE_STRING);
    }

    private Tree mapping(Location at, JsonParser parser, int depth) throws IOException {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Location keyAt = at(file, parser);
            String key = parser.currentName();
            parser.nextToken();
            var entry = new Tree.Entry(keyAt, value(parser, depth + 1));
            if (entries.putIfAbsent(key, entry) != null && !lenient) throw new InvalidInput(keyAt, "key `" + key + "` is written twice");
        }
        return new Tree.Mapping(at, entries);
    }

    private static Location at(String file, JsonParser parser) {
        var place = parser.currentTokenLocation();
        return new Location(file, place.getLineNr(), place.getColumnNr());
    }

    /// One line, without spaces.
    public static String write(Tree tree) {
        var out = new StringBuilder();
        compact(tree, out);
        return out.toString();
    }

    /// Two spaces, one field or item a line; ends with a line feed.
    public static String pretty(Tree tree) {
        var out = new StringBuilder();
        indented(tree, "\n", out);
        return out.append('\n').toString();
    }

    private static void compact(Tree tree, StringBuilder out) {
        switch (tree) {
            case Tree.Scalar scalar -> out.append(literal(scalar));
            case Tree.Sequence sequence -> {
                String before = "[";
                for (Tree item : sequence.items()) {
                    out.append(before);
                    compact(item, out);
                    before = ",";
                }
                out.append(sequence.items().isEmpty() ? "[]" : "]");
            }
            case Tree.Mapping mapping -> {
                String before = "{";
                for (var field : mapping.entries().entrySet()) {
                    out.append(before).append(quoted(field.getKey())).append(':');
                    compact(field.getValue().value(), out);
                    before = ",";
                }
                out.append(mapping.entries().isEmpty() ? "{}" : "}");
            }
        }
    }

    /// `line`: a line feed and the indentation of the place where the value stands.
    private static void indented(Tree tree, String line, StringBuilder out) {
        switch (tree) {
            case Tree.Scalar scalar -> out.append(literal(scalar));
            case Tree.Sequence sequence when sequence.items().isEmpty() -> out.append("[]");
            case Tree.Mapping mapping when mapping.entries().isEmpty() -> out.append("{}");
            case Tree.Sequence sequence -> {
                String before = "[";
                for (Tree item : sequence.items()) {
                    out.append(before).append(line).append("  ");
                    indented(item, line + "  ", out);
                    before = ",";
                }
                out.append(line).append(']');
            }
            case Tree.Mapping mapping -> {
                String before = "{";
                for (var field : mapping.entries().entrySet()) {
                    out.append(before).append(line).append("  ").append(quoted(field.getKey())).append(": ");
                    indented(field.getValue().value(), line + "  ", out);
                    before = ",";
                }
                out.append(line).append('}');
            }
        }
    }

    private static String literal(Tree.Scalar scalar) {
        if (scalar.isNull()) return "null";
        return scalar.plain() && LITERAL.matcher(scalar.text()).matches() ? scalar.text() : quoted(scalar.text());
    }

    /// A text in quotes. What cannot be seen is written as an escape; a reader gets it back as it was.
    public static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (VisibleText.isVisible(c)) out.appendCodePoint(c);
                    else for (char unit : Character.toChars(c)) out.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
        return out.append('"').toString();
    }
}
