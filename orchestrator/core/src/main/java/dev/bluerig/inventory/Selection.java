package dev.bluerig.inventory;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which machines a play or `--limit` means: names, groups, ranges and patterns, separated by commas; `!` takes away.
final class Selection {
    private final Inventory inventory;
    private final Location at;
    private final List<Problem> problems = new ArrayList<>();

    Selection(Inventory inventory, Location at) {
        this.inventory = inventory;
        this.at = at;
    }

    List<Machine> select(String text) {
        var chosen = new LinkedHashSet<String>();
        var refused = new LinkedHashSet<String>();
        boolean onlyRefused = true;
        for (String part : text.split(",", -1)) {
            String term = part.strip();
            boolean out = term.startsWith("!");
            onlyRefused &= out;
            (out ? refused : chosen).addAll(names(out ? term.substring(1).strip() : term));
        }
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        List<Machine> selected = inventory.machines().values().stream()
            .filter(machine -> chosen.contains(machine.name()) && !refused.contains(machine.name())).toList();
        if (onlyRefused) selected = inventory.machines().values().stream().filter(machine -> !refused.contains(machine.name())).toList();
        if (selected.isEmpty()) throw new InvalidInput(at, "`" + text + "` selects no machine");
        return selected;
    }

    private Set<String> names(String term) {
        if (term.isEmpty()) {
            problems.add(new Problem(at, "a name is missing between the commas"));
            return Set.of();
        }
        if (term.equals("all") || term.equals("*")) return inventory.machines().keySet();
        if (inventory.groups().containsKey(term)) return new LinkedHashSet<>(inventory.groups().get(term));
        if (NameRange.isRange(term)) return range(term);
        if (term.indexOf('*') >= 0 || term.indexOf('?') >= 0) return pattern(term);
        if (inventory.machines().containsKey(term)) return Set.of(term);
        problems.add(unknown(term));
        return Set.of();
    }

    private Set<String> range(String term) {
        try {
            var names = new LinkedHashSet<>(NameRange.expand(term));
            List<String> missing = names.stream().filter(name -> !inventory.machines().containsKey(name)).toList();
            if (!missing.isEmpty())
                problems.add(new Problem(at, "`" + term + "` names machines that are not in the inventory: "
                    + String.join(", ", NameRange.fold(missing))));
            return names;
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(at, wrong.getMessage()));
            return Set.of();
        }
    }

    private Set<String> pattern(String term) {
        var names = new LinkedHashSet<String>();
        inventory.machines().keySet().stream().filter(name -> Wildcard.matches(term, name)).forEach(names::add);
        inventory.groups().forEach((group, members) -> {
            if (Wildcard.matches(term, group)) names.addAll(members);
        });
        if (names.isEmpty()) problems.add(new Problem(at, "`" + term + "` matches no machine and no group"));
        return names;
    }

    private Problem unknown(String term) {
        var known = new ArrayList<String>(inventory.machines().keySet());
        known.addAll(inventory.groups().keySet());
        String hint = NearestName.to(term, known).map(near -> "; did you mean `" + near + "`?")
            .orElseGet(() -> "; there are " + String.join(", ", inventory.groups().keySet()) + (inventory.groups().isEmpty() ? "" : ", ")
            + String.join(", ", NameRange.fold(inventory.machines().keySet())));
        return new Problem(at, "no machine or group is called `" + term + "`" + hint);
    }
}
