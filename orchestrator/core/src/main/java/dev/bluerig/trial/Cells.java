package dev.bluerig.trial;

import dev.bluerig.converge.Failure;
import dev.bluerig.fact.PortSpeed;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The cells of an experiment: every load over every cable, one cable after the other or all at the same time, each with its flip.
final class Cells {
    private final Stand stand;
    private final List<Lane> lanes;
    private final Inspection start;
    private final List<Cell> done;
    private final Map<String, Integer> peak;
    private final Map<String, Map<String, Circumstances>> around = new HashMap<>();

    /// `done`, `peak`: filled as it goes, so that they survive an early end.
    Cells(Stand stand, List<Lane> lanes, Inspection start, List<Cell> done, Map<String, Integer> peak) {
        this.stand = stand;
        this.lanes = lanes;
        this.start = start;
        this.done = done;
        this.peak = peak;
    }

    /// Why not all were run, if so.
    Optional<Failure> all() throws Lost {
        for (Load load : stand.trial().loads()) for (List<Lane> group : groups()) {
            if (stand.stop().getAsBoolean()) return Optional.of(Experiment.interrupted());
            var cause = cells(load, group);
            if (cause.isPresent()) return cause;
        }
        return Optional.empty();
    }

    private List<List<Lane>> groups() {
        return switch (stand.trial().trial().ports()) {
            case EACH -> lanes.stream().map(List::of).toList();
            case TOGETHER -> List.of(lanes);
        };
    }

    /// The flip of a round: made, not wanted or without a flag to flip, or failed.
    private record Flipped(Optional<Round.Outcome> round, Optional<PairFailure> failure, Optional<Failure> cause) {}

    private Optional<Failure> cells(Load load, List<Lane> group) throws Lost {
        int cell = done.size() + 1;
        Round.Outcome on = round(load, group, cell);
        var flipped = flipped(on, load, group, cell);
        for (Lane lane : group) cell(load, group, lane, on, flipped);
        if (on.lost().isPresent()) throw on.lost().get();
        if (flipped.round().flatMap(Round.Outcome::lost).isPresent()) throw flipped.round().flatMap(Round.Outcome::lost).get();
        if (stand.stop().getAsBoolean()) return Optional.of(Experiment.interrupted());
        return flipped.cause();
    }

    private Round.Outcome round(Load load, List<Lane> group, int cell) {
        try {
            return new Round(stand, group, load, cell, Optional.empty()).run();
        } catch (Flip.Failed impossible) {
            throw new IllegalStateException("a round without a flip", impossible);
        }
    }

    private Flipped flipped(Round.Outcome on, Load load, List<Lane> group, int cell) throws Lost {
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
    private Flipped switched(Flip flip, Load load, List<Lane> group, int cell) throws Lost {
        Optional<Round.Outcome> off = Optional.empty();
        Optional<PairFailure> failure = Optional.empty();
        try {
            off = Optional.of(new Round(stand, group, load, cell, Optional.of(flip)).run());
        } catch (Flip.Failed refused) {
            failure = Optional.of(refused.failure());
        }
        try {
            if (off.flatMap(Round.Outcome::lost).isEmpty()) flip.verifyBack();
            return new Flipped(off, failure, Optional.empty());
        } catch (Flip.Failed stuck) {
            return new Flipped(off, Optional.of(stuck.failure()), Optional.of(Failure.of(stuck.trouble(), List.of(), stuck.getMessage(), "")));
        }
    }

    private void cell(Load load, List<Lane> group, Lane lane, Round.Outcome on, Flipped flipped) throws Lost {
        int number = done.size() + 1;
        Stretch stretch = on.stretches().get(lane.name());
        if (stretch == null) {
            add(number, without(load, lane, on.troubles().get(lane.name()), Optional.empty()), List.of());
            return;
        }
        var wellbeing = new Wellbeing(stand.trial(), lane, on.seen().orElseThrow());
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
    private static Optional<Round.Trouble> trouble(Lane lane, Flipped flipped) {
        var ofRound = flipped.round().flatMap(round -> Optional.ofNullable(round.troubles().get(lane.name())));
        return flipped.failure().map(failure -> new Round.Trouble("", failure)).or(() -> ofRound);
    }

    private Cell judged(Lane lane, Evidence evidence, Measurement on, List<Vitals> vitals) throws Lost {
        Trial wanted = stand.trial().trial();
        var verdicts = Judge.of(evidence, wanted.bars());
        var off = evidence.off().map(stretch -> Measurements.of(evidence.load(), stretch, speed(lane)));
        var misses = Expectations.of(wanted.expect(), evidence, verdicts, on, vitals);
        boolean fine = misses.isEmpty() && verdicts.stream().allMatch(verdict -> verdict.ruling() == Ruling.HARDWARE);
        List<Diagnosis> diagnoses = fine ? List.of() : Diagnoses.of(evidence, verdicts, around(lane));
        return new Cell(lane.name(), evidence.load(), verdicts, Optional.of(on), off, misses, diagnoses, Optional.empty());
    }

    private Cell without(Load load, Lane lane, Round.Trouble trouble, Optional<Measurement> on) {
        List<Diagnosis> diagnoses = List.of();
        try {
            if (!stand.stop().getAsBoolean()) diagnoses = Diagnoses.of(trouble.machine(), trouble.failure(), around(lane));
        } catch (Lost alsoLost) {
            diagnoses = Diagnoses.of(trouble.machine(), trouble.failure(), Map.of());
        }
        return new Cell(lane.name(), load, List.of(), on, Optional.empty(), List.of(), diagnoses, Optional.of(trouble.failure()));
    }

    private void add(int number, Cell cell, List<Evidence> evidence) {
        done.add(cell);
        stand.chronicle().judged(number, cell, evidence);
    }

    private void hot(Vitals vitals) {
        if (vitals.temperature() instanceof Reading.Known<Integer>(Integer celsius)) peak.merge(vitals.machine(), celsius, Math::max);
    }

    /// The slower of the two ends.
    private OptionalLong speed(Lane lane) {
        var speeds = new ArrayList<Long>();
        for (Role role : Role.values())
            if (start.get(stand.trial().of(role).name(), new PortSpeed.Seen(lane.link(role))) instanceof Reading.Known<PortSpeed>(PortSpeed speed)) speeds.add(speed.bits());
        return speeds.size() == Role.values().length ? OptionalLong.of(Math.min(speeds.getFirst(), speeds.getLast())) : OptionalLong.empty();
    }

    /// Asked once for each cable, and only when something needs to be explained.
    private Map<String, Circumstances> around(Lane lane) throws Lost {
        if (around.containsKey(lane.name())) return around.get(lane.name());
        var facts = new HashMap<Machine, dev.bluerig.fact.Fact<Circumstances>>();
        for (Role role : Role.values()) facts.put(stand.trial().of(role), circumstances(stand.trial().of(role), Optional.of(lane.cable().of(role).pci())));
        lane.ways().forEach(way -> facts.put(way.dpu(), circumstances(way.dpu(), Optional.empty())));
        var questions = new HashMap<Machine, java.util.Collection<dev.bluerig.fact.Fact.Question<?>>>();
        facts.forEach((machine, fact) -> questions.put(machine, fact.questions()));
        var answers = stand.bench().ask(questions);
        var seen = new HashMap<String, Circumstances>();
        facts.forEach((machine, fact) -> {
            if (answers.get(machine.name()).get(fact) instanceof Reading.Known<Circumstances>(Circumstances known)) seen.put(machine.name(), known);
        });
        around.put(lane.name(), Map.copyOf(seen));
        return around.get(lane.name());
    }

    private static dev.bluerig.fact.Fact<Circumstances> circumstances(Machine machine, Optional<PciAddress> port) {
        return Circumstances.of(machine, port);
    }
}
