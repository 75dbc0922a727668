package dev.bluerig.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// SnakeYAML's events become a tree; what we do not take is a problem with its place, and reading goes on.
final class YamlReader {
    private final String file;
    private final String[] lines;
    private final ParserImpl events;
    private final List<Problem> problems = new ArrayList<>();
    private Location last;

    private YamlReader(String file, String text) {
        this.file = file;
        this.lines = text.split("\n", -1);
        var options = new LoaderOptions();
        options.setCodePointLimit(Yaml.SIZE);
        this.last = new Location(file, 1, 1);
        this.events = new ParserImpl(new StreamReader(text), options);
    }

    static Tree read(String file, String text) {
        if (text.length() > Yaml.SIZE) throw new InvalidInput(Location.file(file), "larger than " + Yaml.SIZE + " characters");
        List<Problem> strange = new ArrayList<>(CharacterCheck.check(file, text));
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.length() > Yaml.LINE)
                strange.add(new Problem(new Location(file, number, Yaml.LINE + 1), "the line is longer than " + Yaml.LINE + " characters"));
        }
        if (!strange.isEmpty()) throw new InvalidInput(strange);
        return new YamlReader(file, text).document();
    }

    private Tree document() {
        Tree tree = new Tree.Scalar(new Location(file, 1, 1), "", true);
        try {
            events.getEvent();
            if (events.checkEvent(Event.ID.DocumentStart)) {
                var start = (DocumentStartEvent) events.getEvent();
                if (start.getVersion() != null || start.getTags() != null && !start.getTags().isEmpty())
                    problem(at(start.getStartMark()), "a YAML directive (%YAML, %TAG) is not allowed; remove it");
                tree = node(0);
                events.getEvent();
            }
            if (!events.checkEvent(Event.ID.StreamEnd))
                problem(at(events.peekEvent().getStartMark()), "a second document begins here; one file holds one document");
        } catch (MarkedYAMLException broken) {
            problems.add(broken(broken));
        } catch (YAMLException unmarked) {   // SnakeYAML finds itself in a state that it holds for impossible
            problems.add(new Problem(last, "not YAML from here on; look at the quotes and the indentation"));
        }
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return tree;
    }

    private Tree node(int depth) {
        Event event = events.getEvent();
        Location at = at(event.getStartMark());
        last = at;
        if (depth > Yaml.DEPTH) throw new InvalidInput(at, "nested deeper than " + Yaml.DEPTH + " levels");
        refuse(event, at);
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, at);
            case CollectionStartEvent start when start.getEventId() == Event.ID.SequenceStart -> sequence(at, depth);
            case CollectionStartEvent start -> mapping(at, depth);
            default -> new Tree.Scalar(at, "", true);
        };
    }

    private void refuse(Event event, Location at) {
        if (event instanceof AliasEvent alias) {
            problem(at, "an alias (*" + alias.getAnchor() + ") is not allowed; write the value out, or use a variable");
            return;
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null)
            problem(at, "an anchor (&" + node.getAnchor() + ") is not allowed; use a variable");
        String tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent start -> start.getTag();
            default -> null;
        };
        if (tag != null) problem(at, "a tag (" + tag + ") is not allowed; remove it, quote the text if `!` belongs to it");
    }

    private Tree scalar(ScalarEvent event, Location at) {
        if (!CharacterCheck.isClean(event.getValue())) problem(at, "an escape in this text stands for a control character");
        return new Tree.Scalar(at, event.getValue(), event.isPlain());
    }

    private Tree sequence(Location at, int depth) {
        var items = new ArrayList<Tree>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) items.add(node(depth + 1));
        events.getEvent();
        return new Tree.Sequence(at, items);
    }

    private Tree mapping(Location at, int depth) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Tree key = node(depth + 1);
            Tree value = node(depth + 1);
            if (!(key instanceof Tree.Scalar scalar)) {
                problem(key.at(), source(key.at(), -1).startsWith("{{")
                    ? "a value that begins with {{ must be quoted: \"{{ name }}\""
                    : "a key must be text");
                continue;
            }
            String name = scalar.text();
            if (scalar.plain() && name.equals("<<")) problem(scalar.at(), "a merge key (<<) is not allowed; use group variables");
            Tree.Entry earlier = entries.putIfAbsent(name, new Tree.Entry(scalar.at(), value));
            if (earlier != null) problem(scalar.at(), "key `" + name + "` is already written at line " + earlier.keyAt().line());
        }
        events.getEvent();
        return new Tree.Mapping(at, entries);
    }

    /// The rest of the line from a place, moved by `shift` columns.
    private String source(Location at, int shift) {
        String line = at.line() <= lines.length ? lines[at.line() - 1] : "";
        int start = line.offsetByCodePoints(0, Math.clamp(at.column() - 1L + shift, 0, line.codePointCount(0, line.length())));
        return line.substring(start);
    }

    private Problem broken(MarkedYAMLException broken) {
        Mark mark = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
        Location at = mark == null ? Location.file(file) : at(mark);
        String text = broken.getProblem() == null ? "not YAML" : broken.getProblem();
        String context = broken.getContext() == null || broken.getContextMark() == null ? "" : " (" + broken.getContext() + " at line "
            + (broken.getContextMark().getLine() + 1) + ")";
        return new Problem(at, text + context + hint(at, text));
    }

    private String hint(Location at, String text) {
        String rest = mark(at);
        if (rest.contains("{{") || rest.contains("{%")) return "; a value with {{ or {% in it must be quoted";
        if (text.contains("cannot start any token")) return "; quote the value";
        if (text.contains("mapping values are not allowed")) return "; quote a value that contains `: `, or correct the indentation";
        return "";
    }

    private String mark(Location at) {
        return at.line() == 0 || at.line() > lines.length ? "" : lines[at.line() - 1];
    }

    private void problem(Location at, String message) {
        problems.add(new Problem(at, message));
    }

    private Location at(Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
