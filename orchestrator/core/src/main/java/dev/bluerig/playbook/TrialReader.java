package dev.bluerig.playbook;

import dev.bluerig.source.Binder;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Tree;
import dev.bluerig.task.PairNames;
import dev.bluerig.trial.spec.Trial;
import java.util.List;
import java.util.Optional;

/// One `- trial:` to an item; what is wrong with its structure goes to `problems`.
final class TrialReader {
    private final List<Problem> problems;

    TrialReader(List<Problem> problems) {
        this.problems = problems;
    }

    Optional<TrialItem> trial(Tree.Mapping mapping) {
        int before = problems.size();
        literal(mapping, "trial", "a trial's name is the same for all pairs");
        literal(mapping, "pairs", "which pairs take part is not rendered");
        mapping.get("expect").filter(TrialReader::asksNothing).ifPresent(tree -> problems.add(new Problem(tree.at(),
            "`expect` asks nothing, so the trial would be accepted whatever it shows; say what it must show, such as `{tx: hardware,"
            + " rx: hardware}`, or leave it out to measure alone")));
        problems.addAll(Binder.check(Trial.class, mapping, Binder.Booleans.SWITCHES));
        if (problems.size() > before) return Optional.empty();
        return Optional.of(new TrialItem(((Tree.Scalar) mapping.get("trial").orElseThrow()).text(), mapping.at(), mapping));
    }

    private void literal(Tree.Mapping mapping, String field, String why) {
        mapping.get(field).filter(TrialReader::isTemplate)
            .ifPresent(tree -> problems.add(new Problem(tree.at(), "`" + field + "` cannot be a template: " + why)));
    }

    /// `flows: any` is what is asked when nothing is said.
    private static boolean asksNothing(Tree expect) {
        return expect instanceof Tree.Mapping mapping && mapping.entries().entrySet().stream()
            .allMatch(entry -> entry.getKey().equals("flows") && entry.getValue().value() instanceof Tree.Scalar scalar
            && scalar.text().equals("any"));
    }

    private static boolean isTemplate(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> scalar.text().contains("{{") || scalar.text().contains("{%") || scalar.text().contains("{#");
            case Tree.Sequence sequence -> sequence.items().stream().anyMatch(TrialReader::isTemplate);
            case Tree.Mapping mapping -> false;
        };
    }

    /// As written: names are never rendered.
    static PairNames pairs(TrialItem item) {
        return item.tree().get("pairs").map(tree -> Binder.bind(PairNames.class, tree)).orElseGet(() -> new PairNames(List.of("all")));
    }
}
