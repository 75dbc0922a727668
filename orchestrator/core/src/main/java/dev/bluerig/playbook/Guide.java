package dev.bluerig.playbook;

import dev.bluerig.converge.Stop;
import dev.bluerig.remote.Explained;
import dev.bluerig.remote.Reason;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Description;
import dev.bluerig.task.Finding;
import dev.bluerig.trial.DepotTrouble;
import dev.bluerig.trial.DuetTrouble;
import dev.bluerig.trial.PairTrouble;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What `explain` and the generated reference print: every task from its record, every code from its enum.
public record Guide(Map<String, Description> tasks, List<Explained> codes) {
    public Guide {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        codes = List.copyOf(codes);
    }

    /// `more`: the codes of the rooms above.
    public static Guide of(TaskNames names, Explained... more) {
        var tasks = new LinkedHashMap<String, Description>();
        names.types().forEach((name, type) -> tasks.put(name, Binder.describe(type)));
        var codes = Stream.<Explained[]>of(Reason.values(), Stop.values(), Finding.values(),
            PairTrouble.values(), DuetTrouble.values(), DepotTrouble.values(), more).flatMap(Arrays::stream).toList();
        return new Guide(tasks, codes);
    }

    public Optional<Explained> code(String name) {
        return codes.stream().filter(code -> code.name().equalsIgnoreCase(name)).findFirst();
    }

    /// A task's example as it stands in a play, its name in front whether the record wrote it or not.
    public static String example(String task, Description description) {
        String example = description.example();
        if (example.isEmpty() || example.startsWith("- " + task + ":")) return example;
        if (example.startsWith(task + ":")) return "- " + example.replace("\n", "\n  ");
        return "- " + task + ":" + (example.startsWith("- ") ? "\n    " + example.replace("\n", "\n    ") : " " + example.replace("\n", "\n  "));
    }
}
