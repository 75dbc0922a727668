package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.FlagFleet;
import dev.bluerig.converge.Mode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller's disk takes so many bytes of the journal and no more: from its first line to its last, what is done stands there before
/// it is done, and nothing is begun below a gap.
///
/// The kernel itself refuses the writes (RLIMIT_FSIZE, setrlimit(2): EFBIG), in a process of its own.
class FullDiskTest {
    private static final int STEP = 41;

    @TempDir
    private Path directory;

    @Test
    void at_every_part_of_the_journal_the_disk_may_be_full() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process sweep = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp",
            System.getProperty("java.class.path"), Sweep.class.getName(), directory.toString()).redirectErrorStream(true).start();
        String said = new String(sweep.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, sweep.waitFor(), said);
        assertTrue(said.contains("of the journal's first line, in the middle, whole"), said);
    }

    /// Its file is open, so writing goes on to succeed: only the name tells.
    @Test
    void a_journal_that_is_removed_meanwhile_ends_the_run_before_the_next_remedy() throws IOException {
        var harness = new RunHarness(directory);
        var fleet = new FlagFleet();
        Path journal = harness.next().resolve("journal.jsonl");
        var ended = harness.run(RunHarness.terms(Mode.APPLY), Sweep.INVENTORY, Sweep.PLAYBOOK, (machine, way) -> {
            Session flags = fleet.dial(machine, way);
            return new FakeMachine(command -> {
                try {
                    if (command.words().getFirst().equals("touch")) Files.deleteIfExists(journal);
                    return flags.exchange(Exchange.asking(List.of(command))).getFirst();
                } catch (Unreachable | IOException never) {
                    throw new AssertionError(never);
                }
            });
        }, "node-1");
        assertTrue(ended.unwritten());
        assertEquals(Set.of("node-1/one"), fleet.flags());
        assertEquals(ExitCode.FAILED, ended.record().exit());
    }

    @Test
    void where_no_run_can_be_kept_it_is_said_before_anything_else() throws IOException {
        Path file = Files.writeString(directory.resolve("runs"), "");
        for (Path bad : List.of(file, file.resolve("below"), Path.of("/proc/self"))) {
            var refused = assertThrows(InvalidInput.class, () -> RunDirectory.create(bad, Instant.EPOCH, new Random(1)));
            assertTrue(refused.getMessage().contains("JOURNAL_UNWRITABLE: cannot keep a record of the run here: " + bad)
                && refused.getMessage().contains("--runs"), refused.getMessage());
        }
    }

    @Test
    void what_never_began_leaves_nothing_and_what_began_stays() throws IOException {
        var run = RunDirectory.create(directory.resolve("runs"), Instant.EPOCH, new Random(1));
        Journal.create(run.journal(), () -> Instant.EPOCH, Redaction.none()).close();
        run.discard();
        assertFalse(Files.exists(run.path()));
        var other = RunDirectory.create(directory.resolve("runs"), Instant.EPOCH, new Random(1));
        try (var journal = Journal.create(other.journal(), () -> Instant.EPOCH, Redaction.none())) {
            journal.over(1);
        }
        other.discard();
        assertEquals(1, WrittenJournal.read(other.journal()).events().size());
    }

    /// What the process does.
    static final class Sweep {
        private static final String INVENTORY = """
            machines:
              "node-[1:3]": {kind: host, address: "10.0.0.[1:3]", ssh: {user: lab}}
            """;
        private static final String PLAYBOOK = """
            - play: first
              machines: all
              tasks:
                - command: {run: [touch, /one], unless: [test, -e, /one], because: a flag}
                - command: {run: [touch, /two], unless: [test, -e, /two], because: a flag}
            """;
        private static final long UNLIMITED = -1;

        private Sweep() {}

        public static void main(String[] words) throws IOException {
            var harness = new RunHarness(Path.of(words[0]));
            run(harness, UNLIMITED, new FlagFleet());
            long whole = Files.size(harness.last().resolve("journal.jsonl"));
            var kinds = new HashSet<String>();
            for (long size = 0; size < whole; size += STEP) kinds.add(limited(harness, size));
            var fleet = new FlagFleet();
            assertFalse(run(harness, whole + STEP, fleet).unwritten(), "room for it all, and for the longer name of a later run");
            assertEquals(Set.of("first", "middle"), kinds);
            System.out.println("of the journal's first line, in the middle, whole");
        }

        private static String limited(RunHarness harness, long size) throws IOException {
            String at = size + " bytes";
            var fleet = new FlagFleet();
            try {
                var ended = run(harness, size, fleet);
                var read = WrittenJournal.read(harness.last().resolve("journal.jsonl"));
                assertTrue(ended.unwritten(), at);
                assertEquals(List.of(), ended.defects(), at);
                assertTrue(!read.torn() && read.broken() == 0, at + ": lines are whole");
                var begun = read.events(JournalEvent.RemedyBegan.class)
                    .map(one -> one.place().machine() + one.commands().getFirst().replace("touch ", "")).collect(Collectors.toSet());
                assertEquals(begun, fleet.flags(), at + ": what was done stands in the journal");
                var codes = ended.record().results().flatMap(result -> result.failure().stream()).map(failure -> failure.code().name())
                    .collect(Collectors.toSet());
                boolean onlyTheLast = fleet.flags().size() == 6 && codes.isEmpty();
                assertTrue(onlyTheLast || codes.equals(Set.of("JOURNAL_UNWRITABLE")), at + ": " + codes);
                assertEquals(onlyTheLast ? ExitCode.DONE : ExitCode.FAILED, ended.record().exit(), at);
                assertTrue(!run(harness, UNLIMITED, fleet).unwritten() && fleet.flags().size() == 6, at + ": the next run does the rest");
                return "middle";
            } catch (InvalidInput refused) {
                assertTrue(refused.getMessage().contains("JOURNAL_UNWRITABLE"), refused.getMessage());
                assertEquals(Set.of(), fleet.flags(), at);
                return "first";
            }
        }

        /// Inventory and playbook are read before the disk is full.
        private static Run.Ended run(RunHarness harness, long size, FlagFleet fleet) throws IOException {
            limit(UNLIMITED);
            var looks = new AtomicLong();
            InstantSource clock = () -> {
                if (looks.getAndIncrement() == 0) limit(size);
                return Instant.EPOCH;
            };
            var usual = RunHarness.terms(Mode.APPLY);
            return harness.run(new Run.Terms(Mode.APPLY, 3, usual.plan(), usual.stop(), usual.pause(), clock, usual.trials()), INVENTORY,
                PLAYBOOK, fleet);
        }

        private static void limit(long size) {
            try {
                var set = new ProcessBuilder("prlimit", "--pid", Long.toString(ProcessHandle.current().pid()), "--fsize="
                    + (size == UNLIMITED ? "unlimited" : size + ":")).inheritIO().start();
                assertEquals(0, set.waitFor());
            } catch (IOException | InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
