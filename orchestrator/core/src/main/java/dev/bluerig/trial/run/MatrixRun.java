package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.link.PortSpeed;
import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
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
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.spec.Trial;
import dev.bluerig.trial.verdict.Expectations;
import dev.bluerig.trial.verdict.Judge;
import dev.bluerig.trial.verdict.Measurement;
import dev.bluerig.trial.verdict.Measurements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The cells of a trial: every load over every cable, one cable after the other or all at the same time, each with its flip. For one use.
final class MatrixRun {
    private final TrialContext context;
    private final List<CablePath> paths;
    private final HardwareInspection start;
    private final List<Cell> done = new ArrayList<>();
    private final Map<String, Integer> peak = new HashMap<>();
    private final Map<CableId, Map<String, TrialEnvironment>> environments = new HashMap<>();

    /// What was run.
    ///
    /// - `peak`: the highest temperature of each machine that was seen, in degrees Celsius.
    /// - `cause`: why not all cells were run; `lost`: because a host is lost.
    record Result(List<Cell> cells, Map<String, Integer> peak, Optional<Failure> cause, boolean lost) {
        Result {
            cells = List.copyOf(cells);
            peak = Map.copyOf(peak);
        }
    }

    /// A load over some cables at the same time. `cell`: the number of its first cell.
    private record Group(Load load, List<CablePath> paths, int cell) {}

    /// The flip of a group: made, not wanted or without a flag to flip, or failed.
    private record Flipped(Optional<TrafficRun.Outcome> off, Optional<AgentFailure> failure, Optional<Failure> cause) {
        static final Flipped NOT = new Flipped(Optional.empty(), Optional.empty(), Optional.empty());
    }

    MatrixRun(TrialContext context, List<CablePath> paths, HardwareInspection start) {
        this.context = context;
        this.paths = paths;
        this.start = start;
    }

    /// Cells that were run before it ended early are in the result, too.
    Result run() {
        try {
            Optional<Failure> cause = all();
            return new Result(done, peak, cause, false);
        } catch (HostLost lost) {
            return new Result(done, peak, Optional.of(lost.failure()), true);
        }
    }

    static Failure interrupted() {
        return Failure.of(TrialCode.TRIAL_INTERRUPTED, List.of(), "", "");
    }

    private Optional<Failure> all() throws HostLost {
        for (Load load : context.trial().loads()) for (List<CablePath> together : together()) {
            if (context.stop().getAsBoolean()) return Optional.of(interrupted());
            var cause = cells(new Group(load, together, done.size() + 1));
            if (cause.isPresent()) return cause;
        }
        return Optional.empty();
    }

    private List<List<CablePath>> together() {
        return switch (context.trial().trial().ports()) {
            case EACH -> paths.stream().map(List::of).toList();
            case TOGETHER -> List.of(paths);
        };
    }

    private Optional<Failure> cells(Group group) throws HostLost {
        TrafficRun.Outcome on = traffic(group);
        var flipped = flipped(on, group);
        for (CablePath path : group.paths()) cell(group, path, on, flipped);
        if (on.lost().isPresent()) throw on.lost().get();
        var lost = flipped.off().flatMap(TrafficRun.Outcome::lost);
        if (lost.isPresent()) throw lost.get();
        return context.stop().getAsBoolean() ? Optional.of(interrupted()) : flipped.cause();
    }

    private TrafficRun.Outcome traffic(Group group) {
        try {
            return new TrafficRun(context, group.paths(), group.load(), group.cell(), Optional.empty()).run();
        } catch (Flip.Failed impossible) {
            throw new IllegalStateException("a run without a flip", impossible);
        }
    }

    private Flipped flipped(TrafficRun.Outcome on, Group group) throws HostLost {
        var going = group.paths().stream().filter(path -> on.observed().containsKey(path.id())).toList();
        if (!context.trial().trial().flip() || going.isEmpty() || on.seen().isEmpty() || on.lost().isPresent()) return Flipped.NOT;
        try {
            var flip = Flip.of(context, going, on.seen().get().after());
            return flip.isEmpty() ? Flipped.NOT : switched(flip.get(), new Group(group.load(), going, group.cell()));
        } catch (Flip.Failed impossible) {
            return new Flipped(Optional.empty(), Optional.of(impossible.failure()), Optional.empty());
        }
    }

    /// Whatever becomes of the run, the flags are looked at afterwards.
    private Flipped switched(Flip flip, Group group) throws HostLost {
        Optional<TrafficRun.Outcome> off = Optional.empty();
        Optional<AgentFailure> failure = Optional.empty();
        try {
            off = Optional.of(new TrafficRun(context, group.paths(), group.load(), group.cell(), Optional.of(flip)).run());
        } catch (Flip.Failed refused) {
            failure = Optional.of(refused.failure());
        }
        try {
            if (off.flatMap(TrafficRun.Outcome::lost).isEmpty()) flip.verifyBack();
            return new Flipped(off, failure, Optional.empty());
        } catch (Flip.Failed stuck) {
            var cause = Failure.of(stuck.code(), List.of(), stuck.getMessage(), "");
            return new Flipped(off, Optional.of(stuck.failure()), Optional.of(cause));
        }
    }

    private void cell(Group group, CablePath path, TrafficRun.Outcome on, Flipped flipped) throws HostLost {
        RunObservation observed = on.observed().get(path.id());
        if (observed == null) {
            add(without(group.load(), path, on.failures().get(path.id()), Optional.empty()), List.of());
            return;
        }
        var seen = on.seen().orElseThrow();
        var health = new HealthCheck(context.trial(), path, seen);
        var off = flipped.off().flatMap(run -> Optional.ofNullable(run.observed().get(path.id())));
        var evidence = new Evidence(path.id(), group.load(), (group.paths().size() - 1) * group.load().connections(), observed, off,
            health.uplinks(), Optional.ofNullable(seen.wires().get(path.id())));
        var hostHealth = health.hostHealth();
        hostHealth.forEach(this::warm);
        Measurement figures = Measurements.of(group.load(), observed, speed(path));
        var machineFailure = machineFailure(path, flipped);
        if (machineFailure.isPresent()) add(without(group.load(), path, machineFailure.get(), Optional.of(figures)), List.of(evidence));
        else add(judged(path, evidence, figures, hostHealth), List.of(evidence));
    }

    /// What went wrong with the flip that was wanted: without it nothing is judged.
    private static Optional<TrafficRun.MachineFailure> machineFailure(CablePath path, Flipped flipped) {
        var ofRun = flipped.off().flatMap(run -> Optional.ofNullable(run.failures().get(path.id())));
        return flipped.failure().map(failure -> new TrafficRun.MachineFailure("", failure)).or(() -> ofRun);
    }

    private Cell judged(CablePath path, Evidence evidence, Measurement on, List<HostHealth> hostHealth) throws HostLost {
        Trial wanted = context.trial().trial();
        var verdicts = Judge.of(evidence, wanted.bars());
        var off = evidence.off().map(observed -> Measurements.of(evidence.load(), observed, speed(path)));
        var misses = Expectations.of(wanted.expect(), evidence, verdicts, on, hostHealth);
        boolean fine = misses.isEmpty() && verdicts.stream().allMatch(verdict -> verdict.ruling() == TlsPlacement.HARDWARE);
        List<Diagnosis> diagnoses = fine ? List.of() : Diagnoses.of(evidence, verdicts, environment(path));
        return new Cell(path.id(), evidence.load(), verdicts, Optional.of(on), off, misses, diagnoses, Optional.empty());
    }

    private Cell without(Load load, CablePath path, TrafficRun.MachineFailure machineFailure, Optional<Measurement> on) {
        List<Diagnosis> diagnoses = List.of();
        try {
            if (!context.stop().getAsBoolean()) diagnoses = Diagnoses.of(machineFailure.machine(), machineFailure.failure(),
                environment(path));
        } catch (HostLost alsoLost) {
            diagnoses = Diagnoses.of(machineFailure.machine(), machineFailure.failure(), Map.of());
        }
        return new Cell(path.cable().id(), load, List.of(), on, Optional.empty(), List.of(), diagnoses,
            Optional.of(machineFailure.failure()));
    }

    private void add(Cell cell, List<Evidence> evidence) {
        done.add(cell);
        context.listener().judged(done.size(), cell, evidence);
    }

    private void warm(HostHealth hostHealth) {
        hostHealth.temperature().ifKnown().ifPresent(celsius -> peak.merge(hostHealth.machine(), celsius, Math::max));
    }

    /// The slower of the two ends.
    private OptionalLong speed(CablePath path) {
        var speeds = new ArrayList<Long>();
        for (Role role : Role.values())
            start.get(context.trial().of(role).name(), new PortSpeed.Seen(path.link(role))).ifKnown()
                .ifPresent(speed -> speeds.add(speed.bits()));
        return speeds.size() == Role.values().length ? OptionalLong.of(Collections.min(speeds)) : OptionalLong.empty();
    }

    /// Asked once for each cable, and only when something needs to be explained.
    private Map<String, TrialEnvironment> environment(CablePath path) throws HostLost {
        if (environments.containsKey(path.id())) return environments.get(path.id());
        var facts = new HashMap<Machine, Fact<TrialEnvironment>>();
        for (Role role : Role.values())
            facts.put(context.trial().of(role), TrialEnvironment.of(context.trial().of(role), Optional.of(path.cable().of(role).pci())));
        path.ways().forEach(way -> facts.put(way.dpu(), TrialEnvironment.of(way.dpu(), Optional.empty())));
        var questions = new HashMap<Machine, Collection<Fact.Question<?>>>();
        facts.forEach((machine, fact) -> questions.put(machine, fact.questions()));
        var answers = context.sessions().ask(questions);
        var seen = new HashMap<String, TrialEnvironment>();
        facts.forEach((machine, fact) ->
            answers.get(machine.name()).get(fact).ifKnown().ifPresent(known -> seen.put(machine.name(), known)));
        environments.put(path.id(), Map.copyOf(seen));
        return environments.get(path.id());
    }
}
