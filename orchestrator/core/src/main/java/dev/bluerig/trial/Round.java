package dev.bluerig.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// The pair run once over some cables at the same time, with a look at everything before, while all connections are open, and after.
final class Round {
    private final Stand stand;
    private final List<Lane> lanes;
    private final Load load;
    private final int cell;
    private final Optional<Flip> flip;
    private final Look look;
    private final Map<String, Ensemble.Performance> playing = new ConcurrentHashMap<>();
    private final Map<String, DuetFailed> failed = new ConcurrentHashMap<>();
    private final Map<String, WireTap> taps = new ConcurrentHashMap<>();

    Round(Stand stand, List<Lane> lanes, Load load, int cell, Optional<Flip> flip) {
        this.stand = stand;
        this.lanes = lanes;
        this.load = load;
        this.cell = cell;
        this.flip = flip;
        this.look = new Look(stand.trial(), lanes, stand.bench());
    }

    /// What became of it, by the cable's name: a stretch, or why there is none.
    ///
    /// `seen`: before, during, after, and whatever was seen while payload flowed; empty when nothing was played.
    /// `lost`: a host was lost, so the trial is over.
    record Outcome(Map<String, Stretch> stretches, Map<String, Trouble> troubles, Optional<Seen> seen, Optional<Lost> lost) {}

    record Trouble(String machine, PairFailure failure) {}

    /// `wires`: what was captured, by the cable's name; empty when it was not wanted.
    record Seen(Moment before, Moment during, Moment after, List<Moment> between, Map<String, Wire> wires) {}

    Outcome run() throws Flip.Failed {
        try {
            return played();
        } catch (Lost lost) {
            return new Outcome(Map.of(), all(lost.pairFailure()), Optional.empty(), Optional.of(lost));
        } finally {
            playing.values().forEach(Ensemble.Performance::close);
            taps.values().forEach(WireTap::close);
        }
    }

    private Outcome played() throws Lost, Flip.Failed {
        tell("handshake");
        each(lanes, this::start);
        if (playing.isEmpty()) return ended(Map.of(), Optional.empty());
        if (flip.isPresent()) flip.get().off();
        Moment before = look.now(false);
        var sampler = new Sampler(look);
        if (stand.trial().trial().wire() && flip.isEmpty()) each(going(), this::tap);
        try (var _ = new Watch(stand.stop(), () -> playing.values().forEach(Ensemble.Performance::close))) {
            each(going(), lane -> play(lane, sampler));
        }
        taps.values().forEach(WireTap::stop);
        var between = sampler.over();
        if (going().isEmpty()) return ended(Map.of(), Optional.empty());
        Moment during = look.now(true);
        var reports = new ConcurrentHashMap<String, Duet.Reports>();
        each(going(), lane -> end(lane, reports));
        Moment after = look.now(false);
        var stretches = new LinkedHashMap<String, Stretch>();
        for (Lane lane : going()) stretches.put(lane.name(), stretch(lane, reports.get(lane.name()), before, during, after));
        var wires = new LinkedHashMap<String, Wire>();
        taps.forEach((cable, tap) -> wires.put(cable, tap.read()));
        return ended(stretches, Optional.of(new Seen(before, during, after, between, wires)));
    }

    private Outcome ended(Map<String, Stretch> stretches, Optional<Seen> seen) {
        var troubles = new LinkedHashMap<String, Trouble>();
        Optional<Lost> lost = Optional.empty();
        for (Lane lane : lanes) {
            DuetFailed failure = failed.get(lane.name());
            if (failure != null) {
                troubles.put(lane.name(), trouble(failure));
                if (lost.isEmpty()) lost = failure.lost().map(why -> new Lost(failure.machine(), why));
            } else if (!stretches.containsKey(lane.name())) {
                troubles.put(lane.name(), interrupted());
            }
        }
        return new Outcome(stretches, troubles, seen, lost);
    }

    /// Whatever a program says after Ctrl-C follows from it.
    private Trouble trouble(DuetFailed failure) {
        return stand.stop().getAsBoolean() ? interrupted() : new Trouble(failure.machine(), said(failure));
    }

    private static PairFailure said(DuetFailed failure) {
        PairFailure root = failure.failure();
        return failure.consequences().isEmpty() ? root
            : new PairFailure(root.code(), root.errno(), root.message() + "; then " + String.join("; ", failure.consequences()));
    }

    private static Trouble interrupted() {
        return new Trouble("", new PairFailure(TrialTrouble.TRIAL_INTERRUPTED.name(), "", TrialTrouble.TRIAL_INTERRUPTED.meaning()));
    }

    private Map<String, Trouble> all(PairFailure failure) {
        var troubles = new LinkedHashMap<String, Trouble>();
        lanes.forEach(lane -> troubles.put(lane.name(), new Trouble("", failure)));
        return troubles;
    }

    private interface Part {
        void of(Lane lane) throws DuetFailed;
    }

    /// A lane that fails is out; the others go on.
    private void each(List<Lane> some, Part part) {
        if (some.isEmpty()) return;
        var work = new LinkedHashMap<String, Callable<Boolean>>();
        for (Lane lane : some) work.put(lane.name(), () -> {
            try {
                part.of(lane);
                return true;
            } catch (DuetFailed failure) {
                failed.put(lane.name(), failure);
                return false;
            }
        });
        SideBySide.all(work);
    }

    private List<Lane> going() {
        if (stand.stop().getAsBoolean()) return List.of();
        return lanes.stream().filter(lane -> playing.containsKey(lane.name()) && !failed.containsKey(lane.name())).toList();
    }

    private void start(Lane lane) throws DuetFailed {
        if (stand.stop().getAsBoolean()) return;
        var settings = DuetSettings.of(load, stand.trial().trial().listen(), stand.seed(cell));
        playing.put(lane.name(), stand.ensemble().start(seat(lane, Role.SERVER), seat(lane, Role.CLIENT), settings));
    }

    private Seat seat(Lane lane, Role role) {
        var machine = stand.trial().of(role);
        var installed = stand.ends().get(role).installed();
        return new Seat(machine.name(), stand.bench().session(machine), installed, lane.cable().of(role).address().address(), stand.cpus(lane, role, load.cpus()),
            flip.map(each -> each.restore(lane, role)).orElse(List.of()), installed.directory(stand.name(cell, lane, flip.isPresent() ? "off" : "on") + "-" + role.name().toLowerCase(Locale.ROOT)));
    }

    /// Before the first packet of a connection, so that records can be followed from the beginning of a stream.
    private void tap(Lane lane) {
        taps.put(lane.name(), WireTap.start(stand, lane, playing.get(lane.name()).port(), load.connections(), stand.seed(cell), stand.name(cell, lane, "wire")));
    }

    private void play(Lane lane, Sampler sampler) throws DuetFailed {
        var speed = new Speedometer();
        playing.get(lane.name()).play(progress -> {
            sampler.tick(progress.seconds());
            stand.chronicle().moves(new Step(cell, stand.trial().cells(), cable(), flip.isPresent() ? "flip" : "payload", progress.seconds(), speed.gigabits(progress)));
        });
    }

    private void end(Lane lane, Map<String, Duet.Reports> reports) throws DuetFailed {
        reports.put(lane.name(), playing.get(lane.name()).end());
    }

    private Stretch stretch(Lane lane, Duet.Reports reports, Moment before, Moment during, Moment after) {
        return new Stretch(end(lane, Role.SERVER, reports, before, during, after), end(lane, Role.CLIENT, reports, before, during, after));
    }

    private End end(Lane lane, Role role, Duet.Reports reports, Moment before, Moment during, Moment after) {
        return new End(stand.trial().of(role).name(), lane.link(role).text(), stand.ends().get(role).kernel(), before.end(lane, role), during.end(lane, role),
            after.end(lane, role), reports.of(role));
    }

    private void tell(String doing) {
        stand.chronicle().moves(new Step(cell, stand.trial().cells(), cable(), flip.isPresent() ? "flip" : doing, 0, 0));
    }

    private String cable() {
        var names = new ArrayList<String>();
        lanes.forEach(lane -> names.add(lane.name()));
        return names.size() == 1 ? names.getFirst() : "";
    }
}
