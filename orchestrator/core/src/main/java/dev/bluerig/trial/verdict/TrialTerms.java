package dev.bluerig.trial.verdict;

import dev.bluerig.source.Described;
import dev.bluerig.source.TrustedText;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.spec.Expect;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a trial demanded and what it left open, in words: nobody who reads a report may take for shown what was never asked for.
@TrustedText
public record TrialTerms(
    @Described(value = "What the trial must show.", example = "[tx hardware]", absent = "[]") List<String> demanded,
    @Described(value = "What it need not show.", example = "[flows offloaded]", absent = "[]") List<String> open) {

    public TrialTerms {
        demanded = List.copyOf(demanded);
        open = List.copyOf(open);
    }

    /// Of a trial that was never made ready for a pair.
    public static TrialTerms none() {
        return new TrialTerms(List.of(), List.of());
    }

    public static TrialTerms of(Trial trial) {
        var terms = new TrialTerms.TermLists(new ArrayList<>(), new ArrayList<>());
        Expect expect = trial.expect();
        terms.add("tx", expect.tx(), ruling -> "tx " + VisibleText.words(ruling));
        terms.add("rx", expect.rx(), ruling -> "rx " + VisibleText.words(ruling));
        terms.demanded.add("decrypt errors at most " + FigureText.count(expect.decryptErrors()));
        terms.add("flip", trial.flip());
        terms.add("flows offloaded", expect.flows() == Expect.Flows.OFFLOADED);
        terms.add("no plaintext on the wire", trial.wire());
        terms.add("line rate", expect.lineRate(), least -> "line rate at least " + FigureText.figure(least));
        terms.add("throughput", expect.gigabits(), least -> "throughput at least " + FigureText.figure(least) + " Gbit/s");
        terms.add("CPU", expect.cpuPerGigabyte(), most -> "CPU at most " + FigureText.figure(most) + " s/GB");
        terms.add("retransmits", expect.retransmits(), most -> "retransmits at most " + FigureText.figure(most));
        terms.add("link errors", expect.linkErrors(), most -> "link errors at most " + FigureText.count(most));
        terms.add("temperature", expect.temperatureBelow(), limit -> "temperature below " + limit + " C");
        terms.thresholds(trial.bars());
        return new TrialTerms(terms.demanded, terms.open);
    }

    /// `demanded: tx hardware, flip; not demanded: flows offloaded`; empty when there is nothing to say.
    public String text() {
        if (demanded.isEmpty() && open.isEmpty()) return "";
        return "demanded: " + String.join(", ", demanded) + (open.isEmpty() ? "" : "; not demanded: " + String.join(", ", open));
    }

    private record TermLists(List<String> demanded, List<String> open) {
        void add(String what, boolean wanted) {
            (wanted ? demanded : open).add(what);
        }

        <T> void add(String what, Optional<T> wanted, Function<T, String> words) {
            wanted.ifPresentOrElse(value -> demanded.add(words.apply(value)), () -> open.add(what));
        }

        /// Only where they are not those of the design.
        void thresholds(Thresholds thresholds) {
            if (thresholds.received() != Thresholds.DEFAULT.received())
                demanded.add("received by the card at least " + FigureText.share(thresholds.received()));
            if (thresholds.surplus() != Thresholds.DEFAULT.surplus())
                demanded.add("surplus at most " + FigureText.share(thresholds.surplus()));
            if (thresholds.disorder() != Thresholds.DEFAULT.disorder())
                demanded.add("disorder at most " + FigureText.count(thresholds.disorder()) + " a million packets");
        }
    }
}
