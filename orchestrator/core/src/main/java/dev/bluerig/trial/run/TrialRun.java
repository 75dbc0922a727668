package dev.bluerig.trial.run;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.NearCpus;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentRuntime;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.DeploymentFailed;
import dev.bluerig.trial.deploy.InstalledAgent;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.CoreList;
import dev.bluerig.trial.spec.PairTrial;
import dev.bluerig.trial.spec.Role;
import dev.bluerig.trial.verdict.TrialTerms;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// One trial on one pair, from the preconditions to the sheets. Whatever goes wrong is part of the result; nothing is left running or switched.
public final class TrialRun {
    private final String run;
    private final PairTrial trial;
    private final SessionSource dialled;
    private final AgentRuntime ensemble;
    private final TrialListener chronicle;
    private final BooleanSupplier stop;
    private final List<Cell> cells = new ArrayList<>();
    private final Map<String, Integer> peak = new HashMap<>();

    /// `run`: names what is left on machines while it runs. `stop`: the user's Ctrl-C.
    public TrialRun(String run, PairTrial trial, SessionSource dialled, AgentRuntime ensemble, TrialListener chronicle, BooleanSupplier stop) {
        this.run = run;
        this.trial = trial;
        this.dialled = dialled;
        this.ensemble = ensemble;
        this.chronicle = chronicle;
        this.stop = stop;
    }

    public TrialResult result() {
        try {
            return tried();
        } catch (HostLost lost) {
            return failed(lost.failure());
        } catch (DeploymentFailed undelivered) {
            return failed(undelivered.failure());
        }
    }

    private TrialResult tried() throws HostLost, DeploymentFailed {
        chronicle.moves(new TrialStep(0, trial.cells(), Optional.empty(), "preconditions", 0, 0));
        var bench = PairSessions.of(trial, dialled);
        var stuck = cleaned(bench);
        if (stuck.isPresent()) return failed(stuck.get());
        return switch (new Preconditions(trial, bench).check()) {
            case Preconditions.Found.Not(Failure failure) -> failed(failure);
            case Preconditions.Found.Fine(List<CablePath> lanes) -> rounds(bench, lanes);
        };
    }

    private TrialResult rounds(PairSessions bench, List<CablePath> lanes) throws HostLost, DeploymentFailed {
        if (stop.getAsBoolean()) return failed(interrupted());
        var installed = installed(bench);
        var start = HardwareInspection.of(trial, lanes, bench, true);
        var stand = new TrialContext(run, trial, bench, ensemble, bases(installed, start, lanes), chronicle, stop);
        var cause = new MatrixRun(stand, lanes, start, cells, peak).all();
        if (cause.isPresent() && stop.getAsBoolean()) return failed(cause.get());   // nobody waits for sheets after Ctrl-C
        return new TrialResult(trial.trial().trial(), trial.at(), trial.pair(), TrialTerms.of(trial.trial()), cells, sheets(bench, lanes, start), cause, Optional.empty());
    }

    private List<HardwareSheet> sheets(PairSessions bench, List<CablePath> lanes, HardwareInspection start) throws HostLost {
        return new HardwareSheets(trial, lanes, start, HardwareInspection.of(trial, lanes, bench, false), Map.copyOf(peak)).all();
    }

    private TrialResult failed(Failure failure) {
        return new TrialResult(trial.trial().trial(), trial.at(), trial.pair(), TrialTerms.of(trial.trial()), cells, List.of(), Optional.of(failure), Optional.empty());
    }

    static Failure interrupted() {
        return Failure.of(TrialCode.TRIAL_INTERRUPTED, List.of(), "", "");
    }

    /// Runs of a bluerig that was killed may have left flags off.
    private Optional<Failure> cleaned(PairSessions bench) throws HostLost {
        for (Role role : Role.values()) {
            var machine = trial.of(role);
            try {
                for (AgentCache.Leftover leftover : ensemble.leftovers(machine, bench.session(machine))) {
                    if (!leftover.failed().isEmpty())
                        return Optional.of(Failure.of(TrialCode.LEFTOVER_STUCK, List.of(), machine.name() + ": " + leftover.directory() + ": " + String.join("; ", leftover.failed()), ""));
                    chronicle.cleaned(machine, leftover.restored());
                }
            } catch (Unreachable why) {
                throw new HostLost(machine.name(), why);
            }
        }
        return Optional.empty();
    }

    private sealed interface Arrival {
        record Done(InstalledAgent installed) implements Arrival {}

        record Not(DeploymentFailed why) implements Arrival {}

        record Gone(HostLost lost) implements Arrival {}
    }

    private Map<Role, InstalledAgent> installed(PairSessions bench) throws HostLost, DeploymentFailed {
        chronicle.moves(new TrialStep(0, trial.cells(), Optional.empty(), "delivery", 0, 0));
        var work = new LinkedHashMap<Role, Callable<Arrival>>();
        for (Role role : Role.values()) work.put(role, () -> delivered(bench, role));
        var all = new EnumMap<Role, InstalledAgent>(Role.class);
        for (var each : Parallel.all(work).entrySet()) {
            switch (each.getValue()) {
                case Arrival.Done(InstalledAgent installed) -> all.put(each.getKey(), installed);
                case Arrival.Not(DeploymentFailed why) -> throw why;
                case Arrival.Gone(HostLost lost) -> throw lost;
            }
        }
        return all;
    }

    private Arrival delivered(PairSessions bench, Role role) {
        var machine = trial.of(role);
        try {
            return new Arrival.Done(ensemble.install(machine, bench.session(machine)));
        } catch (DeploymentFailed why) {
            return new Arrival.Not(why);
        } catch (Unreachable why) {
            return new Arrival.Gone(new HostLost(machine.name(), why));
        }
    }

    private Map<Role, TrialContext.Base> bases(Map<Role, InstalledAgent> installed, HardwareInspection start, List<CablePath> lanes) {
        var bases = new EnumMap<Role, TrialContext.Base>(Role.class);
        installed.forEach((role, program) -> {
            String machine = trial.of(role).name();
            String kernel = start.get(machine, new KernelRelease.Seen()) instanceof Reading.Known<KernelRelease>(KernelRelease release) ? release.release() : "";
            var near = new HashMap<String, List<Integer>>();
            for (CablePath lane : lanes)
                if (start.get(machine, new NearCpus.Seen(lane.cable().of(role).pci())) instanceof Reading.Known<NearCpus>(NearCpus cores)) near.put(lane.name(), CoreList.of(cores.list()));
            bases.put(role, new TrialContext.Base(program, kernel, near));
        });
        return bases;
    }
}
