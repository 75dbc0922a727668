package dev.bluerig.playbook;

import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Pair;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Renderer;
import dev.bluerig.source.Tree;
import dev.bluerig.trial.deploy.AgentCacheOptions;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.spec.PairTrial;
import dev.bluerig.trial.spec.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// One trial made ready for each of its pairs. Values see what templates see on the first host of the pair, and `pair`.
///
/// `wrong` takes each problem with the pair that has it, or with none when it is the trial's own.
record TrialResolver(Inventory inventory, Set<String> limit, BiConsumer<Problem, Optional<String>> wrong) {

    ResolvedTrial stage(TrialItem item) {
        var named = TrialReader.pairs(item);
        Location at = item.tree().get("pairs").map(Tree::at).orElse(item.at());
        named.unknownIn(inventory)
            .forEach(name -> wrong.accept(new Problem(at, "the inventory has no pair `" + name + "`" + hint(name)), Optional.empty()));
        if (named.all() && inventory.pairs().isEmpty())
            wrong.accept(new Problem(at, "the inventory has no pairs, so there is nothing to try"), Optional.empty());
        var ready = new ArrayList<PairTrial>();
        var skipped = new LinkedHashMap<String, TrialSkip>();
        for (Pair pair : named.in(inventory)) {
            var out = Stream.of(pair.first(), pair.second()).filter(host -> !limit.isEmpty() && !limit.contains(host)).toList();
            if (!out.isEmpty()) skipped.put(pair.name(), new TrialSkip(TrialSkip.Reason.LIMIT, String.join(" and ", out)));
            ready(item, pair, at).filter(any -> out.isEmpty()).ifPresent(ready::add);
        }
        return new ResolvedTrial(item, ready, skipped);
    }

    private String hint(String name) {
        var known = inventory.pairs().keySet();
        return NearestName.to(name, known).map(near -> "; did you mean `" + near + "`?")
            .orElse(known.isEmpty() ? "" : "; there are " + FoldedNames.names(known));
    }

    private Optional<PairTrial> ready(TrialItem item, Pair pair, Location at) {
        try {
            Machine server = inventory.machines().get(pair.first());
            Machine client = inventory.machines().get(pair.second());
            var trial = Binder.bind(Trial.class, Renderer.scalars(item.tree(), variables(pair, server)), Binder.Booleans.SWITCHES);
            var cables = cables(pair, server, client, at);
            AgentCacheOptions.of(server);
            AgentCacheOptions.of(client);
            return Optional.of(new PairTrial(trial, item.at().toString(), pair.name(), server, client, cables, trial.loads(),
                dpus(server, client), inventory));
        } catch (InvalidInput invalid) {
            invalid.problems().forEach(problem -> wrong.accept(problem, Optional.of(pair.name())));
        } catch (IllegalArgumentException refused) {
            wrong.accept(new Problem(item.at(), refused.getMessage()), Optional.of(pair.name()));
        }
        return Optional.empty();
    }

    private Map<String, Object> variables(Pair pair, Machine first) {
        var variables = new LinkedHashMap<>(inventory.context(first));
        variables.put("pair", Map.of("name", pair.name(), "first", pair.first(), "second", pair.second(), "cables",
            (long) pair.cables().size()));
        return variables;
    }

    private static List<PairTrial.Cable> cables(Pair pair, Machine server, Machine client, Location at) {
        var cables = new ArrayList<PairTrial.Cable>();
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < pair.cables().size(); i++) {
            var id = new CableId(pair.name(), i);
            var near = port(server, pair.cables().get(i).firstPort(), id, at, problems);
            var far = port(client, pair.cables().get(i).secondPort(), id, at, problems);
            if (near.isPresent() && far.isPresent()) cables.add(new PairTrial.Cable(id, near.get(), far.get()));
        }
        if (pair.cables().isEmpty()) problems.add(new Problem(at, "the pair " + pair.name() + " has no cable, so there is nothing to try"));
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return cables;
    }

    private static Optional<PairTrial.Port> port(Machine host, int index, CableId cable, Location at, List<Problem> problems) {
        var port = host.ports().get(index);
        if (port.address().isEmpty())
            problems.add(new Problem(at, "cable " + cable + ": port " + index + " of " + host.name() + " (" + port.pci()
                + ") has no `address` in the inventory"));
        port.on()
            .ifPresent(link ->
            problems.add(new Problem(at, "cable " + cable + ": port " + index + " of " + host.name() + " is part of " + link
            + " (`on`): a trial tests a port that holds its own address")));
        return port.address().map(address -> new PairTrial.Port(port.pci(), address));
    }

    private List<Machine> dpus(Machine server, Machine client) {
        return Stream.of(server, client).flatMap(host -> inventory.dpusOf(host).stream())
            .filter(dpu -> limit.isEmpty() || limit.contains(dpu.name())).distinct().toList();
    }
}
