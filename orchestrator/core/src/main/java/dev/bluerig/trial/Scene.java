package dev.bluerig.trial;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.TlsFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a symptom looks at: one machine of a trial, with the evidence if there is any, and why its program ended if it did.
///
/// - `role`: of a host that took part; empty for a DPU, and where there is no evidence.
record Scene(String machine, Optional<Role> role, Optional<Evidence> evidence, List<Verdict> verdicts, Optional<PairFailure> failure, Map<String, Circumstances> around) {
    Scene {
        verdicts = List.copyOf(verdicts);
        around = Map.copyOf(around);
    }

    Circumstances here() {
        return around.getOrDefault(machine, Circumstances.unknown());
    }

    /// True for a machine whose switch was asked.
    boolean dpu() {
        return here().switchAsked();
    }

    Optional<End> end() {
        return evidence.flatMap(seen -> role.map(seen.on()::of));
    }

    Optional<Matter> matter(Half half) {
        return evidence.flatMap(seen -> role.map(mine -> new Matter(seen, mine, half, Bars.DEFAULT)));
    }

    List<Matter> matters() {
        var all = new ArrayList<Matter>();
        for (Half half : Half.values()) matter(half).filter(matter -> ruling(half).isPresent()).ifPresent(all::add);
        return all;
    }

    Optional<Ruling> ruling(Half half) {
        return verdicts.stream().filter(verdict -> verdict.machine().equals(machine) && role.filter(verdict.role()::equals).isPresent() && verdict.half() == half).map(Verdict::ruling).findFirst();
    }

    /// Halves that were not found in the card.
    List<Matter> missed() {
        return matters().stream().filter(matter -> ruling(matter.half()).filter(Ruling.HARDWARE::equals).isEmpty()).toList();
    }

    boolean ruled(Half half, Ruling... rulings) {
        return ruling(half).filter(List.of(rulings)::contains).isPresent();
    }

    /// The flag of a half before the run.
    Optional<TlsFlags.Flag> flag(Half half) {
        return end().flatMap(end -> Heard.known(end.before().flags())).map(flags -> half == Half.TX ? flags.transmit() : flags.receive());
    }

    /// A half that is not in the card and whose flag is so.
    boolean missedWith(TlsFlags.Flag... flags) {
        return missed().stream().anyMatch(matter -> flag(matter.half()).filter(List.of(flags)::contains).isPresent());
    }

    /// Codes of the failures at either end: what one end sees is often caused at the other.
    boolean failed(PairTrouble... codes) {
        return failures().stream().anyMatch(failure -> List.of(codes).stream().anyMatch(code -> code.name().equals(failure.code())));
    }

    boolean stalled() {
        return failures().stream().anyMatch(failure -> failure.code().equals(DuetTrouble.PAYLOAD_STALLED.name()));
    }

    List<PairFailure> failures() {
        var all = new ArrayList<PairFailure>(failure.stream().toList());
        evidence.ifPresent(seen -> List.of(seen.on().server(), seen.on().client()).forEach(end -> end.pair().failure().ifPresent(all::add)));
        return all;
    }

    /// What the program of this machine said about the kernel's TLS: why it fell back, or with which error it ended.
    String kernelSaid() {
        String fallback = end().map(end -> end.pair().fallback()).orElse("");
        String failed = own().filter(mine -> mine.code().equals(PairTrouble.TLS_REFUSED.name())).map(mine -> mine.message() + " (" + mine.errno() + ")").orElse("");
        return fallback.isEmpty() ? failed : fallback;
    }

    Optional<PairFailure> own() {
        return failure.or(() -> end().flatMap(end -> end.pair().failure()));
    }

    static <T> Optional<T> known(Reading<T> reading) {
        return Heard.known(reading);
    }
}
