package dev.bluerig.trial.verdict;

import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.Optional;

/// The same run with the flags off: if the counters moved then, too, they would prove nothing.
record FlipWitness() implements WitnessCheck {
    private static final StateWitness STATE = new StateWitness();
    private static final KernelWitness KERNEL = new KernelWitness();

    @Override
    public Witness witness() {
        return Witness.FLIP;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        return evidence.flipped().map(off -> hear(evidence, off))
            .orElseGet(() -> says(Statement.NOT_CALLED, "nothing: the trial wants no flip", "no run with the flags off"));
    }

    private Testimony hear(DirectionEvidence on, DirectionEvidence off) {
        String required = "flags off: " + off.named("Sw") + " +" + off.connections() + ", " + off.named("Device") + " +0, " + off.bytes()
            + " +0, and the payload arrives";
        Optional<String> other = another(on, off);
        if (other.isPresent()) return says(Statement.OBJECTS, required, other.get());
        Optional<String> broken = UnchangedWitness.broken(off);
        if (broken.isPresent()) return says(Statement.SILENT, required, "the run with the flags off failed: " + broken.get());
        if (off.received().bytes() == 0) return says(Statement.SILENT, required, "the run with the flags off carried no payload");
        var flags = off.end().during().flags().ifKnown();
        if (flags.isEmpty()) return says(Statement.SILENT, required, "flags: " + Readings.why(off.end().during().flags()));
        TlsFlags.Flag flag = off.direction() == Direction.TX ? flags.get().transmit() : flags.get().receive();
        if (flag.on()) return says(Statement.SILENT, required, "the flag was not off: " + flag.words());
        if (on.inProgram() && off.inProgram()) return says(Statement.USER_SPACE, required, "the agent handled the records in both runs");
        return counters(on, off, required);
    }

    /// The two runs are compared, so they are of one machine and link.
    private static Optional<String> another(DirectionEvidence on, DirectionEvidence off) {
        if (!off.end().machine().equals(on.end().machine()) || !off.end().link().equals(on.end().link()))
            return Optional.of("the run with the flags off was on " + off.end().link() + " of " + off.end().machine());
        return Optional.empty();
    }

    private Testimony counters(DirectionEvidence on, DirectionEvidence off, String required) {
        Testimony kernel = KERNEL.hear(off);
        Testimony state = STATE.hear(off);
        if (kernel.says() != Statement.SOFTWARE) return says(kernel.says() == Statement.SILENT ? Statement.SILENT : Statement.OBJECTS,
            required, kernel.seen());
        if (state.says() != Statement.SOFTWARE) return says(state.says() == Statement.SILENT ? Statement.SILENT : Statement.OBJECTS,
            required, state.seen());
        return switch (off.card(off.bytes())) {
            case CounterDelta.Unknown(String why) -> says(Statement.SILENT, required, why);
            case CounterDelta.Reset(String what) -> says(Statement.OBJECTS, required, what);
            case CounterDelta.Increase(long bytes) -> {
                String seen = kernel.seen() + ", " + off.bytes() + " +" + FigureText.count(bytes);
                if (bytes > 0) yield says(Statement.OBJECTS, required, seen + " with the flags off: something else moves it");
                long before = on.card(on.bytes()).orUnknown();
                if (before < 0) yield says(Statement.SILENT, required, seen + ", and with the flags on it is not known");
                yield says(before > 0 ? Statement.HARDWARE : Statement.SOFTWARE, required, seen + " (flags on: +"
                    + FigureText.count(before) + ")");
            }
        };
    }
}
