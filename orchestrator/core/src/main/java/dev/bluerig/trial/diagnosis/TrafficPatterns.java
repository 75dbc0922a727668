package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.system.Services;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.DirectionEvidence;
import dev.bluerig.trial.verdict.ErrorCounter;
import dev.bluerig.trial.verdict.ErrorWitness;
import dev.bluerig.trial.verdict.Measurement;
import dev.bluerig.trial.verdict.Measurements;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What counters and figures of a run tell of its course.
final class TrafficPatterns {
    private static final double BUSY = 0.95;
    private static final long SHORT = 10_000_000;
    private static final Pattern TRANSFERS = Pattern.compile("(\\d+(?:\\.\\d+)?) GT/s.*");

    private TrafficPatterns() {}

    static Optional<String> otherPort(DiagnosisInput input) {
        return input.missed().stream().filter(evidence -> evidence.places().contains(TlsConf.CARD)
            && evidence.kernel(evidence.named("Device"))
            .orUnknown() > 0 && evidence.card(evidence.bytes()).orUnknown() == 0 && !troubled(evidence))
            .findFirst().map(evidence -> evidence.named("Device") + " +" + evidence.kernel(evidence.named("Device")).orUnknown() + ", "
            + evidence.bytes() + " of " + evidence.end().link() + " +0");
    }

    /// A card that failed at records has them.
    private static boolean troubled(DirectionEvidence evidence) {
        return ErrorCounter.of(evidence.direction()).stream().filter(ErrorCounter::error)
            .anyMatch(counter -> evidence.card(counter.text()).orUnknown() > 0);
    }

    static Optional<String> recordNotFound(DiagnosisInput input) {
        return rose(input, ErrorCounter.TX_DROP_NO_SYNC_DATA, ErrorCounter.TX_DROP_BYPASS);
    }

    static Optional<String> resyncFails(DiagnosisInput input) {
        return rose(input, ErrorCounter.RX_RESYNC_REQUEST_SKIPPED, ErrorCounter.RX_RESYNC_RESPONSE_SKIPPED, ErrorCounter.RX_ERROR)
            .or(() -> rose(input, ErrorCounter.RX_RESYNC_HINTS));
    }

    static Optional<String> loss(DiagnosisInput input) {
        var tx = rose(input, ErrorCounter.TX_OUT_OF_ORDER, ErrorCounter.TX_DUMPED);
        var rx = rose(input, ErrorCounter.RX_RESYNC_PACKETS, ErrorCounter.RX_RESYNC_RETRIED);
        return tx.or(() -> rx).map(seen -> seen + input.end().map(end -> ", " + end.pair().usage().retransmits() + " segments sent again")
            .orElse(""));
    }

    private static Optional<String> rose(DiagnosisInput input, ErrorCounter... counters) {
        var seen = Stream.of(counters)
            .flatMap(counter -> input.of(counter.direction()).filter(evidence -> input.ruling(counter.direction()).isPresent()).stream()
            .filter(evidence -> counter.rise(evidence).orUnknown() > ErrorWitness.most(counter, evidence))
            .map(evidence -> counter.text() + " +" + counter.rise(evidence).orUnknown())).toList();
        return seen.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", seen));
    }

    static Optional<String> corrupt(DiagnosisInput input) {
        var failed = input.own().filter(failure -> failure.is(AgentCode.RECORD_CORRUPT) || failure.is(AgentCode.DATA_DIFFERS))
            .map(failure -> failure.code() + ": " + failure.message());
        var errors = input.of(Direction.RX).map(evidence -> evidence.kernel("TlsDecryptError").orUnknown()).filter(count -> count > 0)
            .map(count -> "TlsDecryptError +" + count);
        var payload = input.end().filter(end -> !end.pair().received().intact()).map(end -> "the payload arrived changed");
        return failed.or(() -> errors).or(() -> payload);
    }

    static Optional<String> tooShort(DiagnosisInput input) {
        if (input.directions().isEmpty() || !input.missed().isEmpty()) return Optional.empty();
        Evidence evidence = input.evidence().orElseThrow();
        if (evidence.off().isEmpty()) return Optional.empty();
        Measurement on = Measurements.of(evidence.load(), evidence.on(), OptionalLong.empty());
        Measurement off = Measurements.of(evidence.load(), evidence.off().get(), OptionalLong.empty());
        double ratio = Measurements.ratios(on, off).throughput();
        long each = on.bytes() / Math.max(1, input.directions().getFirst().connections());
        return ratio > 0 && ratio < 1 && each < SHORT
            ? Optional.of("throughput with offload over without: " + FigureText.figure(ratio) + "; " + FigureText.count(each)
            + " bytes a connection") : Optional.empty();
    }

    /// Slower than it could be, and the run came near to what is left of it.
    static Optional<String> pcie(DiagnosisInput input) {
        var link = input.here().hardware().pcie().ifKnown().filter(PcieLink::degraded);
        if (link.isEmpty() || input.end().isEmpty()) return Optional.empty();
        double rate = Math.max(input.end().get().pair().sent().rate(), input.end().get().pair().received().rate());
        double capacity = capacity(link.get());
        return capacity > 0 && rate > capacity * 0.6
            ? Optional.of(link.get().speed() + " x" + link.get().width() + " of " + link.get().maxSpeed() + " x" + link.get().maxWidth()
            + ", with " + FigureText.figure(rate / 1e9) + " Gbit/s of payload") : Optional.empty();
    }

    /// Bits a second: 8 of 10 bits are data up to 5 GT/s, 128 of 130 above (PCI Express base specification).
    private static double capacity(PcieLink link) {
        Matcher transfers = TRANSFERS.matcher(link.speed());
        if (!transfers.matches() || link.width() < 1) return 0;
        double speed = Double.parseDouble(transfers.group(1));
        return speed * 1e9 * link.width() * (speed > 5 ? 128 / 130.0 : 0.8);
    }

    static Optional<String> oneCore(DiagnosisInput input) {
        var cores = input.end().map(end -> end.pair().usage().cores()).orElse(List.of());
        double busiest = cores.stream().mapToDouble(core -> core).max().orElse(0);
        double rest = cores.size() < 2 ? 1 : (cores.stream().mapToDouble(core -> core).sum() - busiest) / (cores.size() - 1);
        return busiest >= BUSY && rest < 0.5 ? Optional.of("one core is busy to " + FigureText.share(busiest) + ", the other "
            + (cores.size() - 1) + " to " + FigureText.share(rest)) : Optional.empty();
    }

    static Optional<String> irqbalance(DiagnosisInput input) {
        if (oneCore(input).isEmpty()) return Optional.empty();
        return input.here().services().ifKnown().flatMap(services -> services.unit("irqbalance.service"))
            .filter(Services.Unit::running).map(unit -> "irqbalance.service is running");
    }

    static Optional<String> reloaded(DiagnosisInput input) {
        return input.missed().stream()
            .flatMap(evidence -> Stream.of(evidence.card(evidence.bytes()), evidence.card(evidence.packets()),
            evidence.kernel(evidence.named("Device"))))
            .flatMap(rise -> rise instanceof CounterDelta.Reset(String what) ? Stream.of(what) : Stream.empty()).findFirst();
    }

    static Optional<String> flagSwitched(DiagnosisInput input) {
        return reloaded(input).isPresent() ? Optional.empty() : input.missed().stream()
            .filter(evidence -> evidence.snapshots().stream().flatMap(snapshot -> snapshot.flags().ifKnown().stream())
            .map(flags -> on(flags, evidence.direction())).distinct().count() > 1).findFirst()
            .map(evidence -> "the " + evidence.direction() + " flag of " + evidence.end().link() + " changed during the run");
    }

    private static boolean on(TlsFlags flags, Direction direction) {
        return (direction == Direction.TX ? flags.transmit() : flags.receive()).on();
    }
}
