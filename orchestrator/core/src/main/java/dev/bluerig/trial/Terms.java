package dev.bluerig.trial;

import dev.bluerig.source.Described;
import dev.bluerig.source.Ours;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a trial demanded and what it left open, in words: nobody who reads a report may take for shown what was never asked for.
@Ours
public record Terms(
    @Described(value = "What the trial must show.", example = "[tx hardware]", absent = "[]") List<String> demanded,
    @Described(value = "What it need not show.", example = "[flows offloaded]", absent = "[]") List<String> open) {

    public Terms {
        demanded = List.copyOf(demanded);
        open = List.copyOf(open);
    }

    /// Of a trial that was never made ready for a pair.
    public static Terms none() {
        return new Terms(List.of(), List.of());
    }

    public static Terms of(Trial trial) {
        var terms = new Terms.Writing(new ArrayList<>(), new ArrayList<>());
        Expect expect = trial.expect();
        terms.add("tx", expect.tx(), ruling -> "tx " + Expectations.word(ruling));
        terms.add("rx", expect.rx(), ruling -> "rx " + Expectations.word(ruling));
        terms.demanded.add("decrypt errors at most " + Numbers.count(expect.decryptErrors()));
        terms.add("flip", trial.flip());
        terms.add("flows offloaded", expect.flows() == Expect.Flows.OFFLOADED);
        terms.add("no plaintext on the wire", trial.wire());
        terms.add("line rate", expect.lineRate(), least -> "line rate at least " + Numbers.figure(least));
        terms.add("throughput", expect.gigabits(), least -> "throughput at least " + Numbers.figure(least) + " Gbit/s");
        terms.add("CPU", expect.cpuPerGigabyte(), most -> "CPU at most " + Numbers.figure(most) + " s/GB");
        terms.add("retransmits", expect.retransmits(), most -> "retransmits at most " + Numbers.figure(most));
        terms.add("link errors", expect.linkErrors(), most -> "link errors at most " + Numbers.count(most));
        terms.add("temperature", expect.temperatureBelow(), limit -> "temperature below " + limit + " C");
        terms.bars(trial.bars());
        return new Terms(terms.demanded, terms.open);
    }

    /// `demanded: tx hardware, flip; not demanded: flows offloaded`; empty when there is nothing to say.
    public String text() {
        if (demanded.isEmpty() && open.isEmpty()) return "";
        return "demanded: " + String.join(", ", demanded) + (open.isEmpty() ? "" : "; not demanded: " + String.join(", ", open));
    }

    private record Writing(List<String> demanded, List<String> open) {
        void add(String what, boolean wanted) {
            (wanted ? demanded : open).add(what);
        }

        <T> void add(String what, Optional<T> wanted, Function<T, String> words) {
            wanted.ifPresentOrElse(value -> demanded.add(words.apply(value)), () -> open.add(what));
        }

        /// Only where they are not those of the design.
        void bars(Bars bars) {
            if (bars.received() != Bars.DEFAULT.received()) demanded.add("received by the card at least " + Numbers.share(bars.received()));
            if (bars.surplus() != Bars.DEFAULT.surplus()) demanded.add("surplus at most " + Numbers.share(bars.surplus()));
            if (bars.disorder() != Bars.DEFAULT.disorder()) demanded.add("disorder at most " + Numbers.count(bars.disorder()) + " a million packets");
        }
    }
}
