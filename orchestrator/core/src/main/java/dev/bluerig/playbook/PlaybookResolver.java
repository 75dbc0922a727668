package dev.bluerig.playbook;

import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Renderer;
import dev.bluerig.source.Tree;
import dev.bluerig.task.MachineContext;
import dev.bluerig.task.NotApplicable;
import dev.bluerig.task.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// From a playbook and an inventory to what each machine has to be and each pair has to show. Gathers the problems of all of them, equal
/// ones folded.
public final class PlaybookResolver {
    private final Inventory inventory;
    private final Function<Machine, Map<String, Object>> context;
    /// Of each machine, for all plays.
    private final Map<String, Map<String, Object>> contexts = new HashMap<>();
    /// The last of each entry: a body without templates is the same for every machine, and one with templates for most.
    private final Map<TaskEntry, BoundSpec> bound = new IdentityHashMap<>();
    private final Map<Problem, Set<String>> problems = new LinkedHashMap<>();

    private record BoundSpec(Tree body, TaskSpec spec) {}

    private PlaybookResolver(Inventory inventory) {
        this.inventory = inventory;
        this.context = inventory.contexts();
    }

    /// `limit`: the machines that may be touched at all; empty means all. Throws `InvalidInput` with all problems.
    public static List<ResolvedItem> of(Playbook playbook, Inventory inventory, Set<String> limit) {
        var resolver = new PlaybookResolver(inventory);
        var stages = new ArrayList<ResolvedItem>();
        for (PlaybookItem item : playbook.items()) {
            stages.add(switch (item) {
                case Play play -> resolver.stage(play, limit);
                case TrialItem trial -> new TrialResolver(inventory, limit, resolver::wrong).stage(trial);
            });
        }
        if (!resolver.problems.isEmpty()) throw new InvalidInput(resolver.folded());
        return List.copyOf(stages);
    }

    private List<Problem> folded() {
        var folded = new ArrayList<Problem>();
        problems.forEach((problem, places) -> folded.add(places.isEmpty() ? problem
            : new Problem(problem.at(), problem.message() + " (" + FoldedNames.names(places) + ")")));
        return folded;
    }

    private ResolvedPlay stage(Play play, Set<String> limit) {
        var machines = new LinkedHashMap<String, List<ResolvedTask>>();
        for (Machine machine : selected(play)) {
            if (limit.isEmpty() || limit.contains(machine.name())) machines.put(machine.name(), assignments(play, machine));
        }
        return new ResolvedPlay(play, machines);
    }

    private List<Machine> selected(Play play) {
        try {
            return inventory.select(play.machines().at(), play.machines().text());
        } catch (InvalidInput invalid) {
            invalid.problems().forEach(problem -> wrong(problem, Optional.empty()));
            return List.of();
        }
    }

    private List<ResolvedTask> assignments(Play play, Machine machine) {
        Map<String, Object> variables = contexts.computeIfAbsent(machine.name(), any -> context.apply(machine));
        if (!play.vars().isEmpty()) {
            variables = new LinkedHashMap<>(variables);
            variables.putAll(play.vars());
        }
        var assignments = new ArrayList<ResolvedTask>();
        for (TaskEntry entry : play.tasks()) assignment(entry, machine, variables).ifPresent(assignments::add);
        return assignments;
    }

    private Optional<ResolvedTask> assignment(TaskEntry entry, Machine machine, Map<String, Object> variables) {
        try {
            Tree rendered = rendered(entry, variables);
            if (entry.from().isPresent() && rendered instanceof Tree.Sequence sequence && sequence.items().isEmpty())
                return Optional.of(new ResolvedTask(entry, rendered,
                    new NotApplicable(entry.from().get().file() + " yields nothing for this machine")));
            return Optional.of(new ResolvedTask(entry, rendered, bound(entry, rendered).on(new MachineContext(machine, inventory))));
        } catch (InvalidInput invalid) {
            invalid.problems().forEach(problem -> wrong(located(entry, problem), Optional.of(machine.name())));
        } catch (IllegalArgumentException refused) {
            wrong(new Problem(entry.at(), refused.getMessage()), Optional.of(machine.name()));
        }
        return Optional.empty();
    }

    private TaskSpec bound(TaskEntry entry, Tree body) {
        BoundSpec known = bound.get(entry);
        if (known != null && known.body == body) return known.spec;
        TaskSpec spec = Binder.bind(entry.type(), body, Binder.Booleans.SWITCHES);
        bound.put(entry, new BoundSpec(body, spec));
        return spec;
    }

    /// What is wrong in a template is wrong where a playbook takes it from.
    private static Problem located(TaskEntry entry, Problem problem) {
        var from = entry.from().filter(template -> problem.at().file().startsWith(template.file()));
        return from.map(template -> new Problem(problem.at(), problem.message() + ", taken from " + template.from())).orElse(problem);
    }

    /// `where`: the machine or the pair that has this problem, when it is not everybody's.
    private void wrong(Problem problem, Optional<String> where) {
        var places = problems.computeIfAbsent(problem, any -> new LinkedHashSet<>());
        where.ifPresent(places::add);
    }

    private static Tree rendered(TaskEntry entry, Map<String, Object> variables) {
        if (entry.from().isEmpty()) return Renderer.scalars(entry.body(), variables);
        Template template = entry.from().get();
        if (!template.yieldsState()) {
            var rest = (Tree.Mapping) Renderer.scalars(FileContents.withContent((Tree.Mapping) entry.body(), ""), variables);
            return FileContents.withContent(rest, Renderer.text(template.file(), template.text(), variables));
        }
        return Renderer.tree(template.file(), template.text(), variables);
    }
}
