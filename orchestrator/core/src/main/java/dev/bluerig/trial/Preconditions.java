package dev.bluerig.trial;

import dev.bluerig.converge.Failure;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Link;
import dev.bluerig.fact.LinkRef;
import dev.bluerig.fact.Links;
import dev.bluerig.fact.Ports;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.task.Change;
import dev.bluerig.task.Diff;
import dev.bluerig.task.FreeCard;
import dev.bluerig.task.Kernel;
import dev.bluerig.task.Offload;
import dev.bluerig.task.OffloadItem;
import dev.bluerig.task.Reachable;
import dev.bluerig.task.Site;
import dev.bluerig.task.Task;
import dev.bluerig.task.TestedPort;
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
    private final Bench bench;

    Preconditions(PairTrial trial, Bench bench) {
        this.trial = trial;
        this.bench = bench;
    }

    /// The cables as they are today, or why the trial cannot start.
    sealed interface Found {
        record Fine(List<Lane> lanes) implements Found {}

        record Not(Failure failure) implements Found {}
    }

    Found check() throws Lost {
        var needs = new LinkedHashMap<Machine, List<Task<?>>>();
        for (Role role : Role.values()) needs.put(trial.of(role), needs(role));
        var answers = asked(needs, List.of(new Ports.Seen(), new Links.Seen()));
        var failure = judged(needs, answers);
        if (failure.isPresent()) return new Found.Not(failure.get());
        var lanes = trial.cables().stream().map(cable -> lane(cable, answers)).toList();
        var reach = new LinkedHashMap<Machine, List<Task<?>>>();
        for (Role role : Role.values()) reach.put(trial.of(role), List.of(reachable(role, lanes, answers)));
        return judged(reach, asked(reach, List.of())).<Found>map(Found.Not::new).orElseGet(() -> new Found.Fine(lanes));
    }

    private List<Task<?>> needs(Role role) {
        var demand = Demand.of(trial.trial(), trial.loads(), role);
        var needs = new ArrayList<Task<?>>();
        if (demand.kernel()) needs.add(new Kernel(demand.directions(), Optional.empty(), Map.of(), List.of("tls")).on(new Site(trial.of(role), trial.inventory())));
        for (PairTrial.Cable cable : trial.cables())
            needs.add(new TestedPort(cable.of(role).pci(), cable.of(role).address(), cable.of(other(role)).address().address()));
        if (!demand.hardware().isEmpty()) needs.add(new Offload(trial.cables().stream()
            .map(cable -> new OffloadItem(Optional.empty(), Optional.of(cable.of(role).pci()), demand.flag(Half.TX), demand.flag(Half.RX), false)).distinct().toList()));
        if (!demand.hardware().isEmpty() || trial.trial().flip()) needs.add(new FreeCard());
        return needs;
    }

    private static Role other(Role role) {
        return role == Role.SERVER ? Role.CLIENT : Role.SERVER;
    }

    /// At the size that both ends are set to: what TCP will use.
    private Reachable reachable(Role role, List<Lane> lanes, Map<String, Asked> answers) {
        int mtu = lanes.stream().flatMap(lane -> Stream.of(Role.values()).map(end -> link(lane.link(end), answers.get(trial.of(end).name())).mtu())).min(Integer::compare).orElseThrow();
        var dpus = trial.dpus().stream().map(Machine::name).toList();
        var cables = lanes.stream().map(lane -> new Reachable.Cable(lane.name(), new LinkRef.At(lane.cable().of(role).pci()), trial.of(other(role)).name(),
            Optional.of(lane.cable().of(other(role)).address()), dpus)).toList();
        return new Reachable(cables, List.of(), new Mtu(Integer.toString(mtu)));
    }

    private static Link link(LinkName name, Asked asked) {
        return known(asked.get(new Links.Seen())).named(name).orElseThrow();
    }

    private Lane lane(PairTrial.Cable cable, Map<String, Asked> answers) {
        return new Lane(cable, netdev(cable, Role.SERVER, answers), netdev(cable, Role.CLIENT, answers), Lane.ways(trial, cable));
    }

    private LinkName netdev(PairTrial.Cable cable, Role role, Map<String, Asked> answers) {
        return known(answers.get(trial.of(role).name()).get(new Ports.Seen())).netdev(cable.of(role).pci()).orElseThrow();
    }

    /// Judged before: `TestedPort` needs the same facts.
    private static <T> T known(Reading<T> reading) {
        return switch (reading) {
            case Reading.Known<T>(T value) -> value;
            case Reading.Unknown<T>(String why) -> throw new IllegalStateException("judged although unknown: " + why);
            case Reading.Ask<T> ask -> throw new IllegalStateException("not asked");
        };
    }

    private Map<String, Asked> asked(Map<Machine, List<Task<?>>> needs, List<Fact.Question<?>> more) throws Lost {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        needs.forEach((machine, tasks) -> {
            var all = new LinkedHashSet<Fact.Question<?>>(more);
            tasks.forEach(task -> all.addAll(task.wants().questions()));
            questions.put(machine, all);
        });
        return bench.ask(questions);
    }

    /// The first thing that does not hold is the cause, before what is not known; the others are told beside it.
    private static Optional<Failure> judged(Map<Machine, List<Task<?>>> needs, Map<String, Asked> answers) {
        var failures = new ArrayList<Failure>();
        needs.forEach((machine, tasks) -> tasks.forEach(task -> judged(machine.name(), task, answers.get(machine.name())).ifPresent(failures::add)));
        if (failures.isEmpty()) return Optional.empty();
        failures.sort(Comparator.comparing(failure -> failure.code().equals(TrialTrouble.TRIAL_STATE_UNKNOWN.name())));
        Failure first = failures.getFirst();
        var rest = failures.subList(1, failures.size()).stream().map(Preconditions::line).toList();
        String detail = Stream.concat(Stream.of(first.detail()), rest.stream().map(line -> "also " + line)).filter(text -> !text.isEmpty()).reduce((one, two) -> one + "\n" + two).orElse("");
        return Optional.of(new Failure(first.code(), first.meaning(), first.changes(), detail, first.next()));
    }

    private static String line(Failure failure) {
        return failure.code() + failure.changes().stream().findFirst().map(change -> ": " + change.what() + ": expected " + change.expected() + ", found " + change.found())
            .orElse(failure.detail().isEmpty() ? "" : ": " + failure.detail());
    }

    private static <S> Optional<Failure> judged(String machine, Task<S> task, Asked asked) {
        return switch (asked.get(task.wants())) {
            case Reading.Unknown<S>(String why) -> Optional.of(Failure.of(TrialTrouble.TRIAL_STATE_UNKNOWN, List.of(), machine + ": " + why, ""));
            case Reading.Known<S>(S seen) -> failed(machine, task.diff(seen));
            case Reading.Ask<S> ask -> throw new IllegalStateException("not asked");
        };
    }

    private static Optional<Failure> failed(String machine, Diff diff) {
        return switch (diff) {
            case Diff.Same same -> Optional.empty();
            case Diff.NotApplicable none -> Optional.empty();
            case Diff.Unmet unmet -> Optional.of(Failure.of(unmet.finding(), on(machine, unmet.changes()), "", unmet.next()));
            case Diff.Mendable mendable -> mendable(machine, mendable);
        };
    }

    /// Being loaded at every boot is a matter of the bring-up; a trial needs the module now.
    private static Optional<Failure> mendable(String machine, Diff.Mendable mendable) {
        var now = mendable.changes().stream().filter(change -> !change.what().endsWith(" at boot")).toList();
        if (now.isEmpty()) return Optional.empty();
        String command = mendable.remedy().commands().getFirst().line();
        return Optional.of(Failure.of(TrialTrouble.TRIAL_NOT_READY, on(machine, now), "", "bluerig apply; or on " + machine + ": " + command));
    }

    private static List<Change> on(String machine, List<Change> changes) {
        return changes.stream().map(change -> new Change(machine + ": " + change.what(), change.expected(), change.found())).toList();
    }
}
