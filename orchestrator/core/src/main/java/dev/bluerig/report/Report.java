package dev.bluerig.report;

import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Described;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A run for programs (`docs/report.schema.json`): the record, and what a reader would otherwise have to count.
///
/// `notice` is empty for real hardware. `counts`: results by word. `trials`: what became of trials, a pair counts once in each, by word.
public record Report(int schema, String notice, int exit, Map<String, Integer> counts,
                     @Described(value = "Trials by word.", absent = "{}") Map<String, Integer> trials, RunRecord run) {
    public static final int SCHEMA = 3;
    private static final List<String> FORMER = List.of("1", "2");

    public Report {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        trials = Collections.unmodifiableMap(new LinkedHashMap<>(trials));
    }

    public static Report of(RunRecord run) {
        return new Report(SCHEMA, LabNotice.of(run.lab()), run.exit().number(), counts(run), trials(run), run);
    }

    public static Map<String, Integer> counts(RunRecord run) {
        var counts = new LinkedHashMap<String, Integer>();
        for (OutcomeStatus status : OutcomeStatus.values()) {
            int count = (int) run.results().filter(result -> result.outcome() == status).count();
            if (count > 0) counts.put(status.text(), count);
        }
        return counts;
    }

    public static Map<String, Integer> trials(RunRecord run) {
        var counts = new LinkedHashMap<String, Integer>();
        for (String word : TrialSection.WORDS) {
            int count = (int) run.trials().stream().filter(result -> TrialSection.word(result).equals(word)).count();
            if (count > 0) counts.put(word, count);
        }
        return counts;
    }

    public String json() {
        return Json.pretty(Binder.unbind(this));
    }

    /// Of this schema or a former one. Throws `InvalidInput` for what is no such report.
    public static Report read(String file, String json) {
        Tree tree = Json.read(file, json);
        boolean said = tree instanceof Tree.Mapping mapping && mapping.get("schema").filter(Tree.Scalar.class::isInstance).isPresent();
        if (!said) return Binder.bind(Report.class, tree);
        var number = (Tree.Scalar) ((Tree.Mapping) tree).get("schema").orElseThrow();
        if (!number.plain() || number.text().equals(String.valueOf(SCHEMA))) return Binder.bind(Report.class, tree);
        if (FORMER.contains(number.text())) return Binder.bind(Report.class, FormerReport.upgraded(tree));
        throw new InvalidInput(number.at(), "a report of schema " + number.text() + "; this bluerig reads 1, 2 and 3");
    }
}
