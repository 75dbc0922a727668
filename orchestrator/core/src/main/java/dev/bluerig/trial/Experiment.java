package dev.bluerig.trial;

import dev.bluerig.converge.Failure;
import dev.bluerig.fact.KernelRelease;
import dev.bluerig.fact.NearCpus;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Unreachable;
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
public final class Experiment {
    private final String run;
    private final PairTrial trial;
    private final Dialled dialled;
    private final Ensemble ensemble;
    private final Chronicle chronicle;
    private final BooleanSupplier stop;
    private final List<Cell> cells = new ArrayList<>();
    private final Map<String, Integer> peak = new HashMap<>();

    /// `run`: names what is left on machines while it runs. `stop`: the user's Ctrl-C.
    public Experiment(String run, PairTrial trial, Dialled dialled, Ensemble ensemble, Chronicle chronicle, BooleanSupplier stop) {
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
        } catch (Lost lost) {
            return failed(lost.failure());
        } catch (Undelivered undelivered) {
            return failed(undelivered.failure());
        }
    }

    private TrialResult tried() throws Lost, Undelivered {
        chronicle.moves(new Step(0, trial.cells(), "", "preconditions", 0, 0));
        var bench = Bench.of(trial, dialled);
        var stuck = cleaned(bench);
        if (stuck.isPresent()) return failed(stuck.get());
        return switch (new Preconditions(trial, bench).check()) {
            case Preconditions.Found.Not(Failure failure) -> failed(failure);
            case Preconditions.Found.Fine(List<Lane> lanes) -> rounds(bench, lanes);
        };
    }

    private TrialResult rounds(Bench bench, List<Lane> lanes) throws Lost, Undelivered {
        if (stop.getAsBoolean()) return failed(interrupted());
        var installed = installed(bench);
        var start = Inspection.of(trial, lanes, bench, true);
        var stand = new Stand(run, trial, bench, ensemble, bases(installed, start, lanes), chronicle, stop);
        var cause = new Cells(stand, lanes, start, cells, peak).all();
        if (cause.isPresent() && stop.getAsBoolean()) return failed(cause.get());   // nobody waits for sheets after Ctrl-C
        return new TrialResult(trial.trial().trial(), trial.at(), trial.pair(), Terms.of(trial.trial()), cells, sheets(bench, lanes, start), cause, "");
    }

    private List<Sheet> sheets(Bench bench, List<Lane> lanes, Inspection start) throws Lost {
        return new Sheets(trial, lanes, start, Inspection.of(trial, lanes, bench, false), Map.copyOf(peak)).all();
    }

    private TrialResult failed(Failure failure) {
        return new TrialResult(trial.trial().trial(), trial.at(), trial.pair(), Terms.of(trial.trial()), cells, List.of(), Optional.of(failure), "");
    }

    static Failure interrupted() {
        return Failure.of(TrialTrouble.TRIAL_INTERRUPTED, List.of(), "", "");
    }

    /// Runs of a bluerig that was killed may have left flags off.
    private Optional<Failure> cleaned(Bench bench) throws Lost {
        for (Role role : Role.values()) {
            var machine = trial.of(role);
            try {
                for (Depot.Leftover leftover : ensemble.leftovers(machine, bench.session(machine))) {
                    if (!leftover.failed().isEmpty())
                        return Optional.of(Failure.of(TrialTrouble.LEFTOVER_STUCK, List.of(), machine.name() + ": " + leftover.directory() + ": " + String.join("; ", leftover.failed()), ""));
                    chronicle.cleaned(machine, leftover.restored());
                }
            } catch (Unreachable why) {
                throw new Lost(machine.name(), why);
            }
        }
        return Optional.empty();
    }

    private sealed interface Arrival {
        record Done(Installed installed) implements Arrival {}

        record Not(Undelivered why) implements Arrival {}

        record Gone(Lost lost) implements Arrival {}
    }

    private Map<Role, Installed> installed(Bench bench) throws Lost, Undelivered {
        chronicle.moves(new Step(0, trial.cells(), "", "delivery", 0, 0));
        var work = new LinkedHashMap<Role, Callable<Arrival>>();
        for (Role role : Role.values()) work.put(role, () -> delivered(bench, role));
        var all = new EnumMap<Role, Installed>(Role.class);
        for (var each : SideBySide.all(work).entrySet()) {
            switch (each.getValue()) {
                case Arrival.Done(Installed installed) -> all.put(each.getKey(), installed);
                case Arrival.Not(Undelivered why) -> throw why;
                case Arrival.Gone(Lost lost) -> throw lost;
            }
        }
        return all;
    }

    private Arrival delivered(Bench bench, Role role) {
        var machine = trial.of(role);
        try {
            return new Arrival.Done(ensemble.install(machine, bench.session(machine)));
        } catch (Undelivered why) {
            return new Arrival.Not(why);
        } catch (Unreachable why) {
            return new Arrival.Gone(new Lost(machine.name(), why));
        }
    }

    private Map<Role, Stand.Base> bases(Map<Role, Installed> installed, Inspection start, List<Lane> lanes) {
        var bases = new EnumMap<Role, Stand.Base>(Role.class);
        installed.forEach((role, program) -> {
            String machine = trial.of(role).name();
            String kernel = start.get(machine, new KernelRelease.Seen()) instanceof Reading.Known<KernelRelease>(KernelRelease release) ? release.release() : "";
            var near = new HashMap<String, List<Integer>>();
            for (Lane lane : lanes)
                if (start.get(machine, new NearCpus.Seen(lane.cable().of(role).pci())) instanceof Reading.Known<NearCpus>(NearCpus cores)) near.put(lane.name(), CoreList.of(cores.list()));
            bases.put(role, new Stand.Base(program, kernel, near));
        });
        return bases;
    }
}
