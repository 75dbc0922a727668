package dev.bluerig.report;

import dev.bluerig.trial.run.TrialResult;
import java.util.ArrayList;
import java.util.List;

/// One trial of a playbook with what became of it on each pair.
public record TrialSection(String name, String at, List<TrialResult> results) {
    public TrialSection {
        results = List.copyOf(results);
    }

    static final List<String> WORDS = List.of("accepted", "not accepted", "failed", "skipped");

    /// In the order of the playbook; a record holds the pairs of a trial one after the other.
    public static List<TrialSection> of(List<TrialResult> trials) {
        var sections = new ArrayList<TrialSection>();
        for (int from = 0, to; from < trials.size(); from = to) {
            TrialResult first = trials.get(from);
            to = from + 1;
            while (to < trials.size() && trials.get(to).trial().equals(first.trial()) && trials.get(to).at().equals(first.at())) to++;
            sections.add(new TrialSection(first.trial(), first.at(), trials.subList(from, to)));
        }
        return List.copyOf(sections);
    }

    /// One of `WORDS`.
    public static String word(TrialResult result) {
        if (result.skipped().isPresent()) return "skipped";
        if (result.failure().isPresent()) return "failed";
        return result.accepted() ? "accepted" : "not accepted";
    }
}
