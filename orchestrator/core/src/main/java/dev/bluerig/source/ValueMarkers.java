package dev.bluerig.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stand-ins for printed values while YAML is read: letters and digits only, in no way special to YAML, and not in the template.
final class ValueMarkers {
    private static final String FIRST = "Zz0v";
    private static final Pattern FIRST_SHAPE = shape(FIRST);

    private final String lead;
    private final Pattern shape;
    private final List<Object> values = new ArrayList<>();

    private ValueMarkers(String lead) {
        this.lead = lead;
        this.shape = lead.equals(FIRST) ? FIRST_SHAPE : shape(lead);
    }

    private static Pattern shape(String lead) {
        return Pattern.compile(lead + "([0-9]+)z");
    }

    static ValueMarkers notIn(String template) {
        int number = 0;
        while (template.contains("Zz" + number + "v")) number++;
        return new ValueMarkers("Zz" + number + "v");
    }

    String put(Object value) {
        values.add(value);
        return lead + (values.size() - 1) + "z";
    }

    List<Object> values() {
        return List.copyOf(values);
    }

    Tree replaced(Tree tree) {
        var problems = new ArrayList<Problem>();
        Tree result = replaced(tree, problems);
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return result;
    }

    private Tree replaced(Tree tree, List<Problem> problems) {
        return switch (tree) {
            case Tree.Sequence sequence -> new Tree.Sequence(sequence.at(), sequence.items().stream().map(item -> replaced(item, problems))
                .toList());
            case Tree.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                mapping.entries().forEach((key, entry) -> {
                    if (key.contains(lead)) problems.add(new Problem(entry.keyAt(), "a field name cannot be printed by {{ }}"));
                    entries.put(key, new Tree.Entry(entry.keyAt(), replaced(entry.value(), problems)));
                });
                yield new Tree.Mapping(mapping.at(), entries);
            }
            case Tree.Scalar scalar when !scalar.text().contains(lead) -> scalar;
            case Tree.Scalar scalar -> scalar(scalar, problems);
        };
    }

    private Tree scalar(Tree.Scalar scalar, List<Problem> problems) {
        Matcher marker = shape.matcher(scalar.text());
        if (marker.matches()) return TemplateValues.tree(scalar.at(), value(marker));
        return new Tree.Scalar(scalar.at(), marker.replaceAll(found -> Matcher.quoteReplacement(text(scalar, value(found), problems))),
            false);
    }

    private Object value(MatchResult marker) {
        return values.get(Integer.parseInt(marker.group(1)));
    }

    private static String text(Tree.Scalar scalar, Object value, List<Problem> problems) {
        boolean many = value instanceof Iterable<?> || value instanceof Map<?, ?>;
        if (many)
            problems.add(new Problem(scalar.at(), "a list or mapping cannot stand inside a text; print it alone, or join it: {{ list |"
                + " join(\",\") }}"));
        return String.valueOf(value);
    }
}
