package dev.bluerig.trial.verdict;

import dev.bluerig.fact.Reading;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.evidence.UplinkTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The payload passed the uplinks of the DPUs. Where a DPU is not ours, its uplink is not asked for.
record PathWitness() implements WitnessCheck {
    @Override
    public Witness witness() {
        return Witness.PATH;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        if (evidence.whole().uplinks().isEmpty()) return says(Statement.NOT_CALLED, "nothing: the DPUs are not ours",
            "no uplink was asked");
        EndObservation sender = evidence.direction() == Direction.TX ? evidence.end() : evidence.peer();
        EndObservation receiver = evidence.direction() == Direction.TX ? evidence.peer() : evidence.end();
        String required = "at least " + FigureText.count(evidence.carried().bytes()) + " bytes out of " + sender.machine()
            + "'s DPU and into " + receiver.machine() + "'s";
        Optional<String> shared = shared(evidence);
        if (shared.isPresent()) return says(Statement.OBJECTS, required, shared.get());
        var parts = new ArrayList<Testimony>();
        passed(evidence, required, sender, "out", UplinkTraffic::out, parts);
        passed(evidence, required, receiver, "in", UplinkTraffic::in, parts);
        if (parts.isEmpty()) return says(Statement.SILENT, required, "the uplinks belong to neither end");
        String seen = String.join("; ", parts.stream().map(Testimony::seen).toList());
        for (Statement worst : List.of(Statement.OBJECTS, Statement.SILENT))
            if (parts.stream().anyMatch(part -> part.says() == worst)) return says(worst, required, seen);
        return says(Statement.HARDWARE, required, seen);
    }

    /// The same uplink at both ends cannot have carried the payload out of one and into the other.
    private static Optional<String> shared(DirectionEvidence evidence) {
        var uplinks = evidence.whole().uplinks();
        return uplinks.stream()
            .filter(one -> uplinks.stream().anyMatch(other -> !other.end().equals(one.end()) && other.dpu().equals(one.dpu())
            && other.link().equals(one.link())))
            .findFirst().map(one -> one.link() + " of " + one.dpu() + " is named as the uplink of both ends");
    }

    /// Several uplinks of one end are a bond: together they carry it.
    private void passed(DirectionEvidence evidence, String required, EndObservation end, String way,
        Function<UplinkTraffic, Reading<Long>> counter, List<Testimony> parts) {
        var uplinks = evidence.whole().uplinks().stream().filter(uplink -> uplink.end().equals(end.machine())).toList();
        long sum = 0;
        for (UplinkTraffic uplink : uplinks) {
            Reading<Long> reading = counter.apply(uplink);
            if (reading.ifKnown().isEmpty()) {
                parts.add(says(Statement.SILENT, required, uplink.link() + " of " + uplink.dpu() + ": " + Readings.why(reading)));
                return;
            }
            long moved = reading.ifKnown().get();
            if (moved < 0) {
                parts.add(says(Statement.OBJECTS, required, uplink.link() + " of " + uplink.dpu() + ": " + uplink.counter() + " (" + way
                    + ") went back by " + FigureText.count(-moved) + ": the driver was loaded again, or the machine rebooted"));
                return;
            }
            sum += moved;
        }
        if (uplinks.isEmpty()) return;
        String links = String.join(" + ", uplinks.stream().map(UplinkTraffic::link).toList()) + " of " + uplinks.getFirst().dpu();
        boolean enough = evidence.carried().bytes() > 0 && sum >= evidence.carried().bytes();
        parts.add(says(enough ? Statement.HARDWARE : Statement.OBJECTS, required, links + " +" + FigureText.count(sum) + " bytes " + way
            + " ("
            + counters(uplinks, way) + ")"));
    }

    /// Which counter was read: those of an interface miss what the eswitch forwards by itself, so too little there may be no fault of the
    /// path.
    private static String counters(List<UplinkTraffic> uplinks, String way) {
        return String.join(", ", uplinks.stream()
            .map(uplink -> way.equals("in") ? uplink.counter().replaceFirst("^tx_", "rx_") : uplink.counter())
            .map(counter -> counter.endsWith("_phy") ? counter : counter + ": the interface's own, it has no " + counter + "_phy")
            .distinct().toList());
    }
}
