package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.cases.LocalMachine;
import dev.bluerig.cases.NeedsLab;
import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.ConvergenceListener;
import dev.bluerig.converge.Guard;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.Permit;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsLab({"stat", "cat", "find", "which", "install", "mv", "rm", "test", "touch"})
class FileTaskOnRealMachineTest {
    @TempDir
    Path directory;

    private Outcome apply(Task<?> task, List<Remedy> remedies) {
        var terms = new Convergence.Terms(Mode.APPLY, Permit.all(), Guard.none(), () -> Optional.empty(), time -> {});
        return new Convergence(machine(), terms, new ConvergenceListener() {
            @Override
            public void acting(int index, Diff.Mendable mendable) {
                remedies.add(mendable.remedy());
            }

            @Override
            public void acted(int index, List<Reply> replies) {}

            @Override
            public void outcome(int index, Outcome outcome) {}
        }).play(List.of(task)).getFirst();
    }

    private LocalMachine machine() {
        return new LocalMachine(directory, Map.of());
    }

    @Test
    void a_file_is_written_once_and_undone() throws IOException, Unreachable {
        Path file = directory.resolve("etc/deep/example.conf");
        var remedies = new ArrayList<Remedy>();
        var wanted = new FileTask(file.toString(), "über 'all'\n$(id)\nno newline", "0640", Optional.empty());
        assertInstanceOf(Outcome.Changed.class, apply(wanted, remedies));
        assertEquals("über 'all'\n$(id)\nno newline", Files.readString(file));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(new Outcome.Ok(""), apply(wanted, remedies));
        var other = new FileTask(file.toString(), "other\n", "0600", Optional.empty());
        assertInstanceOf(Outcome.Changed.class, apply(other, remedies));
        assertEquals("other\n", Files.readString(file));
        undo(remedies.removeLast());
        assertEquals(new Outcome.Ok(""), apply(wanted, remedies), "undo did not bring back what was there");
        undo(remedies.removeLast());
        assertFalse(Files.exists(file));
        try (var left = Files.list(file.getParent())) {
            assertEquals(List.of(), left.toList(), "something was left behind");
        }
    }

    @Test
    void where_nothing_can_be_written_nothing_is_started() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x\n");
        Files.createSymbolicLink(directory.resolve("nowhere"), directory.resolve("gone"));
        Files.createSymbolicLink(directory.resolve("circle"), directory.resolve("circle"));
        Files.createDirectory(directory.resolve(".blocked.bluerig-new"));
        for (String path : List.of(file + "/below", directory.resolve("nowhere") + "/a/b", directory.resolve("circle") + "/a",
            "/proc/sys/net/bluerig-example"))
            assertEquals("FILE_PLACE", failed(path, Optional.empty()), path);
        assertEquals("FILE_TEMPORARY", failed(directory.resolve("blocked").toString(), Optional.empty()));
        assertEquals("FILE_OWNER", failed(directory.resolve("owned").toString(), Optional.of("nosuch-user:nosuch-group")));
    }

    private String failed(String path, Optional<String> owner) {
        var remedies = new ArrayList<Remedy>();
        var outcome = apply(new FileTask(path, "a\n", "0644", owner), remedies);
        assertEquals(List.of(), remedies, path);
        return assertInstanceOf(Outcome.Failed.class, outcome, path).failure().code().name();
    }

    @Test
    void what_a_killed_run_of_an_older_one_left_goes() throws IOException {
        Path file = directory.resolve("example.conf");
        Path left = Files.writeString(directory.resolve("example.conf.bluerig-new"), "half");
        assertInstanceOf(Outcome.Changed.class, apply(new FileTask(file.toString(), "a\n", "0644", Optional.empty()), new ArrayList<>()));
        assertFalse(Files.exists(left));
    }

    @Test
    void a_command_runs_until_its_probe_holds() {
        String mark = directory.resolve("mark").toString();
        var wanted = new CommandTask(List.of("touch", mark), List.of("test", "-e", mark), "a mark", java.util.Set.of(),
            java.time.Duration.ofSeconds(5));
        assertInstanceOf(Outcome.Changed.class, apply(wanted, new ArrayList<>()));
        assertEquals(new Outcome.Ok(""), apply(wanted, new ArrayList<>()));
    }

    private void undo(Remedy remedy) throws Unreachable {
        for (Reply reply : machine().exchange(new Exchange(remedy.undo(), List.of())))
            assertEquals(0, assertInstanceOf(Reply.Ran.class, reply).status(), reply::toString);
    }
}
