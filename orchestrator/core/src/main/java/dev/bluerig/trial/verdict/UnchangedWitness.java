package dev.bluerig.trial.verdict;

import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.FigureFormat;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.verdict.Testimony.Says;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flag, carrier and route were the same from start to end, and what arrived is what was sent.
record UnchangedWitness() implements WitnessCheck {
    private static final String REQUIRED = "flag on, carrier, and route by the tested link at start, middle and end; payload intact and"
        + " compared";

    /// Connections take their time to open and to close; a run that lasted less than this share of what was asked for is another run.
    private static final double LEAST_OF_THE_TIME = 0.5;

    private record Part(Says says, String seen) {}

    @Override
    public Witness witness() {
        return Witness.UNCHANGED;
    }

    @Override
    public Testimony hear(DirectionEvidence matter) {
        var parts = List.of(flag(matter), carrier(matter), route(matter), payload(matter));
        for (Says worst : List.of(Says.OBJECTS, Says.SILENT, Says.MIXED, Says.SOFTWARE)) {
            var such = parts.stream().filter(part -> part.says() == worst).map(Part::seen).toList();
            if (!such.isEmpty()) return says(worst, REQUIRED, String.join("; ", such));
        }
        return says(Says.HARDWARE, REQUIRED, String.join("; ", parts.stream().map(Part::seen).toList()));
    }

    private static Part flag(DirectionEvidence matter) {
        var flags = new ArrayList<Flag>();
        for (EndSnapshot moment : matter.moments()) {
            var seen = Readings.known(moment.flags());
            if (seen.isEmpty()) return new Part(Says.SILENT, "flags of " + matter.end().link() + ": " + Readings.why(moment.flags()));
            flags.add(matter.half() == Direction.TX ? seen.get().transmit() : seen.get().receive());
        }
        String name = (matter.half() == Direction.TX ? TlsFlags.TX : TlsFlags.RX) + " of " + matter.end().link() + " ";
        if (flags.contains(Flag.ABSENT)) return new Part(Says.SILENT, name + "is not listed");
        if (flags.stream().allMatch(Flag::on)) return new Part(Says.HARDWARE, name + "on");
        String seen = name + String.join(", then ", flags.stream().map(Flag::words).distinct().toList());
        return new Part(flags.stream().noneMatch(Flag::on) ? Says.SOFTWARE : Says.OBJECTS, seen);
    }

    /// Contexts that were open when the link went down go on in software and still say `hw`, so the times between the looks count, too:
    /// the driver counts losses of the link (Documentation/networking/device_drivers/.../mlx5/counters.rst).
    private static Part carrier(DirectionEvidence matter) {
        for (EndSnapshot moment : matter.moments()) {
            Optional<Boolean> carrier = Readings.known(moment.carrier());
            if (carrier.isEmpty())
                return new Part(Says.SILENT, "carrier of " + matter.end().link() + ": " + Readings.why(moment.carrier()));
            if (!carrier.get()) return new Part(Says.OBJECTS, matter.end().link() + " has no carrier");
        }
        return switch (matter.card("link_down_events_phy")) {
            case CounterDelta.By(long losses) when losses > 0 ->
                new Part(Says.MIXED, matter.end().link() + " lost its link " + losses + " times during the run");
            case CounterDelta.By none -> new Part(Says.HARDWARE, "carrier");
            case CounterDelta.Backwards(String what) ->
                new Part(Says.OBJECTS, what + ": the driver was loaded again, or the machine rebooted");
            case CounterDelta.Silent(String why) ->
                new Part(Says.SILENT, "whether " + matter.end().link() + " lost its link between the looks: " + why);
        };
    }

    private static Part route(DirectionEvidence matter) {
        String peer = " to " + matter.peer().machine() + " ";
        if (matter.peer().machine().equals(matter.end().machine()))
            return new Part(Says.OBJECTS, "both ends are " + matter.end().machine() + ": no cable was crossed");
        for (EndSnapshot moment : matter.moments()) {
            Optional<PeerRoute> route = Readings.known(moment.route());
            if (route.isEmpty()) return new Part(Says.SILENT, "route" + peer + ": " + Readings.why(moment.route()));
            if (route.get().local()) return new Part(Says.OBJECTS, "the route" + peer + "does not leave the machine");
            if (!route.get().device().equals(matter.end().link()))
                return new Part(Says.OBJECTS, "the route" + peer + "leaves by " + route.get().device() + ", the tested link is "
                    + matter.end().link());
        }
        return new Part(Says.HARDWARE, "route by " + matter.end().link());
    }

    static Optional<String> broken(DirectionEvidence matter) {
        for (EndObservation end : List.of(matter.end(), matter.peer()))
            if (end.pair().failure().isPresent())
                return Optional.of("the run ended early on " + end.machine() + ": " + end.pair().failure().get().code());
        for (TransferTotals figures : List.of(matter.sent(), matter.received())) {
            Optional<String> impossible = impossible(matter, figures);
            if (impossible.isPresent()) return impossible;
        }
        if (!matter.received().intact()) return Optional.of("the payload arrived changed");
        if (matter.received().bytes() != matter.sent().bytes())
            return Optional.of(FigureFormat.count(matter.sent().bytes()) + " bytes were sent and "
                + FigureFormat.count(matter.received().bytes()) + " arrived");
        return fewer(matter);
    }

    /// Figures that no run can have.
    private static Optional<String> impossible(DirectionEvidence matter, TransferTotals figures) {
        boolean negative = figures.bytes() < 0 || figures.records() < 0 || figures.checked() < 0
            || !(figures.seconds() >= 0 && figures.seconds() < Double.POSITIVE_INFINITY);
        boolean timeless = figures.seconds() == 0 && figures.bytes() > DirectionEvidence.LARGEST_RECORD * Math.max(1, matter.connections());
        boolean tooMany = figures.checked() > figures.bytes() || figures.records() > figures.bytes() + 2 * matter.connections();
        return negative || tooMany || timeless
            ? Optional.of("an agent tells figures that cannot be: " + FigureFormat.count(figures.bytes()) + " bytes, "
            + FigureFormat.count(figures.checked()) + " of them compared, in "
            + FigureFormat.count(figures.records()) + " records and " + FigureFormat.figure(figures.seconds()) + " s") : Optional.empty();
    }

    /// Less than the trial asked for proves less than it says.
    private static Optional<String> fewer(DirectionEvidence matter) {
        Load load = matter.evidence().load();
        long asked = load.bytes().map(ByteCount::bytes).orElse(0L);
        if (matter.sent().bytes() < asked)
            return Optional.of(FigureFormat.count(matter.sent().bytes()) + " bytes were moved, and the trial asked for "
                + FigureFormat.count(asked));
        boolean both = matter.stream();                 // what one end sends all the time the other receives all the time
        double lasted = both ? Math.min(matter.sent().seconds(), matter.received().seconds())
            : Math.max(matter.sent().seconds(), matter.received().seconds());
        return load.seconds().filter(seconds -> lasted < seconds * LEAST_OF_THE_TIME)
            .map(seconds -> "payload flowed for " + FigureFormat.figure(lasted) + " s, and the trial asked for " + seconds + " s");
    }

    private static Part payload(DirectionEvidence matter) {
        Optional<String> broken = broken(matter);
        if (broken.isPresent()) return new Part(Says.OBJECTS, broken.get());
        TransferTotals received = matter.received();
        long least = matter.evidence().load().verify() == LoadSettings.Verify.EVERY_BYTE ? received.bytes() : 1;
        String compared = FigureFormat.count(received.checked()) + " of " + FigureFormat.count(received.bytes()) + " bytes were compared";
        return new Part(received.bytes() == 0 || received.checked() < least ? Says.SILENT : Says.HARDWARE, compared);
    }
}
