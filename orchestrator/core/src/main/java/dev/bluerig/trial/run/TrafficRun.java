package dev.bluerig.trial.run;

import dev.bluerig.inventory.CableId;
import dev.bluerig.trial.agent.AgentEndpoint;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.agent.AgentPair;
import dev.bluerig.trial.agent.AgentPairSettings;
import dev.bluerig.trial.agent.AgentRunFailed;
import dev.bluerig.trial.agent.AgentRuntime;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.RunObservation;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// The pair run once over some cables at the same time, with a look at everything before, while all connections are open, and after.
final class TrafficRun {
    private final TrialContext stand;
    private final List<CablePath> lanes;
    private final Load load;
    private final int cell;
    private final Optional<Flip> flip;
    private final PairObserver look;
    private final Map<String, AgentRuntime.Performance> playing = new ConcurrentHashMap<>();
    private final Map<String, AgentRunFailed> failed = new ConcurrentHashMap<>();
    private final Map<String, WireTap> taps = new ConcurrentHashMap<>();

    TrafficRun(TrialContext stand, List<CablePath> lanes, Load load, int cell, Optional<Flip> flip) {
        this.stand = stand;
        this.lanes = lanes;
        this.load = load;
        this.cell = cell;
        this.flip = flip;
        this.look = new PairObserver(stand.trial(), lanes, stand.bench());
    }

    /// What became of it, by the cable's name: a stretch, or why there is none.
    ///
    /// `seen`: before, during, after, and whatever was seen while payload flowed; empty when nothing was played.
    /// `lost`: a host was lost, so the trial is over.
    record Outcome(Map<String, RunObservation> stretches, Map<String, Trouble> troubles, Optional<Seen> seen, Optional<HostLost> lost) {}

    record Trouble(String machine, AgentFailure failure) {}

    /// `wires`: what was captured, by the cable's name; empty when it was not wanted.
    record Seen(PairSnapshot before, PairSnapshot during, PairSnapshot after, List<PairSnapshot> between, Map<String, CaptureResult> wires) {}

    Outcome run() throws Flip.Failed {
        try {
            return played();
        } catch (HostLost lost) {
            return new Outcome(Map.of(), all(lost.pairFailure()), Optional.empty(), Optional.of(lost));
        } finally {
            playing.values().forEach(AgentRuntime.Performance::close);
            taps.values().forEach(WireTap::close);
        }
    }

    private Outcome played() throws HostLost, Flip.Failed {
        tell("handshake");
        each(lanes, this::start);
        if (playing.isEmpty()) return ended(Map.of(), Optional.empty());
        if (flip.isPresent()) flip.get().off();
        PairSnapshot before = look.now(false);
        var sampler = new Sampler(look);
        if (stand.trial().trial().wire() && flip.isEmpty()) each(going(), this::tap);
        try (var _ = new StopWatcher(stand.stop(), () -> playing.values().forEach(AgentRuntime.Performance::close))) {
            each(going(), lane -> play(lane, sampler));
        }
        taps.values().forEach(WireTap::stop);
        var between = sampler.over();
        if (going().isEmpty()) return ended(Map.of(), Optional.empty());
        PairSnapshot during = look.now(true);
        var reports = new ConcurrentHashMap<String, AgentPair.Reports>();
        each(going(), lane -> end(lane, reports));
        PairSnapshot after = look.now(false);
        var stretches = new LinkedHashMap<String, RunObservation>();
        for (CablePath lane : going()) stretches.put(lane.name(), stretch(lane, reports.get(lane.name()), before, during, after));
        var wires = new LinkedHashMap<String, CaptureResult>();
        taps.forEach((cable, tap) -> wires.put(cable, tap.read()));
        return ended(stretches, Optional.of(new Seen(before, during, after, between, wires)));
    }

    private Outcome ended(Map<String, RunObservation> stretches, Optional<Seen> seen) {
        var troubles = new LinkedHashMap<String, Trouble>();
        Optional<HostLost> lost = Optional.empty();
        for (CablePath lane : lanes) {
            AgentRunFailed failure = failed.get(lane.name());
            if (failure != null) {
                troubles.put(lane.name(), trouble(failure));
                if (lost.isEmpty()) lost = failure.lost().map(why -> new HostLost(failure.machine(), why));
            } else if (!stretches.containsKey(lane.name())) {
                troubles.put(lane.name(), interrupted());
            }
        }
        return new Outcome(stretches, troubles, seen, lost);
    }

    /// Whatever a program says after Ctrl-C follows from it.
    private Trouble trouble(AgentRunFailed failure) {
        return stand.stop().getAsBoolean() ? interrupted() : new Trouble(failure.machine(), said(failure));
    }

    private static AgentFailure said(AgentRunFailed failure) {
        AgentFailure root = failure.failure();
        return failure.consequences().isEmpty() ? root
            : new AgentFailure(root.code(), root.errno(), root.message() + "; then " + String.join("; ", failure.consequences()));
    }

    private static Trouble interrupted() {
        return new Trouble("", new AgentFailure(TrialCode.TRIAL_INTERRUPTED, "", TrialCode.TRIAL_INTERRUPTED.meaning()));
    }

    private Map<String, Trouble> all(AgentFailure failure) {
        var troubles = new LinkedHashMap<String, Trouble>();
        lanes.forEach(lane -> troubles.put(lane.name(), new Trouble("", failure)));
        return troubles;
    }

    private interface Part {
        void of(CablePath lane) throws AgentRunFailed;
    }

    /// A lane that fails is out; the others go on.
    private void each(List<CablePath> some, Part part) {
        if (some.isEmpty()) return;
        var work = new LinkedHashMap<String, Callable<Boolean>>();
        for (CablePath lane : some) work.put(lane.name(), () -> {
            try {
                part.of(lane);
                return true;
            } catch (AgentRunFailed failure) {
                failed.put(lane.name(), failure);
                return false;
            }
        });
        Parallel.all(work);
    }

    private List<CablePath> going() {
        if (stand.stop().getAsBoolean()) return List.of();
        return lanes.stream().filter(lane -> playing.containsKey(lane.name()) && !failed.containsKey(lane.name())).toList();
    }

    private void start(CablePath lane) throws AgentRunFailed {
        if (stand.stop().getAsBoolean()) return;
        var settings = AgentPairSettings.of(load, stand.trial().trial().listen(), stand.seed(cell));
        playing.put(lane.name(), stand.ensemble().start(seat(lane, Role.SERVER), seat(lane, Role.CLIENT), settings));
    }

    private AgentEndpoint seat(CablePath lane, Role role) {
        var machine = stand.trial().of(role);
        var installed = stand.ends().get(role).installed();
        return new AgentEndpoint(machine.name(), stand.bench().session(machine), installed, lane.cable().of(role).address().address(), stand.cpus(lane, role, load.cpus()),
            flip.map(each -> each.restore(lane, role)).orElse(List.of()), installed.directory(stand.name(cell, lane, flip.isPresent() ? "off" : "on") + "-" + role.name().toLowerCase(Locale.ROOT)));
    }

    /// Before the first packet of a connection, so that records can be followed from the beginning of a stream.
    private void tap(CablePath lane) {
        taps.put(lane.name(), WireTap.start(stand, lane, playing.get(lane.name()).port(), load.connections(), stand.seed(cell), stand.name(cell, lane, "wire")));
    }

    private void play(CablePath lane, Sampler sampler) throws AgentRunFailed {
        var speed = new RateMeter();
        playing.get(lane.name()).play(progress -> {
            sampler.tick(progress.seconds());
            stand.chronicle().moves(new TrialStep(cell, stand.trial().cells(), cable(), flip.isPresent() ? "flip" : "payload", progress.seconds(), speed.gigabits(progress)));
        });
    }

    private void end(CablePath lane, Map<String, AgentPair.Reports> reports) throws AgentRunFailed {
        reports.put(lane.name(), playing.get(lane.name()).end());
    }

    private RunObservation stretch(CablePath lane, AgentPair.Reports reports, PairSnapshot before, PairSnapshot during, PairSnapshot after) {
        return new RunObservation(end(lane, Role.SERVER, reports, before, during, after), end(lane, Role.CLIENT, reports, before, during, after));
    }

    private EndObservation end(CablePath lane, Role role, AgentPair.Reports reports, PairSnapshot before, PairSnapshot during, PairSnapshot after) {
        return new EndObservation(stand.trial().of(role).name(), lane.link(role).text(), stand.ends().get(role).kernel(), before.end(lane, role), during.end(lane, role),
            after.end(lane, role), reports.of(role));
    }

    private void tell(String doing) {
        stand.chronicle().moves(new TrialStep(cell, stand.trial().cells(), cable(), flip.isPresent() ? "flip" : doing, 0, 0));
    }

    private Optional<CableId> cable() {
        return lanes.size() == 1 ? Optional.of(lanes.getFirst().cable().id()) : Optional.empty();
    }
}
