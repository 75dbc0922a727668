package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.FigureFormat;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.verdict.Testimony.Says;
import java.util.List;
import java.util.Optional;

/// `/proc/net/tls_stat` of the end's own network namespace, TX and RX apart.
record KernelWitness() implements WitnessCheck {
    @Override
    public Witness witness() {
        return Witness.KERNEL_COUNTERS;
    }

    @Override
    public Testimony hear(DirectionEvidence matter) {
        long least = matter.connections();
        long most = least + matter.evidence().alongside();
        String required = matter.named("Device") + " +" + (most > least ? least + " to +" + most : "" + least) + ", " + matter.named("Sw")
            + " +0, TlsDecryptError +0, no connection of another program";
        CounterDelta device = matter.kernel(matter.named("Device"));
        CounterDelta software = matter.kernel(matter.named("Sw"));
        CounterDelta errors = matter.kernel("TlsDecryptError");
        Optional<Testimony> not = unusable(required, List.of(device, software, errors));
        if (not.isPresent()) return not.get();
        String seen = matter.end().machine() + ": " + matter.named("Device") + " +" + device.orUnknown() + ", " + matter.named("Sw") + " +"
            + software.orUnknown()
            + ", TlsDecryptError +" + errors.orUnknown();
        if (errors.orUnknown() > 0) return says(Says.OBJECTS, required, seen);
        if (matter.inProgram()) return device.orUnknown() + software.orUnknown() == 0 ? says(Says.USER_SPACE, required, seen)
            : says(Says.SILENT, required, seen + ": none of them is ours, whose records the agent handles");
        Optional<String> foreign = ForeignTls.in(matter);
        if (foreign.isPresent()) return says(Says.SILENT, required, seen + "; " + foreign.get());
        Optional<String> contradicted = late(matter, device, software).or(() -> gauges(matter));
        if (contradicted.isPresent()) return says(Says.OBJECTS, required, seen + "; " + contradicted.get());
        return says(counted(matter, device.orUnknown(), software.orUnknown()), required,
            explained(matter, device.orUnknown(), software.orUnknown(), seen));
    }

    private Optional<Testimony> unusable(String required, List<CounterDelta> rises) {
        for (CounterDelta rise : rises)
            switch (rise) {
                case CounterDelta.Silent(String why) -> {
                    return Optional.of(says(Says.SILENT, required, why));
                }
                case CounterDelta.Backwards(String what) -> {
                    return Optional.of(says(Says.OBJECTS, required, what + ": the module was loaded again, or the machine rebooted"));
                }
                case CounterDelta.By by -> { }
            }
        return Optional.empty();
    }

    /// All connections were opened before the payload was through: a connection that was counted later is not one of ours.
    private static Optional<String> late(DirectionEvidence matter, CounterDelta device, CounterDelta software) {
        long before = matter.kernelByThen(matter.named("Device")).orUnknown() + matter.kernelByThen(matter.named("Sw")).orUnknown();
        long later = device.orUnknown() + software.orUnknown() - before;
        return later <= 0 ? Optional.empty() : Optional.of(FigureFormat.count(later) + " of them were counted only after the payload"
            + " was through");
    }

    /// The gauges count what is open, so they must hold at least our connections, each where the agent says it is.
    private static Optional<String> gauges(DirectionEvidence matter) {
        if (!matter.stream()) return Optional.empty();
        var counters = Readings.known(matter.end().during().tls()).orElseThrow();
        long card = counters.of(matter.open("Device")).orElse(0);
        long kernel = counters.of(matter.open("Sw")).orElse(0);
        if (card >= matter.connectionsIn(TlsConf.CARD) && kernel >= matter.connectionsIn(TlsConf.KERNEL)) return Optional.empty();
        return Optional.of("while all are open " + matter.open("Device") + " is " + FigureFormat.count(card) + " and " + matter.open("Sw")
            + " is " + FigureFormat.count(kernel));
    }

    private static Says counted(DirectionEvidence matter, long device, long software) {
        long least = matter.connections();
        int alongside = matter.evidence().alongside();
        if (device + software > least + alongside) return Says.SILENT;
        if (device + software == 0) return matter.places().isEmpty() ? Says.SILENT : Says.OBJECTS;
        if (software == 0 && device >= least) return Says.HARDWARE;
        if (device == 0 && software >= least) return Says.SOFTWARE;
        return alongside > 0 ? Says.SILENT : Says.MIXED;
    }

    private static String explained(DirectionEvidence matter, long device, long software, String seen) {
        if (device + software > matter.connections() + matter.evidence().alongside())
            return seen + ": more than ours, so another program opened some and closed them again";
        if (device + software == 0)
            return seen + ": nothing was counted here, so these are not the counters of the connections' network namespace";
        return seen;
    }
}
