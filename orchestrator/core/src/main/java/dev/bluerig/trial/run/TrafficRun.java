package dev.bluerig.trial.run;

import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.Role;
import dev.bluerig.source.VisibleText;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// The pair run once over some cables at the same time, with a snapshot of everything before, while all connections are open, and after.
final class TrafficRun {
    private final TrialContext context;
    private final List<CablePath> paths;
    private final Load load;
    private final int cell;
    private final Optional<Flip> flip;
    private final PairObserver observer;
    private final Map<CableId, AgentRuntime.PairRun> running = new ConcurrentHashMap<>();
    private final Map<CableId, AgentRunFailed> failed = new ConcurrentHashMap<>();
    private final Map<CableId, WireTap> taps = new ConcurrentHashMap<>();

    TrafficRun(TrialContext context, List<CablePath> paths, Load load, int cell, Optional<Flip> flip) {
        this.context = context;
        this.paths = paths;
        this.load = load;
        this.cell = cell;
        this.flip = flip;
        this.observer = new PairObserver(context.trial(), paths, context.sessions());
    }

    /// What became of it on each cable: an observation, or why there is none.
    ///
    /// `seen`: before, during, after, and whatever was seen while payload flowed; empty when there was no traffic.
    /// `lost`: a host was lost, so the trial is over.
    record Outcome(Map<CableId, RunObservation> observed, Map<CableId, MachineFailure> failures, Optional<Seen> seen,
        Optional<HostLost> lost) {}

    record MachineFailure(String machine, AgentFailure failure) {}

    /// `wires`: what was captured on each cable; empty when it was not wanted.
    record Seen(PairSnapshot before, PairSnapshot during, PairSnapshot after, List<PairSnapshot> between,
                Map<CableId, CaptureResult> wires) {}

    Outcome run() throws Flip.Failed {
        try {
            return exchanged();
        } catch (HostLost lost) {
            return new Outcome(Map.of(), all(lost.pairFailure()), Optional.empty(), Optional.of(lost));
        } finally {
            running.values().forEach(AgentRuntime.PairRun::close);
            taps.values().forEach(WireTap::close);
        }
    }

    private Outcome exchanged() throws HostLost, Flip.Failed {
        tell("handshake", 0, 0);
        each(paths, this::start);
        if (running.isEmpty()) return ended(Map.of(), Optional.empty());
        if (flip.isPresent()) flip.get().off();
        PairSnapshot before = observer.now(false);
        var sampler = new Sampler(observer);
        if (context.trial().trial().wire() && flip.isEmpty()) each(going(), this::tap);
        try (var _ = new StopWatcher(context.stop(), () -> running.values().forEach(AgentRuntime.PairRun::close))) {
            each(going(), path -> transfer(path, sampler));
        }
        taps.values().forEach(WireTap::stop);
        var between = sampler.over();
        if (going().isEmpty()) return ended(Map.of(), Optional.empty());
        PairSnapshot during = observer.now(true);
        var reports = new ConcurrentHashMap<CableId, AgentPair.Reports>();
        each(going(), path -> end(path, reports));
        PairSnapshot after = observer.now(false);
        var complete = going();
        var wires = new LinkedHashMap<CableId, CaptureResult>();
        taps.forEach((cable, tap) -> wires.put(cable, tap.read()));
        var seen = new Seen(before, during, after, between, wires);
        var observed = new LinkedHashMap<CableId, RunObservation>();
        for (CablePath path : complete) observed.put(path.id(), observed(path, reports.get(path.id()), seen));
        return ended(observed, Optional.of(seen));
    }

    private Outcome ended(Map<CableId, RunObservation> observed, Optional<Seen> seen) {
        var failures = new LinkedHashMap<CableId, MachineFailure>();
        Optional<HostLost> lost = Optional.empty();
        for (CablePath path : paths) {
            AgentRunFailed failure = failed.get(path.id());
            if (failure != null) {
                failures.put(path.id(), machineFailure(failure));
                if (lost.isEmpty()) lost = failure.lost().map(why -> new HostLost(failure.machine(), why));
            } else if (!observed.containsKey(path.id())) {
                failures.put(path.id(), interrupted());
            }
        }
        return new Outcome(observed, failures, seen, lost);
    }

    /// Whatever a program reports after Ctrl-C follows from it.
    private MachineFailure machineFailure(AgentRunFailed failure) {
        return context.stop().getAsBoolean() ? interrupted() : new MachineFailure(failure.machine(), agentFailure(failure));
    }

    private static AgentFailure agentFailure(AgentRunFailed failure) {
        AgentFailure root = failure.failure();
        return failure.consequences().isEmpty() ? root
            : new AgentFailure(root.code(), root.errno(), root.message() + "; then " + String.join("; ", failure.consequences()));
    }

    private static MachineFailure interrupted() {
        return new MachineFailure("", new AgentFailure(TrialCode.TRIAL_INTERRUPTED, "", TrialCode.TRIAL_INTERRUPTED.meaning()));
    }

    private Map<CableId, MachineFailure> all(AgentFailure failure) {
        var failures = new LinkedHashMap<CableId, MachineFailure>();
        paths.forEach(path -> failures.put(path.id(), new MachineFailure("", failure)));
        return failures;
    }

    private interface CableAction {
        void of(CablePath path) throws AgentRunFailed;
    }

    /// A path that fails is out; the others go on.
    private void each(List<CablePath> some, CableAction part) {
        if (some.isEmpty()) return;
        var work = new LinkedHashMap<CableId, Callable<Boolean>>();
        for (CablePath path : some) work.put(path.id(), () -> {
            try {
                part.of(path);
                return true;
            } catch (AgentRunFailed failure) {
                failed.put(path.id(), failure);
                return false;
            }
        });
        Parallel.all(work);
    }

    private List<CablePath> going() {
        if (context.stop().getAsBoolean()) return List.of();
        return paths.stream().filter(path -> running.containsKey(path.id()) && !failed.containsKey(path.id())).toList();
    }

    private void start(CablePath path) throws AgentRunFailed {
        if (context.stop().getAsBoolean()) return;
        var settings = AgentPairSettings.of(load, context.trial().trial().listen(), context.seed(cell));
        running.put(path.id(), context.agentRuntime().start(endpoint(path, Role.SERVER), endpoint(path, Role.CLIENT), settings));
    }

    private AgentEndpoint endpoint(CablePath path, Role role) {
        var machine = context.trial().of(role);
        var installed = context.ends().get(role).installed();
        String run = context.name(cell, path, flip.isPresent() ? "off" : "on") + "-" + VisibleText.words(role);
        return new AgentEndpoint(machine.name(), context.sessions().session(machine), installed, path.cable().of(role).address().address(),
            context.cpus(path, role, load.cpus()), flip.map(each -> each.restore(path, role)).orElse(List.of()), installed.directory(run));
    }

    /// Before the first packet of a connection, so that records can be followed from the beginning of a stream.
    private void tap(CablePath path) {
        int port = running.get(path.id()).port();
        String name = context.name(cell, path, "wire");
        taps.put(path.id(), WireTap.start(context, path, port, load.connections(), context.seed(cell), name));
    }

    private void transfer(CablePath path, Sampler sampler) throws AgentRunFailed {
        var speed = new RateMeter();
        running.get(path.id()).transfer(progress -> {
            sampler.tick(progress.seconds());
            tell("payload", progress.seconds(), speed.gigabits(progress));
        });
    }

    private void end(CablePath path, Map<CableId, AgentPair.Reports> reports) throws AgentRunFailed {
        reports.put(path.id(), running.get(path.id()).end());
    }

    private RunObservation observed(CablePath path, AgentPair.Reports reports, Seen seen) {
        return new RunObservation(end(path, Role.SERVER, reports, seen), end(path, Role.CLIENT, reports, seen));
    }

    private EndObservation end(CablePath path, Role role, AgentPair.Reports reports, Seen seen) {
        return new EndObservation(context.trial().of(role).name(), path.link(role).text(), context.ends().get(role).kernel(),
            seen.before().end(path, role), seen.during().end(path, role), seen.after().end(path, role), reports.of(role));
    }

    private void tell(String doing, double seconds, double gigabits) {
        String now = flip.isPresent() ? "flip" : doing;
        context.listener().moves(new TrialStep(cell, context.trial().cells(), cable(), now, seconds, gigabits));
    }

    private Optional<CableId> cable() {
        return paths.size() == 1 ? Optional.of(paths.getFirst().id()) : Optional.empty();
    }
}
