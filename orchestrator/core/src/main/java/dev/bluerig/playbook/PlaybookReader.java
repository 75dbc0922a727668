package dev.bluerig.playbook;

import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Tree;
import dev.bluerig.source.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Playbook files to plays and trials. Gathers every problem of a playbook and of all that it includes before it gives up.
public final class PlaybookReader {
    private static final Set<String> ITEMS = Set.of("play", "include", "trial");

    /// More than anybody writes: includes within includes, and includes in all.
    private static final int DEEPEST = 20;
    private static final int MOST = 1000;

    private final TaskNames names;
    private final Path project;
    private int files;
    private final List<Problem> problems = new ArrayList<>();

    private PlaybookReader(TaskNames names, Path project) {
        this.names = names;
        this.project = project;
    }

    /// Throws `InvalidInput` with all problems.
    public static Playbook read(Path file, TaskNames names, Path project) {
        var reader = new PlaybookReader(names, project);
        var items = new ArrayList<PlaybookItem>();
        reader.file(file, Location.file(file.toString()), new LinkedHashSet<>(), items);
        if (reader.problems.isEmpty() && items.isEmpty())
            reader.problems.add(new Problem(Location.file(file.toString()), "a playbook without a play"));
        if (!reader.problems.isEmpty()) throw new InvalidInput(reader.problems);
        return new Playbook(file.toString(), items);
    }

    /// `open`: the files that are being read, to find a circle.
    private void file(Path file, Location from, Set<Path> open, List<PlaybookItem> all) {
        if (open.size() >= DEEPEST) {
            problem(from, "more than " + DEEPEST + " playbooks include each other");
            return;
        }
        if (++files > MOST) {
            if (files == MOST + 1) problem(from, "more than " + MOST + " includes");
            return;
        }
        Path real = file.toAbsolutePath().normalize();
        if (!open.add(real)) {
            problem(from, "this includes itself: " + file);
            return;
        }
        try {
            Tree tree = Yaml.read(file.toString(), BoundedFile.text(file, Yaml.SIZE, from, "the playbook"));
            if (tree instanceof Tree.Sequence items) items.items().forEach(item -> item(file, item, open, all));
            else problem(tree.at(), "a playbook is a list of `- play:`, `- trial:` and `- include:`");
        } catch (InvalidInput invalid) {
            problems.addAll(invalid.problems());
        }
        open.remove(real);
    }

    private void item(Path file, Tree item, Set<Path> open, List<PlaybookItem> all) {
        if (!(item instanceof Tree.Mapping mapping)) {
            problem(item.at(), "an item of a playbook is `- play: NAME`, `- trial: NAME` or `- include: FILE`");
        } else if (mapping.get("trial").isPresent()) {
            new TrialReader(problems).trial(mapping).ifPresent(all::add);
        } else if (mapping.get("include").isPresent()) {
            include(file, mapping, open, all);
        } else if (mapping.get("play").isPresent()) {
            new PlayReader(names, Templates.around(file, project), problems).play(mapping).ifPresent(all::add);
        } else {
            var unknown = mapping.entries().entrySet().stream().findFirst();
            problem(unknown.map(entry -> entry.getValue().keyAt()).orElse(mapping.at()),
                "an item of a playbook begins with `play`, `trial` or `include`" + unknown.map(entry -> ", found `" + entry.getKey() + "`"
                    + NearestName.to(entry.getKey(), ITEMS).map(name -> "; did you mean `" + name + "`?").orElse("")).orElse(""));
        }
    }

    private void include(Path file, Tree.Mapping mapping, Set<Path> open, List<PlaybookItem> all) {
        mapping.entries().forEach((key, entry) -> {
            if (!key.equals("include")) problem(entry.keyAt(), "an include has no `" + key + "`");
        });
        Tree value = mapping.get("include").orElseThrow();
        Optional<String> name = value instanceof Tree.Scalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
        if (name.isEmpty()) {
            problem(value.at(), "`include` is the name of a playbook beside this one");
            return;
        }
        Path included = file.resolveSibling(name.get());
        file(included, value.at(), open, all);
    }

    private void problem(Location at, String message) {
        problems.add(new Problem(at, message));
    }
}
