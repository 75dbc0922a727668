package dev.bluerig.trial.verdict;

import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flag, carrier and route were the same from start to end, and what arrived is what was sent.
record UnchangedWitness() implements WitnessCheck {
    private static final String REQUIRED = "flag on, carrier, and route by the tested link at start, middle and end; payload intact and"
        + " compared";

    /// Connections take their time to open and to close; a run that lasted less than this share of what was asked for is another run.
    private static final double LEAST_OF_THE_TIME = 0.5;

    private record PartialTestimony(Statement says, String seen) {}

    @Override
    public Witness witness() {
        return Witness.UNCHANGED;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        var parts = List.of(flag(evidence), carrier(evidence), route(evidence), payload(evidence));
        for (Statement worst : List.of(Statement.OBJECTS, Statement.SILENT, Statement.MIXED, Statement.SOFTWARE)) {
            var such = parts.stream().filter(part -> part.says() == worst).map(PartialTestimony::seen).toList();
            if (!such.isEmpty()) return says(worst, REQUIRED, String.join("; ", such));
        }
        return says(Statement.HARDWARE, REQUIRED, String.join("; ", parts.stream().map(PartialTestimony::seen).toList()));
    }

    private static PartialTestimony flag(DirectionEvidence evidence) {
        var flags = new ArrayList<Flag>();
        for (EndSnapshot snapshot : evidence.snapshots()) {
            var seen = snapshot.flags().ifKnown();
            if (seen.isEmpty()) return new PartialTestimony(Statement.SILENT, "flags of " + evidence.end().link() + ": "
                + Readings.why(snapshot.flags()));
            flags.add(evidence.direction() == Direction.TX ? seen.get().transmit() : seen.get().receive());
        }
        String name = (evidence.direction() == Direction.TX ? TlsFlags.TX : TlsFlags.RX) + " of " + evidence.end().link() + " ";
        if (flags.contains(Flag.ABSENT)) return new PartialTestimony(Statement.SILENT, name + "is not listed");
        if (flags.stream().allMatch(Flag::on)) return new PartialTestimony(Statement.HARDWARE, name + "on");
        String seen = name + String.join(", then ", flags.stream().map(Flag::words).distinct().toList());
        return new PartialTestimony(flags.stream().noneMatch(Flag::on) ? Statement.SOFTWARE : Statement.OBJECTS, seen);
    }

    /// Contexts that were open when the link went down go on in software and still say `hw`, so the times between the snapshots count, too:
    /// the driver counts losses of the link (Documentation/networking/device_drivers/.../mlx5/counters.rst).
    private static PartialTestimony carrier(DirectionEvidence evidence) {
        for (EndSnapshot snapshot : evidence.snapshots()) {
            Optional<Boolean> carrier = snapshot.carrier().ifKnown();
            if (carrier.isEmpty())
                return new PartialTestimony(Statement.SILENT, "carrier of " + evidence.end().link() + ": "
                    + Readings.why(snapshot.carrier()));
            if (!carrier.get()) return new PartialTestimony(Statement.OBJECTS, evidence.end().link() + " has no carrier");
        }
        return switch (evidence.card("link_down_events_phy")) {
            case CounterDelta.Increase(long losses) when losses > 0 ->
                new PartialTestimony(Statement.MIXED, evidence.end().link() + " lost its link " + losses + " times during the run");
            case CounterDelta.Increase none -> new PartialTestimony(Statement.HARDWARE, "carrier");
            case CounterDelta.Reset(String what) ->
                new PartialTestimony(Statement.OBJECTS, what + ": the driver was loaded again, or the machine rebooted");
            case CounterDelta.Unknown(String why) ->
                new PartialTestimony(Statement.SILENT, "whether " + evidence.end().link() + " lost its link between the looks: " + why);
        };
    }

    private static PartialTestimony route(DirectionEvidence evidence) {
        String peer = " to " + evidence.peer().machine() + " ";
        if (evidence.peer().machine().equals(evidence.end().machine()))
            return new PartialTestimony(Statement.OBJECTS, "both ends are " + evidence.end().machine() + ": no cable was crossed");
        for (EndSnapshot snapshot : evidence.snapshots()) {
            Optional<PeerRoute> route = snapshot.route().ifKnown();
            if (route.isEmpty()) return new PartialTestimony(Statement.SILENT, "route" + peer + ": " + Readings.why(snapshot.route()));
            if (route.get().local()) return new PartialTestimony(Statement.OBJECTS, "the route" + peer + "does not leave the machine");
            if (!route.get().device().equals(evidence.end().link()))
                return new PartialTestimony(Statement.OBJECTS, "the route" + peer + "leaves by " + route.get().device()
                    + ", the tested link is "
                    + evidence.end().link());
        }
        return new PartialTestimony(Statement.HARDWARE, "route by " + evidence.end().link());
    }

    static Optional<String> broken(DirectionEvidence evidence) {
        for (EndObservation end : List.of(evidence.end(), evidence.peer()))
            if (end.pair().failure().isPresent())
                return Optional.of("the run ended early on " + end.machine() + ": " + end.pair().failure().get().code());
        for (TransferTotals figures : List.of(evidence.sent(), evidence.received())) {
            Optional<String> impossible = impossible(evidence, figures);
            if (impossible.isPresent()) return impossible;
        }
        if (!evidence.received().intact()) return Optional.of("the payload arrived changed");
        if (evidence.received().bytes() != evidence.sent().bytes())
            return Optional.of(FigureText.count(evidence.sent().bytes()) + " bytes were sent and "
                + FigureText.count(evidence.received().bytes()) + " arrived");
        return fewer(evidence);
    }

    /// Figures that no run can have.
    private static Optional<String> impossible(DirectionEvidence evidence, TransferTotals figures) {
        boolean negative = figures.bytes() < 0 || figures.records() < 0 || figures.checked() < 0
            || !(figures.seconds() >= 0 && figures.seconds() < Double.POSITIVE_INFINITY);
        boolean timeless = figures.seconds() == 0
            && figures.bytes() > DirectionEvidence.LARGEST_RECORD * Math.max(1, evidence.connections());
        boolean tooMany = figures.checked() > figures.bytes() || figures.records() > figures.bytes() + 2 * evidence.connections();
        return negative || tooMany || timeless
            ? Optional.of("an agent tells figures that cannot be: " + FigureText.count(figures.bytes()) + " bytes, "
            + FigureText.count(figures.checked()) + " of them compared, in "
            + FigureText.count(figures.records()) + " records and " + FigureText.figure(figures.seconds()) + " s") : Optional.empty();
    }

    /// Less than the trial asked for proves less than it says.
    private static Optional<String> fewer(DirectionEvidence evidence) {
        Load load = evidence.whole().load();
        long asked = load.bytes().map(ByteCount::bytes).orElse(0L);
        if (evidence.sent().bytes() < asked)
            return Optional.of(FigureText.count(evidence.sent().bytes()) + " bytes were moved, and the trial asked for "
                + FigureText.count(asked));
        boolean both = evidence.stream();                 // what one end sends all the time the other receives all the time
        double lasted = both ? Math.min(evidence.sent().seconds(), evidence.received().seconds())
            : Math.max(evidence.sent().seconds(), evidence.received().seconds());
        return load.seconds().filter(seconds -> lasted < seconds * LEAST_OF_THE_TIME)
            .map(seconds -> "payload flowed for " + FigureText.figure(lasted) + " s, and the trial asked for " + seconds + " s");
    }

    private static PartialTestimony payload(DirectionEvidence evidence) {
        Optional<String> broken = broken(evidence);
        if (broken.isPresent()) return new PartialTestimony(Statement.OBJECTS, broken.get());
        TransferTotals received = evidence.received();
        long least = evidence.whole().load().verify() == LoadSettings.Verify.EVERY_BYTE ? received.bytes() : 1;
        String compared = FigureText.count(received.checked()) + " of " + FigureText.count(received.bytes()) + " bytes were compared";
        return new PartialTestimony(received.bytes() == 0 || received.checked() < least ? Statement.SILENT : Statement.HARDWARE, compared);
    }
}
