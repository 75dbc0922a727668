package dev.bluerig.report;

import dev.bluerig.source.VisibleText;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A part of a page. Text becomes characters wherever it stands: there is no way to write markup from a text.
sealed interface Html {
    /// `tag` and the names of attributes are ours; values and children may be anything.
    record Element(String tag, Map<String, String> attributes, List<Html> children) implements Html {
        private static final Set<String> LINES = Set.of("tr", "p", "h1", "h2", "h3", "h4", "section", "table", "div", "li");
        private static final Set<String> EMPTY = Set.of("meta", "br", "col");
        /// Nothing that runs, loads or leads elsewhere.
        private static final Set<String> TAGS =
            Set.of("html", "head", "title", "meta", "body", "header", "main", "section", "h1", "h2", "h3", "h4", "p", "span", "strong",
            "div", "dl", "dt", "dd",
            "ul", "li", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "code", "br");
        private static final Set<String> ATTRIBUTES =
            Set.of("class", "colspan", "rowspan", "scope", "lang", "charset", "name", "content", "http-equiv", "id");

        public Element {
            if (!TAGS.contains(tag)) throw new IllegalArgumentException("not a tag of ours: " + tag);
            if (!ATTRIBUTES.containsAll(attributes.keySet()))
                throw new IllegalArgumentException("not attributes of ours: " + attributes.keySet());
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            children = List.copyOf(children);
        }

        Element with(String name, String value) {
            var more = new LinkedHashMap<>(attributes);
            more.put(name, value);
            return new Element(tag, more, children);
        }

        @Override
        public void write(StringBuilder out) {
            out.append('<').append(tag);
            attributes.forEach((name, value) -> out.append(' ').append(name).append("=\"").append(escape(value)).append('"'));
            if (EMPTY.contains(tag)) {
                out.append("/>");
                return;
            }
            out.append('>');
            children.forEach(child -> child.write(out));
            out.append("</").append(tag).append('>');
            if (LINES.contains(tag)) out.append('\n');
        }
    }

    record Text(String text) implements Html {
        @Override
        public void write(StringBuilder out) {
            out.append(escape(text));
        }
    }

    /// Our own style sheet, from beside the program.
    record Sheet(String css) implements Html {
        public Sheet {
            if (css.contains("<")) throw new IllegalArgumentException("a style sheet holds no markup");
        }

        @Override
        public void write(StringBuilder out) {
            out.append("<style>\n").append(css).append("</style>\n");
        }
    }

    void write(StringBuilder out);

    static Element of(String tag, Html... children) {
        return new Element(tag, Map.of(), Arrays.asList(children));
    }

    static Element of(String tag, List<? extends Html> children) {
        return new Element(tag, Map.of(), List.copyOf(children));
    }

    /// What a machine said, its lines as lines, in a box that nothing of ours looks like.
    static Element said(String text) {
        return of("code", VisibleText.lines(text).stream().map(line -> of("span", line).with("class", "line")).toList())
            .with("class", "said");
    }

    static Element of(String tag, String text) {
        return of(tag, new Text(text));
    }

    /// What cannot be seen, and with it what XML 1.0 cannot say, is written as an escape.
    private static String escape(String text) {
        return VisibleText.of(text)
            .replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
