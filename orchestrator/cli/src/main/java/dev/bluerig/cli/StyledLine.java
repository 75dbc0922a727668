package dev.bluerig.cli;

import dev.bluerig.source.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One line for a person, in pieces. How a piece looks stands beside its text and never in it, so no text can bring a look, or a second
/// line.
record StyledLine(List<Span> pieces) {
    /// `text` may be anybody's.
    record Span(String text, Optional<Style> style) {}

    /// ANSI SGR where the terminal shows colours.
    enum Style {
        GOOD("32"), CHANGE("33"), BAD("31"), FAINT("2"), STRONG("1");

        final String code;

        Style(String code) {
            this.code = code;
        }

        StyledLine of(String text) {
            return new StyledLine(List.of(new Span(text, Optional.of(this))));
        }
    }

    StyledLine {
        pieces = List.copyOf(pieces);
    }

    static StyledLine of(String text) {
        return new StyledLine(List.of(new Span(text, Optional.empty())));
    }

    StyledLine and(String text) {
        return and(of(text));
    }

    StyledLine and(StyledLine more) {
        return new StyledLine(Stream.concat(pieces.stream(), more.pieces.stream()).toList());
    }

    StyledLine and(Style style, String text) {
        return and(style.of(text));
    }

    /// `key: text`; text of more than one line stands below, each line behind a bar, so that none of them can pass for one of ours.
    static List<StyledLine> block(String indent, StyledLine key, String text) {
        var lines = new ArrayList<StyledLine>();
        var all = VisibleText.lines(text);
        StyledLine head = of(indent).and(key);
        if (all.size() <= 1) return List.of(head.and(" " + String.join("", all)));
        lines.add(head);
        all.forEach(line -> lines.add(of(indent + "  | " + line)));
        return List.copyOf(lines);
    }

    static List<StyledLine> block(String indent, String key, String text) {
        return block(indent, of(key), text);
    }
}
