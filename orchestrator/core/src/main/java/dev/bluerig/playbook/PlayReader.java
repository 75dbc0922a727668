package dev.bluerig.playbook;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Problem;
import dev.bluerig.source.TemplateValues;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One `- play:` to a play; what is wrong goes to `problems`.
final class PlayReader {
    private static final Set<String> FIELDS = Set.of("play", "machines", "vars", "arm", "tasks");

    private final TaskNames names;
    private final Templates templates;
    private final List<Problem> problems;

    PlayReader(TaskNames names, Templates templates, List<Problem> problems) {
        this.names = names;
        this.templates = templates;
        this.problems = problems;
    }

    Optional<Play> play(Tree.Mapping mapping) {
        mapping.entries().forEach((key, entry) -> {
            if (!FIELDS.contains(key)) problem(entry.keyAt(), "a play has no `" + key + "`" + meant(key, FIELDS));
        });
        var name = text(mapping, "play");
        var selector = mapping.get("machines").flatMap(this::selector);
        if (mapping.get("machines").isEmpty()) problem(mapping.at(), "a play needs `machines`: names, groups, ranges or patterns");
        var tasks = mapping.get("tasks").map(this::tasks);
        if (tasks.isEmpty()) problem(mapping.at(), "a play needs `tasks`");
        Map<String, Object> vars = mapping.get("vars").map(this::vars).orElse(Map.of());
        if (name.isEmpty() || selector.isEmpty() || tasks.isEmpty()) return Optional.empty();
        return Optional.of(new Play(name.get(), mapping.at(), selector.get(), vars, mapping.get("arm").flatMap(this::arm), tasks.get()));
    }

    private Optional<String> text(Tree.Mapping mapping, String field) {
        if (mapping.get(field).orElseThrow() instanceof Tree.Scalar scalar && !scalar.isNull()) return Optional.of(scalar.text());
        problem(mapping.entries().get(field).keyAt(), "`" + field + "` is a text");
        return Optional.empty();
    }

    private Optional<Play.Selector> selector(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar when !scalar.isNull() -> Optional.of(new Play.Selector(scalar.at(), scalar.text()));
            case Tree.Sequence sequence when !sequence.items().isEmpty()
                && sequence.items().stream().allMatch(Tree.Scalar.class::isInstance) ->
                Optional.of(new Play.Selector(sequence.at(),
                String.join(",", sequence.items().stream().map(item -> ((Tree.Scalar) item).text()).toList())));
            case Tree other -> {
                problem(other.at(), "`machines` is a name, a group, a range such as dpu-[001:200], a pattern such as dpu-*, or a list"
                    + " of these");
                yield Optional.empty();
            }
        };
    }

    private Optional<Integer> arm(Tree tree) {
        String text = tree instanceof Tree.Scalar scalar && scalar.plain() ? scalar.text() : "";
        if (text.equals("true")) return Optional.of(ArmedChange.USUAL);
        if (text.equals("false")) return Optional.empty();
        int seconds = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (seconds >= ArmedChange.LEAST && seconds <= ArmedChange.MOST) return Optional.of(seconds);
        problem(tree.at(), "`arm` is true, false, or seconds from " + ArmedChange.LEAST + " to " + ArmedChange.MOST);
        return Optional.empty();
    }

    private Map<String, Object> vars(Tree tree) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            problem(tree.at(), "`vars` is a mapping of names to values");
            return Map.of();
        }
        var vars = new LinkedHashMap<String, Object>();
        mapping.entries().forEach((name, entry) -> vars.put(name, TemplateValues.of(entry.value())));
        return vars;
    }

    private List<TaskEntry> tasks(Tree tree) {
        var entries = new ArrayList<TaskEntry>();
        if (!(tree instanceof Tree.Sequence sequence)) {
            problem(tree.at(), "`tasks` is a list such as `- interface: {name: p0, up: true}`");
            return entries;
        }
        if (sequence.items().isEmpty()) problem(sequence.at(), "a play without a task");
        sequence.items().forEach(item -> task(item).ifPresent(entries::add));
        return entries;
    }

    private Optional<TaskEntry> task(Tree item) {
        if (!(item instanceof Tree.Mapping mapping) || mapping.entries().size() != 1) {
            problem(item.at(), "a task is one name and its fields, such as `- interface: {name: p0, up: true}`");
            return Optional.empty();
        }
        String name = mapping.entries().keySet().iterator().next();
        var written = mapping.entries().get(name);
        var type = names.types().get(name);
        if (type == null) {
            problem(written.keyAt(), "no task is named `" + name + "`" + meant(name, names.types().keySet())
                + "; `bluerig explain` lists them");
            return Optional.empty();
        }
        try {
            var entry = new TaskEntry(name, type, written.keyAt(), written.value(), from(name, written.value()));
            problems.addAll(structure(entry));
            return Optional.of(entry);
        } catch (InvalidInput invalid) {
            problems.addAll(invalid.problems());
            return Optional.empty();
        }
    }

    private Optional<Template> from(String task, Tree body) {
        if (!(body instanceof Tree.Mapping mapping) || mapping.get("from").isEmpty()) return Optional.empty();
        Tree value = mapping.get("from").orElseThrow();
        if (!(value instanceof Tree.Scalar scalar) || scalar.isNull() || scalar.text().contains("{"))
            throw new InvalidInput(value.at(), "`from` is the name of a template, and is not rendered itself");
        if (Template.isState(scalar.text())) {
            mapping.entries().forEach((key, entry) -> {
                if (!key.equals("from"))
                    throw new InvalidInput(entry.keyAt(), "`" + key + "` beside `from`: the template says the whole state of the task");
            });
        } else if (!task.equals("file")) {
            throw new InvalidInput(value.at(), "the state of a task comes from a `*.yaml.j2` template; other templates are the content"
                + " of a `file`");
        } else if (mapping.get("content").isPresent()) {
            throw new InvalidInput(mapping.entries().get("content").keyAt(), "`content` beside `from`: one of the two");
        }
        return Optional.of(templates.read(scalar.text(), value.at()));
    }

    private List<Problem> structure(TaskEntry entry) {
        if (entry.from().isEmpty()) return Binder.check(entry.type(), entry.body(), Binder.Booleans.SWITCHES);
        if (entry.from().get().yieldsState()) return List.of();
        return Binder.check(entry.type(), FileContents.withContent((Tree.Mapping) entry.body(), ""), Binder.Booleans.SWITCHES);
    }

    private static String meant(String written, Collection<String> known) {
        return NearestName.to(written, known).map(name -> "; did you mean `" + name + "`?").orElse("");
    }

    private void problem(Location at, String message) {
        problems.add(new Problem(at, message));
    }
}
