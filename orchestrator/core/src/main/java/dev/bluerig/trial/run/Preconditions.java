package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.protocol.Role;
import dev.bluerig.task.FreeCardTask;
import dev.bluerig.task.KernelSpec;
import dev.bluerig.task.MachineContext;
import dev.bluerig.task.OffloadTask;
import dev.bluerig.task.ReachTask;
import dev.bluerig.task.Task;
import dev.bluerig.task.TestedPortTask;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.task.link.OffloadSpec;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.EndDemands;
import dev.bluerig.trial.spec.PairTrial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What must hold before anything is brought or started, by asking ordinary tasks for their `diff`. Kernel, flags and other people's
/// connections are conditions only where an expectation can fail by them; elsewhere the verdict itself says what it found.
final class Preconditions {
    private final PairTrial trial;
    private final PairSessions sessions;

    Preconditions(PairTrial trial, PairSessions sessions) {
        this.trial = trial;
        this.sessions = sessions;
    }

    /// The cables as they are today, or why the trial cannot start.
    sealed interface Result {
        record Met(List<CablePath> paths) implements Result {}

        record Unmet(Failure failure) implements Result {}
    }

    Result check() throws HostLost {
        var needs = new LinkedHashMap<Machine, List<Task<?>>>();
        for (Role role : Role.values()) needs.put(trial.of(role), needs(role));
        var answers = asked(needs, List.of(new PortLinks.Seen(), new Links.Seen()));
        var failure = judged(needs, answers);
        if (failure.isPresent()) return new Result.Unmet(failure.get());
        var paths = trial.cables().stream().map(cable -> cablePath(cable, answers)).toList();
        var reach = new LinkedHashMap<Machine, List<Task<?>>>();
        for (Role role : Role.values()) reach.put(trial.of(role), List.of(reachable(role, paths, answers)));
        return judged(reach, asked(reach, List.of())).<Result>map(Result.Unmet::new).orElseGet(() -> new Result.Met(paths));
    }

    private List<Task<?>> needs(Role role) {
        var demand = EndDemands.of(trial.trial(), trial.loads(), role);
        var needs = new ArrayList<Task<?>>();
        if (demand.kernel())
            needs.add(new KernelSpec(demand.directions(), Optional.empty(), Map.of(), List.of("tls"))
                .on(new MachineContext(trial.of(role), trial.inventory())));
        for (PairTrial.Cable cable : trial.cables())
            needs.add(new TestedPortTask(cable.of(role).pci(), cable.of(role).address(), cable.of(other(role)).address().address()));
        if (!demand.hardware().isEmpty()) needs.add(new OffloadTask(trial.cables().stream()
            .map(cable -> new OffloadSpec(Optional.empty(), Optional.of(cable.of(role).pci()), demand.flag(Direction.TX),
                demand.flag(Direction.RX), false)).distinct().toList()));
        if (!demand.hardware().isEmpty() || trial.trial().flip()) needs.add(new FreeCardTask());
        return needs;
    }

    private static Role other(Role role) {
        return role == Role.SERVER ? Role.CLIENT : Role.SERVER;
    }

    /// At the size that both ends are set to: what TCP will use.
    private ReachTask reachable(Role role, List<CablePath> paths, Map<String, MachineAnswer> answers) {
        int mtu = paths.stream()
            .flatMap(path -> Stream.of(Role.values()).map(end -> link(path.link(end), answers.get(trial.of(end).name())).mtu()))
            .min(Integer::compare).orElseThrow();
        var dpus = trial.dpus().stream().map(Machine::name).toList();
        var cables = paths.stream().map(path -> new ReachTask.Cable(path.cable().id(), new LinkRef.ByAddress(path.cable().of(role).pci()),
            trial.of(other(role)).name(), Optional.of(path.cable().of(other(role)).address()), dpus)).toList();
        return new ReachTask(cables, List.of(), new Mtu(Integer.toString(mtu)));
    }

    private static Link link(LinkName name, MachineAnswer asked) {
        return known(asked.get(new Links.Seen())).named(name).orElseThrow();
    }

    private CablePath cablePath(PairTrial.Cable cable, Map<String, MachineAnswer> answers) {
        return new CablePath(cable, netdev(cable, Role.SERVER, answers), netdev(cable, Role.CLIENT, answers), CablePath.ways(trial, cable));
    }

    private LinkName netdev(PairTrial.Cable cable, Role role, Map<String, MachineAnswer> answers) {
        return known(answers.get(trial.of(role).name()).get(new PortLinks.Seen())).netdev(cable.of(role).pci()).orElseThrow();
    }

    /// Judged before: `TestedPortTask` needs the same facts.
    private static <T> T known(Reading<T> reading) {
        return switch (reading) {
            case Reading.Known<T>(T value) -> value;
            case Reading.Unknown<T>(String why) -> throw new IllegalStateException("judged although unknown: " + why);
        };
    }

    private Map<String, MachineAnswer> asked(Map<Machine, List<Task<?>>> needs, List<Fact.Question<?>> more) throws HostLost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        needs.forEach((machine, tasks) -> {
            var all = new LinkedHashSet<Fact.Question<?>>(more);
            tasks.forEach(task -> all.addAll(task.wants().questions()));
            questions.put(machine, all);
        });
        return sessions.ask(questions);
    }

    /// The first thing that does not hold is the cause, before what is not known; the others are told beside it.
    private static Optional<Failure> judged(Map<Machine, List<Task<?>>> needs, Map<String, MachineAnswer> answers) {
        var failures = new ArrayList<Failure>();
        needs.forEach((machine, tasks) -> tasks.forEach(task -> judged(machine.name(), task, answers.get(machine.name()))
            .ifPresent(failures::add)));
        if (failures.isEmpty()) return Optional.empty();
        failures.sort(Comparator.comparing(failure -> failure.code().is(TrialCode.TRIAL_STATE_UNKNOWN)));
        Failure first = failures.getFirst();
        var rest = failures.subList(1, failures.size()).stream().map(Preconditions::line).toList();
        String detail = Stream.concat(Stream.of(first.detail()), rest.stream().map(line -> "also " + line)).filter(text -> !text.isEmpty())
            .reduce((one, two) -> one + "\n" + two).orElse("");
        return Optional.of(new Failure(first.code(), first.meaning(), first.changes(), detail, first.next()));
    }

    private static String line(Failure failure) {
        return failure.code() + failure.changes().stream().findFirst()
            .map(change -> ": " + change.what() + ": expected " + change.expected() + ", found " + change.found())
            .orElse(failure.detail().isEmpty() ? "" : ": " + failure.detail());
    }

    private static <S> Optional<Failure> judged(String machine, Task<S> task, MachineAnswer asked) {
        return switch (task.judge(asked.get(task.wants()))) {
            case Diff.Unknown(String why) -> Optional.of(Failure.of(TrialCode.TRIAL_STATE_UNKNOWN, List.of(), machine + ": " + why, ""));
            case Diff.Same same -> Optional.empty();
            case Diff.NotApplicable none -> Optional.empty();
            case Diff.Unmet unmet -> Optional.of(Failure.of(unmet.finding(), on(machine, unmet.changes()), "", unmet.next()));
            case Diff.Mendable mendable -> mendable(machine, mendable);
        };
    }

    /// Being loaded at every boot is a matter of the bring-up; a trial needs the module now.
    private static Optional<Failure> mendable(String machine, Diff.Mendable mendable) {
        var now = mendable.changes().stream().filter(change -> change.when() == Change.When.NOW).toList();
        if (now.isEmpty()) return Optional.empty();
        String command = mendable.remedy().commands().getFirst().line();
        return Optional.of(Failure.of(TrialCode.TRIAL_NOT_READY, on(machine, now), "", "bluerig apply; or on " + machine + ": " + command));
    }

    private static List<Change> on(String machine, List<Change> changes) {
        return changes.stream().map(change -> new Change(machine + ": " + change.what(), change.expected(), change.found(), change.when()))
            .toList();
    }
}
