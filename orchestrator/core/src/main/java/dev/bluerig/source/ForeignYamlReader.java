package dev.bluerig.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// SnakeYAML's events, which follow the same grammar as libyaml, become a tree without places.
final class ForeignYamlReader {
    private static final int SIZE = 1 << 20;
    private static final int DEPTH = 40;
    private static final int NODES = 100_000;

    private final String file;
    private final ParserImpl events;
    private final Map<String, ForeignYaml> anchors = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int nodes;

    ForeignYamlReader(String file, String text) {
        this.file = file;
        if (text.length() > SIZE) throw new IllegalArgumentException(file + ": larger than " + SIZE + " characters");
        var options = new LoaderOptions();
        options.setCodePointLimit(SIZE);
        events = new ParserImpl(new StreamReader(text.startsWith("\uFEFF") ? text.substring(1) : text), options);
    }

    Optional<ForeignYaml> document() {
        try {
            events.getEvent();
            if (!events.checkEvent(Event.ID.DocumentStart)) return Optional.empty();
            events.getEvent();
            return Optional.of(node(0));
        } catch (YAMLException broken) {
            throw new IllegalArgumentException(file + why(broken), broken);
        }
    }

    /// Without the text itself, which may be a secret.
    private static String why(YAMLException broken) {
        if (!(broken instanceof MarkedYAMLException marked) || marked.getProblem() == null)
            return ": not YAML: characters that are not allowed";
        String line = marked.getProblemMark() == null ? "" : ":" + (marked.getProblemMark().getLine() + 1);
        return line + ": " + marked.getProblem() + (marked.getContext() == null ? "" : " (" + marked.getContext() + ")");
    }

    private ForeignYaml node(int depth) {
        Event event = events.getEvent();
        String at = file + ":" + (event.getStartMark().getLine() + 1);
        if (depth > DEPTH) throw new IllegalArgumentException(at + ": nested deeper than " + DEPTH + " levels");
        int before = nodes;
        count(1, at);
        if (event instanceof AliasEvent alias) return aliased(alias.getAnchor(), at);
        String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
        if (anchor != null) open.add(anchor);
        ForeignYaml value = switch (event) {
            case ScalarEvent scalar -> new ForeignYaml.Text(scalar.getValue());
            case SequenceStartEvent start -> sequence(depth);
            case MappingStartEvent start -> mapping(depth, at);
            default -> throw new IllegalArgumentException(at + ": not YAML");
        };
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, value);
            sizes.put(anchor, nodes - before);
        }
        return value;
    }

    private void count(int more, String at) {
        nodes += more;
        if (nodes > NODES) throw new IllegalArgumentException(at + ": more than " + NODES + " values, those of aliases counted");
    }

    private ForeignYaml aliased(String anchor, String at) {
        if (open.contains(anchor)) throw new IllegalArgumentException(at + ": *" + anchor + " contains itself");
        if (!anchors.containsKey(anchor)) throw new IllegalArgumentException(at + ": nothing is called &" + anchor);
        count(sizes.get(anchor), at);
        return anchors.get(anchor);
    }

    private ForeignYaml sequence(int depth) {
        var items = new ArrayList<ForeignYaml>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) items.add(node(depth + 1));
        events.getEvent();
        return new ForeignYaml.Items(items);
    }

    private ForeignYaml mapping(int depth, String at) {
        var pairs = new ArrayList<ForeignYaml.Pair>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            if (!(node(depth + 1) instanceof ForeignYaml.Text key)) throw new IllegalArgumentException(at + ": a key that is no text");
            pairs.add(new ForeignYaml.Pair(key.text(), node(depth + 1)));
        }
        events.getEvent();
        return new ForeignYaml.Pairs(pairs);
    }
}
