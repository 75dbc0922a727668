package dev.bluerig.trial.run;

import dev.bluerig.fact.link.NearCpus;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.CoreList;
import dev.bluerig.protocol.Role;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentRuntime;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.DeploymentFailed;
import dev.bluerig.trial.deploy.InstalledAgent;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import dev.bluerig.trial.verdict.TrialTerms;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// One trial on one pair, from the preconditions to the sheets. Whatever goes wrong is part of the result; nothing is left running or
/// switched.
public final class TrialRun {
    private final String run;
    private final PairTrial trial;
    private final SessionSource source;
    private final AgentRuntime runtime;
    private final TrialListener listener;
    private final BooleanSupplier stop;

    /// `run`: names what is left on machines while it runs. `stop`: the user's Ctrl-C.
    public TrialRun(String run, PairTrial trial, SessionSource source, AgentRuntime runtime, TrialListener listener, BooleanSupplier stop) {
        this.run = run;
        this.trial = trial;
        this.source = source;
        this.runtime = runtime;
        this.listener = listener;
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
        listener.moves(new TrialStep(0, trial.cells(), Optional.empty(), "preconditions", 0, 0));
        var sessions = PairSessions.of(trial, source);
        var stuck = cleaned(sessions);
        if (stuck.isPresent()) return failed(stuck.get());
        return switch (new Preconditions(trial, sessions).check()) {
            case Preconditions.Result.Unmet(Failure failure) -> failed(failure);
            case Preconditions.Result.Met(List<CablePath> paths) -> matrix(sessions, paths);
        };
    }

    private TrialResult matrix(PairSessions sessions, List<CablePath> paths) throws HostLost, DeploymentFailed {
        if (stop.getAsBoolean()) return failed(MatrixRun.interrupted());
        var installed = installed(sessions);
        var start = HardwareInspection.of(trial, paths, sessions, true);
        var context = new TrialContext(run, trial, sessions, runtime, bases(installed, start, paths), listener, stop);
        var matrix = new MatrixRun(context, paths, start).run();
        boolean hurry = matrix.cause().isPresent() && stop.getAsBoolean();   // nobody waits for sheets after Ctrl-C
        if (matrix.lost() || hurry) return result(matrix.cells(), List.of(), matrix.cause());
        try {
            var end = HardwareInspection.of(trial, paths, sessions, false);
            return result(matrix.cells(), new HardwareSheets(trial, paths, start, end, matrix.peak()).all(), matrix.cause());
        } catch (HostLost lost) {
            return result(matrix.cells(), List.of(), Optional.of(lost.failure()));
        }
    }

    private TrialResult failed(Failure failure) {
        return result(List.of(), List.of(), Optional.of(failure));
    }

    private TrialResult result(List<Cell> cells, List<HardwareSheet> sheets, Optional<Failure> cause) {
        return new TrialResult(trial.trial().trial(), trial.at(), trial.pair(), TrialTerms.of(trial.trial()), cells, sheets, cause,
            Optional.empty());
    }

    /// Runs of a bluerig that was killed may have left flags off.
    private Optional<Failure> cleaned(PairSessions sessions) throws HostLost {
        for (Role role : Role.values()) {
            var machine = trial.of(role);
            try {
                for (AgentCache.Leftover leftover : runtime.leftovers(machine, sessions.session(machine))) {
                    if (!leftover.failed().isEmpty()) {
                        String stuck = machine.name() + ": " + leftover.directory() + ": " + String.join("; ", leftover.failed());
                        return Optional.of(Failure.of(TrialCode.LEFTOVER_STUCK, List.of(), stuck, ""));
                    }
                    listener.cleaned(machine, leftover.restored());
                }
            } catch (Unreachable why) {
                throw new HostLost(machine.name(), why);
            }
        }
        return Optional.empty();
    }

    private sealed interface Deployment {
        record Installed(InstalledAgent installed) implements Deployment {}

        record Failed(DeploymentFailed why) implements Deployment {}

        record Lost(HostLost lost) implements Deployment {}
    }

    private Map<Role, InstalledAgent> installed(PairSessions sessions) throws HostLost, DeploymentFailed {
        listener.moves(new TrialStep(0, trial.cells(), Optional.empty(), "delivery", 0, 0));
        var work = new LinkedHashMap<Role, Callable<Deployment>>();
        for (Role role : Role.values()) work.put(role, () -> delivered(sessions, role));
        var all = new EnumMap<Role, InstalledAgent>(Role.class);
        for (var each : Parallel.all(work).entrySet()) {
            switch (each.getValue()) {
                case Deployment.Installed(InstalledAgent installed) -> all.put(each.getKey(), installed);
                case Deployment.Failed(DeploymentFailed why) -> throw why;
                case Deployment.Lost(HostLost lost) -> throw lost;
            }
        }
        return all;
    }

    private Deployment delivered(PairSessions sessions, Role role) {
        var machine = trial.of(role);
        try {
            return new Deployment.Installed(runtime.install(machine, sessions.session(machine)));
        } catch (DeploymentFailed why) {
            return new Deployment.Failed(why);
        } catch (Unreachable why) {
            return new Deployment.Lost(new HostLost(machine.name(), why));
        }
    }

    private Map<Role, TrialContext.HostBaseline> bases(Map<Role, InstalledAgent> installed, HardwareInspection start,
        List<CablePath> paths) {
        var bases = new EnumMap<Role, TrialContext.HostBaseline>(Role.class);
        installed.forEach((role, program) -> {
            String machine = trial.of(role).name();
            String kernel = start.get(machine, new KernelRelease.Seen()).ifKnown().map(KernelRelease::release).orElse("");
            var near = new HashMap<CableId, List<Integer>>();
            for (CablePath path : paths)
                start.get(machine, new NearCpus.Seen(path.cable().of(role).pci())).ifKnown()
                    .ifPresent(cores -> near.put(path.id(), CoreList.read(cores.list())));
            bases.put(role, new TrialContext.HostBaseline(program, kernel, near));
        });
        return bases;
    }
}
