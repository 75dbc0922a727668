package dev.bluerig.playbook;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Renderer;
import dev.bluerig.source.Tree;
import dev.bluerig.task.NotHere;
import dev.bluerig.task.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// From a playbook and an inventory to what each machine has to be and each pair has to show. Gathers the problems of all of them, equal ones folded.
public final class Staging {
    private final Inventory inventory;
    private final Map<Problem, Set<String>> problems = new LinkedHashMap<>();

    private Staging(Inventory inventory) {
        this.inventory = inventory;
    }

    /// `limit`: the machines that may be touched at all; empty means all. Throws `InvalidInput` with all problems.
    public static List<Staged> of(Playbook playbook, Inventory inventory, Set<String> limit) {
        var staging = new Staging(inventory);
        var stages = new ArrayList<Staged>();
        for (Item item : playbook.items()) {
            stages.add(switch (item) {
                case Play play -> staging.stage(play, limit);
                case TrialItem trial -> new TrialStaging(inventory, limit, staging::wrong).stage(trial);
            });
        }
        if (!staging.problems.isEmpty()) throw new InvalidInput(staging.folded());
        return List.copyOf(stages);
    }

    private List<Problem> folded() {
        var folded = new ArrayList<Problem>();
        problems.forEach((problem, places) -> folded.add(places.isEmpty() ? problem
            : new Problem(problem.at(), problem.message() + " (" + Folded.names(places) + ")")));
        return folded;
    }

    private Stage stage(Play play, Set<String> limit) {
        var machines = new LinkedHashMap<String, List<Assignment>>();
        for (Machine machine : selected(play)) {
            if (limit.isEmpty() || limit.contains(machine.name())) machines.put(machine.name(), assignments(play, machine));
        }
        return new Stage(play, machines);
    }

    private List<Machine> selected(Play play) {
        try {
            return inventory.select(play.machines().at(), play.machines().text());
        } catch (InvalidInput invalid) {
            invalid.problems().forEach(problem -> wrong(problem, Optional.empty()));
            return List.of();
        }
    }

    private List<Assignment> assignments(Play play, Machine machine) {
        var variables = new LinkedHashMap<>(inventory.context(machine));
        variables.putAll(play.vars());
        var assignments = new ArrayList<Assignment>();
        for (Entry entry : play.tasks()) assignment(entry, machine, variables).ifPresent(assignments::add);
        return assignments;
    }

    private Optional<Assignment> assignment(Entry entry, Machine machine, Map<String, Object> variables) {
        try {
            Tree rendered = rendered(entry, variables);
            if (entry.from().isPresent() && rendered instanceof Tree.Sequence sequence && sequence.items().isEmpty())
                return Optional.of(new Assignment(entry, rendered, new NotHere(entry.from().get().file() + " yields nothing for this machine")));
            var wish = Binder.bind(entry.type(), rendered, Binder.Booleans.SWITCHES);
            return Optional.of(new Assignment(entry, rendered, wish.on(new Site(machine, inventory))));
        } catch (InvalidInput invalid) {
            invalid.problems().forEach(problem -> wrong(located(entry, problem), Optional.of(machine.name())));
        } catch (IllegalArgumentException refused) {
            wrong(new Problem(entry.at(), refused.getMessage()), Optional.of(machine.name()));
        }
        return Optional.empty();
    }

    /// What is wrong in a template is wrong where a playbook takes it from.
    private static Problem located(Entry entry, Problem problem) {
        var from = entry.from().filter(template -> problem.at().file().startsWith(template.file()));
        return from.map(template -> new Problem(problem.at(), problem.message() + ", taken from " + template.from())).orElse(problem);
    }

    /// `where`: the machine or the pair that has this problem, when it is not everybody's.
    private void wrong(Problem problem, Optional<String> where) {
        var places = problems.computeIfAbsent(problem, any -> new LinkedHashSet<>());
        where.ifPresent(places::add);
    }

    private static Tree rendered(Entry entry, Map<String, Object> variables) {
        if (entry.from().isEmpty()) return Renderer.scalars(entry.body(), variables);
        Template template = entry.from().get();
        if (!template.yieldsState()) {
            var rest = (Tree.Mapping) Renderer.scalars(Bodies.withContent((Tree.Mapping) entry.body(), ""), variables);
            return Bodies.withContent(rest, Renderer.text(template.file(), template.text(), variables));
        }
        return Renderer.tree(template.file(), template.text(), variables);
    }
}
