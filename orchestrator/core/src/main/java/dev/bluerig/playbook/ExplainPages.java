package dev.bluerig.playbook;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Description;
import dev.bluerig.trial.spec.Trial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What `explain` and the generated reference print: every task and the trial from its record, every code from its enum.
public record ExplainPages(Map<String, Description> tasks, Description trial, List<Code> codes) {
    public ExplainPages {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        codes = List.copyOf(codes);
    }

    /// `more`: the codes of the rooms above.
    public static ExplainPages of(TaskNames names, Code... more) {
        var tasks = new LinkedHashMap<String, Description>();
        names.types().forEach((name, type) -> tasks.put(name, Binder.describe(type)));
        return new ExplainPages(tasks, Binder.describe(Trial.class), Stream.concat(CodeCatalogue.all().stream(), Stream.of(more)).toList());
    }

    public Optional<Code> code(String name) {
        return codes.stream().filter(code -> code.name().equalsIgnoreCase(name)).findFirst();
    }

    /// A task's example as it stands in a play, its name in front whether the record wrote it or not.
    public static String example(String task, Description description) {
        String example = description.example();
        if (example.isEmpty() || example.startsWith("- " + task + ":")) return example;
        if (example.startsWith(task + ":")) return "- " + example.replace("\n", "\n  ");
        return "- " + task + ":" + (example.startsWith("- ") ? "\n    " + example.replace("\n", "\n    ")
            : " " + example.replace("\n", "\n  "));
    }
}
