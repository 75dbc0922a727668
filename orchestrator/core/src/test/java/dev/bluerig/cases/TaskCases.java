package dev.bluerig.cases;

import dev.bluerig.task.diff.Touch;
import java.util.stream.Collectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Facts;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.MachineContext;
import dev.bluerig.task.Task;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.task.TaskName;
import dev.bluerig.task.TaskSpec;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Remedy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Cases of a task: `wanted.yaml` (the task's body) on a machine that answers as in `output.txt` differs as `changes.yaml` says.
public final class TaskCases {
    private TaskCases() {}

    /// `changes.yaml`. A command is its line; one with stdin has `<<` and the text on the lines after it. Absent fields are not compared,
    /// but a mendable case names its changes and its commands, an unmet one its finding. `changes` of an unmet case
    /// are those of its finding, of all its obstacles, or every difference; `further`: what differs beside the obstacles; `does`: its
    /// deeds.
    record Expected(Verdict verdict, Optional<List<Change>> changes, Optional<List<String>> commands, Optional<List<String>> undo,
                    Optional<Set<String>> touches, Optional<String> finding, Optional<String> why, Optional<String> next,
                    Optional<List<Change>> further, Optional<List<Change>> own, Optional<List<String>> does) {
        Optional<List<Change>> all() {
            return further.map(more -> Stream.concat(changes.orElse(List.of()).stream(), more.stream()).toList());
        }
    }

    enum Verdict { SAME, NOT_APPLICABLE, UNMET, MENDABLE, UNKNOWN }

    /// All cases of `dev/bluerig/task/NAME`, NAME being the task's name in YAML, on a lone host.
    public static Stream<DynamicTest> of(String name) {
        return of(name, any -> LONE_HOST);
    }

    /// The same where the site differs by case.
    public static Stream<DynamicTest> of(String name, Function<CaseDirectory, MachineContext> site) {
        return CaseDirectory.in("dev/bluerig/task/" + name).stream()
            .map(one -> DynamicTest.dynamicTest(one.name(), one.source("output.txt"), () -> check(one, name, site.apply(one))));
    }

    private static final Machine HOST = new Machine("host-a", Machine.Kind.HOST, List.of(), Optional.of("192.0.2.11"),
        new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Ssh.Sudo.NONE, Optional.empty()),
        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    private static final MachineContext LONE_HOST =
        new MachineContext(HOST, new Inventory(Map.of("host-a", HOST), Map.of(), Map.of(), Optional.empty()));

    private static void check(CaseDirectory one, String name, MachineContext site) throws Unreachable {
        one.author();
        TaskSpec spec = Binder.bind(type(name), Yaml.read(one.name() + "/wanted.yaml", one.text("wanted.yaml")));
        var expected = Binder.bind(Expected.class, Yaml.read(one.name() + "/changes.yaml", one.text("changes.yaml")));
        var seen = seen(spec.on(site), new Facts(FakeMachine.playing(one.transcript())));
        String shown = "seen:\n" + Yaml.write(Binder.unbind(seen));
        assertEquals(expected.verdict(), seen.verdict(), shown);
        complete(one, expected);
        if (!seen.own().equals(expected.changes()) && !seen.all().equals(expected.changes()))
            assertEquals(expected.changes().orElse(seen.changes().orElse(List.of())), seen.changes().orElse(List.of()), shown);
        assertEquals(expected.commands().orElse(seen.commands().orElse(List.of())), seen.commands().orElse(List.of()), shown);
        assertEquals(expected.undo().orElse(seen.undo().orElse(List.of())), seen.undo().orElse(List.of()), shown);
        assertEquals(expected.touches().orElse(seen.touches().orElse(Set.of())), seen.touches().orElse(Set.of()), shown);
        assertEquals(expected.does().orElse(seen.does().orElse(List.of())), seen.does().orElse(List.of()), shown);
        assertEquals(expected.finding(), seen.finding(), shown);
        assertEquals(expected.further().orElse(seen.further().orElse(List.of())), seen.further().orElse(List.of()), shown);
        expected.why().ifPresent(why -> assertTrue(seen.why().orElse("").contains(why), shown));
        expected.next().ifPresent(next -> assertTrue(seen.next().orElse("").contains(next), shown));
    }

    private static void complete(CaseDirectory one, Expected expected) {
        boolean enough = switch (expected.verdict()) {
            case MENDABLE -> expected.changes().isPresent() && expected.commands().isPresent();
            case UNMET -> expected.finding().isPresent();
            case UNKNOWN, NOT_APPLICABLE -> expected.why().isPresent();
            case SAME -> true;
        };
        assertTrue(enough, one.name() + "/changes.yaml does not say enough for " + expected.verdict());
    }

    private static <S> Expected seen(Task<S> task, Facts facts) throws Unreachable {
        return switch (task.judge(facts.see(task.wants()))) {
            case Diff.Unknown(String why) -> unseen(Verdict.UNKNOWN, why);
            case Diff.Same same -> unseen(Verdict.SAME, "");
            case Diff.NotApplicable(String why) -> unseen(Verdict.NOT_APPLICABLE, why);
            case Diff.Unmet unmet -> new Expected(Verdict.UNMET, Optional.of(words(unmet.changes())), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(unmet.finding().name()), Optional.empty(), Optional.of(unmet.next()),
                Optional.of(words(unmet.further())), Optional.of(words(unmet.obstacles().getFirst().changes())),
                Optional.empty());
            case Diff.Mendable(var changes, Remedy remedy) ->
                new Expected(Verdict.MENDABLE, Optional.of(words(changes)), Optional.of(lines(remedy.commands())),
                Optional.of(lines(remedy.undo())), Optional.of(names(remedy.touches())), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(remedy.does().stream().map(Object::toString).toList()));
        };
    }

    private static Expected unseen(Verdict verdict, String why) {
        return new Expected(verdict, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.of(why),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Cases say what changes, not when it counts.
    private static List<Change> words(List<Change> changes) {
        return changes.stream().map(change -> change.at(Change.When.NOW)).toList();
    }

    private static Set<String> names(Set<Touch> touches) {
        return touches.stream().map(Touch::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines(List<Command> commands) {
        return commands.stream().map(command -> command.stdin().isEmpty() ? command.line() : command.line() + "\n<<\n" + command.stdin())
            .toList();
    }

    private static Class<? extends TaskSpec> type(String name) {
        return TaskCatalogue.all().stream().filter(type -> type.getAnnotation(TaskName.class).value().equals(name)).findFirst()
            .orElseThrow(() -> new AssertionError("no task named " + name + " in the catalogue"));
    }
}
