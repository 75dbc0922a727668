package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.agent.DriverCode;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.DirectionEvidence;
import dev.bluerig.trial.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a symptom looks at: one machine of a trial, with the evidence if there is any, and why its agent ended if it did.
///
/// - `role`: of a host that took part; empty for a DPU, and where there is no evidence.
record DiagnosisInput(String machine, Optional<Role> role, Optional<Evidence> evidence, List<Verdict> verdicts,
    Optional<AgentFailure> failure, Map<String, TrialEnvironment> around) {
    DiagnosisInput {
        verdicts = List.copyOf(verdicts);
        around = Map.copyOf(around);
    }

    TrialEnvironment here() {
        return around.getOrDefault(machine, TrialEnvironment.unknown());
    }

    /// True for a machine whose switch was asked.
    boolean dpu() {
        return here().switchAsked();
    }

    Optional<EndObservation> end() {
        return evidence.flatMap(seen -> role.map(seen.on()::of));
    }

    Optional<DirectionEvidence> of(Direction direction) {
        return evidence.flatMap(seen -> role.map(mine -> new DirectionEvidence(seen, mine, direction, Thresholds.DEFAULT)));
    }

    List<DirectionEvidence> directions() {
        var all = new ArrayList<DirectionEvidence>();
        for (Direction direction : Direction.values()) of(direction).filter(evidence -> ruling(direction).isPresent()).ifPresent(all::add);
        return all;
    }

    Optional<TlsPlacement> ruling(Direction direction) {
        return verdicts.stream().filter(verdict -> verdict.machine().equals(machine) && role.filter(verdict.role()::equals).isPresent()
            && verdict.half() == direction).map(Verdict::ruling).findFirst();
    }

    /// Directions that were not found in the card.
    List<DirectionEvidence> missed() {
        return directions().stream().filter(evidence -> ruling(evidence.direction()).filter(TlsPlacement.HARDWARE::equals).isEmpty())
            .toList();
    }

    boolean ruled(Direction direction, TlsPlacement... rulings) {
        return ruling(direction).filter(List.of(rulings)::contains).isPresent();
    }

    /// The flag of a direction before the run.
    Optional<TlsFlags.Flag> flag(Direction direction) {
        return end().flatMap(end -> end.before().flags().ifKnown())
            .map(flags -> direction == Direction.TX ? flags.transmit() : flags.receive());
    }

    /// A direction that is not in the card and whose flag is so.
    boolean missedWith(TlsFlags.Flag... flags) {
        return missed().stream().anyMatch(evidence -> flag(evidence.direction()).filter(List.of(flags)::contains).isPresent());
    }

    /// Codes of the failures at either end: what one end sees is often caused at the other.
    boolean failed(AgentCode... codes) {
        return failures().stream().anyMatch(failure -> List.of(codes).stream().anyMatch(failure::is));
    }

    boolean stalled() {
        return failures().stream().anyMatch(failure -> failure.code().is(DriverCode.PAYLOAD_STALLED));
    }

    List<AgentFailure> failures() {
        var all = new ArrayList<AgentFailure>(failure.stream().toList());
        evidence.ifPresent(seen -> List.of(seen.on().server(), seen.on().client())
            .forEach(end -> end.pair().failure().ifPresent(all::add)));
        return all;
    }

    /// What the agent of this machine said about the kernel's TLS: why it fell back, or with which error it ended.
    String kernelSaid() {
        String fallback = end().map(end -> end.pair().fallback()).orElse("");
        String failed = own().filter(mine -> mine.is(AgentCode.TLS_REFUSED)).map(mine -> mine.message() + " (" + mine.errno() + ")")
            .orElse("");
        return fallback.isEmpty() ? failed : fallback;
    }

    Optional<AgentFailure> own() {
        return failure.or(() -> end().flatMap(end -> end.pair().failure()));
    }
}
