package dev.bluerig.inventory;

import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// An inventory on its way from tree to value: each part is bound for itself, and every problem of every part is kept.
final class InventoryBinder {
    private static final Set<String> SWITCHES = Set.of("on", "off", "yes", "no");

    private final Path directory;
    private final InventoryEnvironment surroundings;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Object> vars = new LinkedHashMap<>();
    private final Map<String, InventorySchema.Group> groups = new LinkedHashMap<>();
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Set<String> declared = new LinkedHashSet<>();
    private final Map<String, Pair> pairs = new LinkedHashMap<>();
    private final SourceMap places = new SourceMap();
    private final Map<RangeEntry, GroupSettings> settled = new IdentityHashMap<>();

    /// What all machines of an entry have from its groups, outermost first.
    private record GroupSettings(List<String> groups, Map<String, Object> vars, List<InventorySchema.Login> logins,
        Optional<DpuMode> mode) {}

    InventoryBinder(Path directory, InventoryEnvironment surroundings) {
        this.directory = directory;
        this.surroundings = surroundings;
    }

    Inventory inventory(Tree tree) {
        switches(tree);
        var sections = Binder.bind(InventorySchema.Sections.class, tree);
        vars.putAll(variables(sections.vars()));
        groups(sections.groups());
        var order = new GroupOrder(parents());
        var logins = new LoginResolver(surroundings, directory, sections.lab().isPresent(), problems);
        entries(sections.machines(), "machines", (ranged, index) -> machine(ranged, index, order, logins));
        entries(sections.pairs(), "pairs", this::pair);
        problems.addAll(new InventoryLint(machines, declared, groups.keySet(), pairs, places).problems());
        if (!problems.isEmpty()) throw new InvalidInput(sorted());
        return new Inventory(machines, members(), pairs, sections.lab().map(MachineName::text));
    }

    /// In the order of the file; of problems that differ in numbers only (those of a range) the first.
    private List<Problem> sorted() {
        var seen = new LinkedHashSet<String>();
        return problems.stream().filter(problem -> seen.add(problem.at() + problem.message().replaceAll("[0-9]+", "0")))
            .sorted(Comparator.comparingInt((Problem problem) -> problem.at().line()).thenComparingInt(problem -> problem.at().column()))
            .toList();
    }

    private void switches(Tree tree) {
        switch (tree) {
            case Tree.Mapping mapping -> mapping.entries().values().forEach(entry -> switches(entry.value()));
            case Tree.Sequence sequence -> sequence.items().forEach(this::switches);
            case Tree.Scalar scalar when scalar.plain() && SWITCHES.contains(scalar.text().toLowerCase(Locale.ROOT)) ->
                problem(scalar.at(), "unquoted `" + scalar.text() + "` is text to some and a boolean to others; write true or false, or"
                    + " quote it");
            case Tree.Scalar scalar -> { }
        }
    }

    private Map<String, Object> variables(Tree tree) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            problem(tree.at(), "`vars` must be a mapping");
            return Map.of();
        }
        names(mapping);
        literal(tree);
        return bound(() -> Binder.bind(Variables.class, new Tree.Mapping(tree.at(), Map.of("all", new Tree.Entry(tree.at(), tree)))).all())
            .orElse(Map.of());
    }

    private record Variables(Map<String, Object> all) {}

    private void names(Tree.Mapping vars) {
        vars.entries().forEach((name, entry) -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) problem(entry.keyAt(), "not a variable name (letters, digits, _): " + name);
            if (TemplateContext.RESERVED.contains(name))
                problem(entry.keyAt(), "`" + name + "` already means something to templates; choose another name");
        });
    }

    private void literal(Tree tree) {
        switch (tree) {
            case Tree.Mapping mapping -> mapping.entries().values().forEach(entry -> literal(entry.value()));
            case Tree.Sequence sequence -> sequence.items().forEach(this::literal);
            case Tree.Scalar scalar when scalar.text().contains("{{") || scalar.text().contains("{%") ->
                problem(scalar.at(), "a variable of all machines or of a group is not a template; a machine's own may be one");
            case Tree.Scalar scalar -> { }
        }
    }

    private void groups(Tree tree) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            problem(tree.at(), "`groups` must be a mapping of names to groups");
            return;
        }
        mapping.entries().forEach((name, entry) -> {
            name(name, entry.keyAt());
            if (name.equals("all")) problem(entry.keyAt(), "`all` already means every machine");
            places.groups.put(name, entry);
            groups.put(name, bound(() -> Binder.bind(InventorySchema.Group.class, entry.value())).orElseGet(InventoryBinder::empty));
            SourceMap.field(entry.value(), "vars").ifPresent(vars -> variables(vars));
        });
    }

    private static InventorySchema.Group empty() {
        return Binder.bind(InventorySchema.Group.class, new Tree.Mapping(Location.file(""), Map.of()));
    }

    /// What is unknown or goes round in a circle is a problem and left out.
    private Map<String, List<String>> parents() {
        var parents = new LinkedHashMap<String, List<String>>();
        groups.forEach((name, group) -> parents.put(name,
            group.groups().stream()
            .filter(parent -> known(parent, places.item(places.groups.get(name).value(), "groups", group.groups().indexOf(parent))))
            .toList()));
        for (List<String> cycle = GroupOrder.cycle(parents); !cycle.isEmpty(); cycle = GroupOrder.cycle(parents)) {
            String first = cycle.getFirst();
            problem(places.groups.get(first).keyAt(), "groups go round in a circle: " + String.join(" in ", cycle));
            parents.put(first, List.of());
        }
        return parents;
    }

    private boolean known(String group, Location at) {
        if (groups.containsKey(group)) return true;
        problem(at, "no group is called `" + group + "`" + NearestName.hint(group, groups.keySet()));
        return false;
    }

    private void entries(Tree tree, String section, BiConsumer<RangeEntry, Integer> each) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            problem(tree.at(), "`" + section + "` must be a mapping of names to what they are");
            return;
        }
        mapping.entries().forEach((name, entry) -> {
            guarded(entry.keyAt(), () -> {
                var ranged = RangeEntry.of(name, entry.value());
                places.keys.put(ranged, entry.keyAt());
                for (int index = 0; index < ranged.size(); index++) {
                    int place = index;
                    guarded(entry.keyAt(), () -> each.accept(ranged, place));
                }
            });
        });
    }

    private void machine(RangeEntry ranged, int index, GroupOrder order, LoginResolver logins) {
        String name = ranged.name(index);
        Location keyAt = places.keys.get(ranged);
        name(name, keyAt);
        declared.add(name);
        GroupSettings outer = settled.computeIfAbsent(ranged, any -> settings(ranged, order));
        Tree.Mapping tree = ranged.at(index, outer.vars);
        var entry = Binder.bind(InventorySchema.Entry.class, tree);
        if (machines.containsKey(name))
            problem(keyAt, "a machine called `" + name + "` is already written at line " + places.machine(name).line());
        tree.get("vars").ifPresent(own -> names((Tree.Mapping) own));
        var merged = new LinkedHashMap<>(outer.vars);
        merged.putAll(entry.vars());
        var settings = new ArrayList<>(outer.logins);
        settings.add(entry.ssh());
        Ssh ssh = logins.merged(settings, () -> identityAt(tree, outer.groups));
        Optional<DpuMode> mode = entry.mode().or(() -> outer.mode);
        places.machines.put(name, new Tree.Entry(keyAt, tree));
        machines.put(name, new Machine(name, entry.kind(), outer.groups, entry.address().map(DialAddress::text), ssh,
            entry.ports().stream().map(port -> new Machine.Port(port.pci(), port.address(), port.on())).toList(), entry.host(),
            entry.card(),
            entry.via().map(via -> new Machine.Via(via.link(), via.near(), via.far().text())),
            mode.filter(some -> entry.kind() == Machine.Kind.DPU), merged));
    }

    private GroupSettings settings(RangeEntry ranged, GroupOrder order) {
        List<String> written = ranged.texts("groups");
        List<String> in = order.of(written.stream()
            .filter(group -> known(group, places.item(ranged.tree(), "groups", written.indexOf(group)))).toList());
        var merged = new LinkedHashMap<>(vars);
        in.forEach(group -> merged.putAll(groups.get(group).vars()));
        return new GroupSettings(in, merged, in.stream().map(group -> groups.get(group).ssh()).toList(),
            in.reversed().stream().flatMap(group -> groups.get(group).mode().stream()).findFirst());
    }

    /// Where the identity that counts is written.
    private Location identityAt(Tree.Mapping machine, List<String> in) {
        return SourceMap.field(machine, "ssh").flatMap(ssh -> SourceMap.field(ssh, "identity")).map(Tree::at)
            .or(() -> in.reversed().stream().flatMap(group -> SourceMap.field(places.groups.get(group).value(), "ssh")
            .flatMap(ssh -> SourceMap.field(ssh, "identity")).stream()).map(Tree::at).findFirst())
            .orElse(machine.at());
    }

    private void pair(RangeEntry ranged, int index) {
        String name = ranged.name(index);
        Location keyAt = places.keys.get(ranged);
        name(name, keyAt);
        Tree.Mapping tree = ranged.at(index, vars);
        var entry = Binder.bind(InventorySchema.PairEntry.class, tree);
        if (pairs.containsKey(name)) problem(keyAt, "a pair called `" + name + "` is already written");
        places.pairs.put(name, new Tree.Entry(keyAt, tree));
        if (entry.ends().size() != 2) throw new InvalidInput(places.at(tree, "ends"), "a pair has two ends, found " + entry.ends().size());
        var cables = new ArrayList<Pair.Cable>();
        for (List<Integer> cable : entry.cables()) {
            if (cable.size() != 2)
                throw new InvalidInput(places.at(tree, "cables"), "a cable is [port of the first end, port of the second], found " + cable);
            cables.add(new Pair.Cable(cable.get(0), cable.get(1)));
        }
        pairs.put(name, new Pair(name, entry.ends().get(0), entry.ends().get(1), cables));
    }

    private Map<String, List<String>> members() {
        var members = new LinkedHashMap<String, List<String>>();
        groups.keySet().forEach(group -> members.put(group, new ArrayList<>()));
        machines.values().forEach(machine -> machine.groups().forEach(group -> members.get(group).add(machine.name())));
        members.replaceAll((group, names) -> List.copyOf(names));
        return members;
    }

    private void name(String name, Location at) {
        guarded(at, () -> new MachineName(name));
    }

    private <T> Optional<T> bound(Supplier<T> binding) {
        try {
            return Optional.of(binding.get());
        } catch (InvalidInput wrong) {
            problems.addAll(wrong.problems());
            return Optional.empty();
        }
    }

    private void guarded(Location at, Runnable work) {
        try {
            work.run();
        } catch (InvalidInput wrong) {
            problems.addAll(wrong.problems());
        } catch (IllegalArgumentException wrong) {
            problem(at, wrong.getMessage());
        }
    }

    private void problem(Location at, String message) {
        problems.add(new Problem(at, message));
    }
}
