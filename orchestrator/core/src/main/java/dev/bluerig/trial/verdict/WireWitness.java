package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.KnownPlaintext;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Statement;

/// A capture on the cable: TLS records are there and the payload is nowhere in clear. Only what the DPU's cores forward can be captured; a
/// flow in the eswitch passes them by (NVIDIA, Virtual Switch on DPU: the datapath is put into the embedded switch so that packets need not
/// pass the Arm cores), and then this witness is silent.
record WireWitness() implements WitnessCheck {
    /// Less than one full record of payload shows nothing: the first packets of a flow pass the cores even when it is offloaded.
    private static final long LEAST = 1 << 14;

    @Override
    public Witness witness() {
        return Witness.WIRE;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        return evidence.whole().wire().map(wire -> hear(evidence, wire))
            .orElseGet(() -> says(Statement.NOT_CALLED, "nothing: the trial wants no capture", "nobody looked at the cable"));
    }

    private Testimony hear(DirectionEvidence evidence, CaptureResult wire) {
        Role sender = evidence.direction() == Direction.TX ? evidence.role() : evidence.role() == Role.SERVER ? Role.CLIENT : Role.SERVER;
        long least = Math.min(LEAST, evidence.carried().bytes()) + evidence.besides();
        String required = "at least " + FigureText.count(least) + " bytes in TLS records from "
            + (evidence.direction() == Direction.TX ? evidence.end() : evidence.peer()).machine() + ", and its payload nowhere in clear";
        if (!wire.silent().isEmpty())
            return says(Statement.SILENT, required, (wire.dpu().isEmpty() ? "" : wire.link() + " of " + wire.dpu() + ": ") + wire.silent());
        var way = wire.of(sender);
        if (way.isEmpty()) return says(Statement.SILENT, required, "nothing of it was searched");
        String seen = words(wire, way.get());
        if (impossible(wire, way.get())) return says(Statement.OBJECTS, required, "figures that cannot be: " + seen);
        if (way.get().leaks() > 0)
            return says(Statement.OBJECTS, required, "payload in clear in " + FigureText.count(way.get().leaks()) + " segments, first "
                + way.get().leak() + "; " + seen);
        long write = evidence.whole().load().write().bytes();
        if (write < KnownPlaintext.SHORTEST)
            return says(Statement.SILENT, required, "writes of " + write + " bytes are too short to be recognised; at least "
                + KnownPlaintext.SHORTEST + " are needed");
        if (evidence.carried().bytes() == 0 || way.get().sealed() < least)
            return says(Statement.SILENT, required, seen
                + (wire.full() ? "; the capture was full of other packets" : "; the rest did not pass the DPU's cores"));
        return says(Statement.HARDWARE, required, seen);
    }

    private static boolean impossible(CaptureResult wire, CaptureResult.SenderCapture way) {
        return way.sealed() > way.bytes() || way.segments() > wire.packets() || way.leaks() > way.segments()
            || Math.min(Math.min(way.sealed(), way.records()), Math.min(way.leaks(), way.lost())) < 0;
    }

    private static String words(CaptureResult wire, CaptureResult.SenderCapture way) {
        return wire.link() + " of " + wire.dpu() + ": " + FigureText.count(way.records()) + " records of "
            + FigureText.count(way.connections()) + " connections with " + FigureText.count(way.sealed()) + " bytes, "
            + FigureText.count(way.handshakes()) + " of handshakes; " + FigureText.count(way.bytes()) + " bytes in "
            + FigureText.count(way.segments()) + " segments searched"
            + (way.lost() == 0 ? "" : ", " + FigureText.count(way.lost()) + " cut off");
    }
}
