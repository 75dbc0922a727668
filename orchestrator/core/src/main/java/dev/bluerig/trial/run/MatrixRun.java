package dev.bluerig.trial.run;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.PortSpeed;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.diagnosis.Diagnoses;
import dev.bluerig.trial.diagnosis.Diagnosis;
import dev.bluerig.trial.diagnosis.TrialEnvironment;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.HostHealth;
import dev.bluerig.trial.evidence.RunObservation;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.Role;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.spec.Trial;
import dev.bluerig.trial.verdict.Expectations;
import dev.bluerig.trial.verdict.Judge;
import dev.bluerig.trial.verdict.Measurement;
import dev.bluerig.trial.verdict.Measurements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The cells of an experiment: every load over every cable, one cable after the other or all at the same time, each with its flip.
final class MatrixRun {
    private final TrialContext stand;
    private final List<CablePath> lanes;
    private final HardwareInspection start;
    private final List<Cell> done;
    private final Map<String, Integer> peak;
    private final Map<String, Map<String, TrialEnvironment>> around = new HashMap<>();

    /// `done`, `peak`: filled as it goes, so that they survive an early end.
    MatrixRun(TrialContext stand, List<CablePath> lanes, HardwareInspection start, List<Cell> done, Map<String, Integer> peak) {
        this.stand = stand;
        this.lanes = lanes;
        this.start = start;
        this.done = done;
        this.peak = peak;
    }

    /// Why not all were run, if so.
    Optional<Failure> all() throws HostLost {
        for (Load load : stand.trial().loads()) for (List<CablePath> group : groups()) {
            if (stand.stop().getAsBoolean()) return Optional.of(TrialRun.interrupted());
            var cause = cells(load, group);
            if (cause.isPresent()) return cause;
        }
        return Optional.empty();
    }

    private List<List<CablePath>> groups() {
        return switch (stand.trial().trial().ports()) {
            case EACH -> lanes.stream().map(List::of).toList();
            case TOGETHER -> List.of(lanes);
        };
    }

    /// The flip of a round: made, not wanted or without a flag to flip, or failed.
    private record Flipped(Optional<TrafficRun.Outcome> round, Optional<AgentFailure> failure, Optional<Failure> cause) {}

    private Optional<Failure> cells(Load load, List<CablePath> group) throws HostLost {
        int cell = done.size() + 1;
        TrafficRun.Outcome on = round(load, group, cell);
        var flipped = flipped(on, load, group, cell);
        for (CablePath lane : group) cell(load, group, lane, on, flipped);
        if (on.lost().isPresent()) throw on.lost().get();
        if (flipped.round().flatMap(TrafficRun.Outcome::lost).isPresent()) throw flipped.round().flatMap(TrafficRun.Outcome::lost).get();
        if (stand.stop().getAsBoolean()) return Optional.of(TrialRun.interrupted());
        return flipped.cause();
    }

    private TrafficRun.Outcome round(Load load, List<CablePath> group, int cell) {
        try {
            return new TrafficRun(stand, group, load, cell, Optional.empty()).run();
        } catch (Flip.Failed impossible) {
            throw new IllegalStateException("a round without a flip", impossible);
        }
    }

    private Flipped flipped(TrafficRun.Outcome on, Load load, List<CablePath> group, int cell) throws HostLost {
        var going = group.stream().filter(lane -> on.stretches().containsKey(lane.name())).toList();
        if (!stand.trial().trial().flip() || going.isEmpty() || on.seen().isEmpty() || on.lost().isPresent()) return new Flipped(Optional.empty(), Optional.empty(), Optional.empty());
        try {
            var flip = Flip.of(stand, going, on.seen().get().after());
            return flip.isEmpty() ? new Flipped(Optional.empty(), Optional.empty(), Optional.empty()) : switched(flip.get(), load, going, cell);
        } catch (Flip.Failed impossible) {
            return new Flipped(Optional.empty(), Optional.of(impossible.failure()), Optional.empty());
        }
    }

    /// Whatever becomes of the round, the flags are looked at afterwards.
    private Flipped switched(Flip flip, Load load, List<CablePath> group, int cell) throws HostLost {
        Optional<TrafficRun.Outcome> off = Optional.empty();
        Optional<AgentFailure> failure = Optional.empty();
        try {
            off = Optional.of(new TrafficRun(stand, group, load, cell, Optional.of(flip)).run());
        } catch (Flip.Failed refused) {
            failure = Optional.of(refused.failure());
        }
        try {
            if (off.flatMap(TrafficRun.Outcome::lost).isEmpty()) flip.verifyBack();
            return new Flipped(off, failure, Optional.empty());
        } catch (Flip.Failed stuck) {
            return new Flipped(off, Optional.of(stuck.failure()), Optional.of(Failure.of(stuck.trouble(), List.of(), stuck.getMessage(), "")));
        }
    }

    private void cell(Load load, List<CablePath> group, CablePath lane, TrafficRun.Outcome on, Flipped flipped) throws HostLost {
        int number = done.size() + 1;
        RunObservation stretch = on.stretches().get(lane.name());
        if (stretch == null) {
            add(number, without(load, lane, on.troubles().get(lane.name()), Optional.empty()), List.of());
            return;
        }
        var wellbeing = new HealthCheck(stand.trial(), lane, on.seen().orElseThrow());
        var off = flipped.round().flatMap(round -> Optional.ofNullable(round.stretches().get(lane.name())));
        var evidence = new Evidence(lane.name(), load, (group.size() - 1) * load.connections(), stretch, off, wellbeing.uplinks(), Optional.ofNullable(on.seen().orElseThrow().wires().get(lane.name())));
        var vitals = wellbeing.vitals();
        vitals.forEach(each -> hot(each));
        Measurement figures = Measurements.of(load, stretch, speed(lane));
        var trouble = trouble(lane, flipped);
        if (trouble.isPresent()) add(number, without(load, lane, trouble.get(), Optional.of(figures)), List.of(evidence));
        else add(number, judged(lane, evidence, figures, vitals), List.of(evidence));
    }

    /// What went wrong with the flip that was wanted: without it nothing is judged.
    private static Optional<TrafficRun.Trouble> trouble(CablePath lane, Flipped flipped) {
        var ofRound = flipped.round().flatMap(round -> Optional.ofNullable(round.troubles().get(lane.name())));
        return flipped.failure().map(failure -> new TrafficRun.Trouble("", failure)).or(() -> ofRound);
    }

    private Cell judged(CablePath lane, Evidence evidence, Measurement on, List<HostHealth> vitals) throws HostLost {
        Trial wanted = stand.trial().trial();
        var verdicts = Judge.of(evidence, wanted.bars());
        var off = evidence.off().map(stretch -> Measurements.of(evidence.load(), stretch, speed(lane)));
        var misses = Expectations.of(wanted.expect(), evidence, verdicts, on, vitals);
        boolean fine = misses.isEmpty() && verdicts.stream().allMatch(verdict -> verdict.ruling() == TlsPlacement.HARDWARE);
        List<Diagnosis> diagnoses = fine ? List.of() : Diagnoses.of(evidence, verdicts, around(lane));
        return new Cell(lane.cable().id(), evidence.load(), verdicts, Optional.of(on), off, misses, diagnoses, Optional.empty());
    }

    private Cell without(Load load, CablePath lane, TrafficRun.Trouble trouble, Optional<Measurement> on) {
        List<Diagnosis> diagnoses = List.of();
        try {
            if (!stand.stop().getAsBoolean()) diagnoses = Diagnoses.of(trouble.machine(), trouble.failure(), around(lane));
        } catch (HostLost alsoLost) {
            diagnoses = Diagnoses.of(trouble.machine(), trouble.failure(), Map.of());
        }
        return new Cell(lane.cable().id(), load, List.of(), on, Optional.empty(), List.of(), diagnoses, Optional.of(trouble.failure()));
    }

    private void add(int number, Cell cell, List<Evidence> evidence) {
        done.add(cell);
        stand.chronicle().judged(number, cell, evidence);
    }

    private void hot(HostHealth vitals) {
        if (vitals.temperature() instanceof Reading.Known<Integer>(Integer celsius)) peak.merge(vitals.machine(), celsius, Math::max);
    }

    /// The slower of the two ends.
    private OptionalLong speed(CablePath lane) {
        var speeds = new ArrayList<Long>();
        for (Role role : Role.values())
            if (start.get(stand.trial().of(role).name(), new PortSpeed.Seen(lane.link(role))) instanceof Reading.Known<PortSpeed>(PortSpeed speed)) speeds.add(speed.bits());
        return speeds.size() == Role.values().length ? OptionalLong.of(Math.min(speeds.getFirst(), speeds.getLast())) : OptionalLong.empty();
    }

    /// Asked once for each cable, and only when something needs to be explained.
    private Map<String, TrialEnvironment> around(CablePath lane) throws HostLost {
        if (around.containsKey(lane.name())) return around.get(lane.name());
        var facts = new HashMap<Machine, dev.bluerig.fact.Fact<TrialEnvironment>>();
        for (Role role : Role.values()) facts.put(stand.trial().of(role), circumstances(stand.trial().of(role), Optional.of(lane.cable().of(role).pci())));
        lane.ways().forEach(way -> facts.put(way.dpu(), circumstances(way.dpu(), Optional.empty())));
        var questions = new HashMap<Machine, java.util.Collection<dev.bluerig.fact.Fact.Question<?>>>();
        facts.forEach((machine, fact) -> questions.put(machine, fact.questions()));
        var answers = stand.bench().ask(questions);
        var seen = new HashMap<String, TrialEnvironment>();
        facts.forEach((machine, fact) -> {
            if (answers.get(machine.name()).get(fact) instanceof Reading.Known<TrialEnvironment>(TrialEnvironment known)) seen.put(machine.name(), known);
        });
        around.put(lane.name(), Map.copyOf(seen));
        return around.get(lane.name());
    }

    private static dev.bluerig.fact.Fact<TrialEnvironment> circumstances(Machine machine, Optional<PciAddress> port) {
        return TrialEnvironment.of(machine, port);
    }
}
