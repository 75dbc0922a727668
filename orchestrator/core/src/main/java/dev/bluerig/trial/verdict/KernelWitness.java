package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.List;
import java.util.Optional;

/// `/proc/net/tls_stat` of the end's own network namespace, TX and RX apart.
record KernelWitness() implements WitnessCheck {
    @Override
    public Witness witness() {
        return Witness.KERNEL_COUNTERS;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        long least = evidence.connections();
        long most = least + evidence.whole().alongside();
        String required = evidence.named("Device") + " +" + (most > least ? least + " to +" + most : "" + least) + ", "
            + evidence.named("Sw")
            + " +0, TlsDecryptError +0, no connection of another program";
        CounterDelta device = evidence.kernel(evidence.named("Device"));
        CounterDelta software = evidence.kernel(evidence.named("Sw"));
        CounterDelta errors = evidence.kernel("TlsDecryptError");
        Optional<Testimony> not = unusable(required, List.of(device, software, errors));
        if (not.isPresent()) return not.get();
        String seen = evidence.end().machine() + ": " + evidence.named("Device") + " +" + device.orUnknown() + ", " + evidence.named("Sw")
            + " +"
            + software.orUnknown()
            + ", TlsDecryptError +" + errors.orUnknown();
        if (errors.orUnknown() > 0) return says(Statement.OBJECTS, required, seen);
        if (evidence.inProgram()) return device.orUnknown() + software.orUnknown() == 0 ? says(Statement.USER_SPACE, required, seen)
            : says(Statement.SILENT, required, seen + ": none of them is ours, whose records the agent handles");
        Optional<String> foreign = ForeignTls.in(evidence).map(ForeignTls.Objection::why);
        if (foreign.isPresent()) return says(Statement.SILENT, required, seen + "; " + foreign.get());
        Optional<String> contradicted = late(evidence, device, software).or(() -> gauges(evidence));
        if (contradicted.isPresent()) return says(Statement.OBJECTS, required, seen + "; " + contradicted.get());
        return says(counted(evidence, device.orUnknown(), software.orUnknown()), required,
            explained(evidence, device.orUnknown(), software.orUnknown(), seen));
    }

    private Optional<Testimony> unusable(String required, List<CounterDelta> rises) {
        for (CounterDelta rise : rises)
            switch (rise) {
                case CounterDelta.Unknown(String why) -> {
                    return Optional.of(says(Statement.SILENT, required, why));
                }
                case CounterDelta.Reset(String what) -> {
                    return Optional.of(says(Statement.OBJECTS, required, what + ": the module was loaded again, or the machine rebooted"));
                }
                case CounterDelta.Increase by -> { }
            }
        return Optional.empty();
    }

    /// All connections were opened before the payload was through: a connection that was counted later is not one of ours.
    private static Optional<String> late(DirectionEvidence evidence, CounterDelta device, CounterDelta software) {
        long before = evidence.kernelByThen(evidence.named("Device")).orUnknown() + evidence.kernelByThen(evidence.named("Sw")).orUnknown();
        long later = device.orUnknown() + software.orUnknown() - before;
        return later <= 0 ? Optional.empty() : Optional.of(FigureText.count(later) + " of them were counted only after the payload"
            + " was through");
    }

    /// The gauges count what is open, so they must hold at least our connections, each where the agent says it is.
    private static Optional<String> gauges(DirectionEvidence evidence) {
        if (!evidence.stream()) return Optional.empty();
        var counters = evidence.end().during().tls().ifKnown().orElseThrow();
        long card = counters.of(evidence.open("Device")).orElse(0);
        long kernel = counters.of(evidence.open("Sw")).orElse(0);
        if (card >= evidence.connectionsIn(TlsConf.CARD) && kernel >= evidence.connectionsIn(TlsConf.KERNEL)) return Optional.empty();
        return Optional.of("while all are open " + evidence.open("Device") + " is " + FigureText.count(card) + " and "
            + evidence.open("Sw")
            + " is " + FigureText.count(kernel));
    }

    private static Statement counted(DirectionEvidence evidence, long device, long software) {
        long least = evidence.connections();
        int alongside = evidence.whole().alongside();
        if (device + software > least + alongside) return Statement.SILENT;
        if (device + software == 0) return evidence.places().isEmpty() ? Statement.SILENT : Statement.OBJECTS;
        if (software == 0 && device >= least) return Statement.HARDWARE;
        if (device == 0 && software >= least) return Statement.SOFTWARE;
        return alongside > 0 ? Statement.SILENT : Statement.MIXED;
    }

    private static String explained(DirectionEvidence evidence, long device, long software, String seen) {
        if (device + software > evidence.connections() + evidence.whole().alongside())
            return seen + ": more than ours, so another program opened some and closed them again";
        if (device + software == 0)
            return seen + ": nothing was counted here, so these are not the counters of the connections' network namespace";
        return seen;
    }
}
