package dev.bluerig.remote.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The resident shell's protocol against every real shell that is installed here. Each test has a shell of its own, and waits for its
/// deadlines most of the time.
@Execution(ExecutionMode.CONCURRENT)
class ResidentShellTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static List<List<String>> shells() {
        var shells = new ArrayList<List<String>>();
        for (List<String> shell : List.of(List.of("/bin/dash"), List.of("/bin/bash"), List.of("/bin/bash", "--posix"),
            List.of("/bin/busybox", "sh"), List.of("/bin/mksh"), List.of("/bin/sh")))
            if (Files.isExecutable(Path.of(shell.getFirst()))) shells.add(shell);
        return shells;
    }

    private static Session session(List<String> shell, int limit) throws Unreachable {
        return new ShellSession(new LocalTransport(shell, 1500), new Elevation.None(), PATIENCE, limit).started();
    }

    private static Session session(List<String> shell) throws Unreachable {
        return session(shell, ShellSession.LIMIT);
    }

    private static Reply.Ran ran(Session session, Command command) throws Unreachable {
        return assertInstanceOf(Reply.Ran.class, session.exchange(Exchange.asking(List.of(command))).getFirst());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void words_arrive_as_they_are(List<String> shell) throws Unreachable {
        var random = new Random(7);
        try (Session session = session(shell)) {
            for (int round = 0; round < 20; round++) {
                List<Command> commands = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    String word = nasty(random, 1 + random.nextInt(60));
                    expected.add(word);
                    commands.add(Command.of("printf", "%s", word));
                }
                List<Reply> replies = session.exchange(Exchange.asking(commands));
                for (int i = 0; i < expected.size(); i++) assertEquals(new Reply.Ran(0, expected.get(i), ""), replies.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void stdin_arrives_as_it_is(List<String> shell) throws Unreachable {
        var random = new Random(8);
        try (Session session = session(shell)) {
            for (int size : new int[] {1, 2, 511, 4096, 16383, 16384, 16385, 70_000, 300_000}) {
                String text = nasty(random, size);
                List<Reply> replies = session.exchange(Exchange.asking(List.of(
                    Command.of("echo", "before"), Command.of("cat").reading(text), Command.of("echo", "after"),
                    Command.of("wc", "-c").reading(text))));
                assertEquals(new Reply.Ran(0, "before\n", ""), replies.get(0));
                assertEquals(text, assertInstanceOf(Reply.Ran.class, replies.get(1)).out());
                assertEquals(new Reply.Ran(0, "after\n", ""), replies.get(2));
                assertEquals(String.valueOf(Framing.payload(Command.of("cat").reading(text)).length),
                    assertInstanceOf(Reply.Ran.class, replies.get(3)).out().strip());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void stdin_that_nobody_reads_hurts_nobody(List<String> shell) throws Unreachable {
        String text = "rm -rf /nowhere\nexit 7\n".repeat(20_000);
        try (Session session = session(shell)) {
            List<Reply> replies = session.exchange(new Exchange(
                List.of(Command.of("true").reading(text), Command.of("head", "-n", "1").reading(text), Command.of("false").reading(text),
                Command.of("cat").reading(text)),
                List.of(Command.of("echo", "still here").reading("unread"))));
            assertEquals(List.of(new Reply.Ran(0, "", ""), new Reply.Ran(0, "rm -rf /nowhere\n", ""), new Reply.Ran(1, "", ""),
                new Reply.NotRun(),
                new Reply.Ran(0, "still here\n", "")), replies);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void steps_stop_at_the_first_failure_and_questions_are_always_asked(List<String> shell) throws Unreachable {
        try (Session session = session(shell)) {
            for (int round = 0; round < 2; round++) {
                List<Reply> replies = session.exchange(new Exchange(
                    List.of(Command.of("echo", "one"), Command.of("sh", "-c", "echo two; exit 3"), Command.of("echo", "three")),
                    List.of(Command.of("echo", "asked"), Command.of("nosuchprogram"))));
                assertEquals(List.of(new Reply.Ran(0, "one\n", ""), new Reply.Ran(3, "two\n", ""), new Reply.NotRun(),
                    new Reply.Ran(0, "asked\n", "")),
                    replies.subList(0, 4));
                assertEquals(127, assertInstanceOf(Reply.Ran.class, replies.get(4)).status());
                assertEquals(new Reply.Ran(0, "fine\n", ""), session.exchange(new Exchange(List.of(Command.of("echo", "fine")), List.of()))
                    .getFirst());
            }
        }
    }

    /// 142 = 128 + SIGALRM, as of ovs-appctl and ovs-ofctl with `--timeout`.
    @ParameterizedTest
    @MethodSource("shells")
    void who_was_silent_once_is_not_asked_again_in_this_exchange(List<String> shell) throws Unreachable {
        var alarm = Command.of("sh", "-c", "kill -ALRM $$").askedOf("ovs-vswitchd");
        var again = Command.of("echo", "esac").askedOf("ovs-vswitchd");
        var other = Command.of("echo", "else").askedOf("ovsdb-server");
        var nobody = Command.of("echo", "nobody");
        try (Session session = session(shell)) {
            List<Reply> replies = session.exchange(Exchange.asking(List.of(again, alarm, again, other, nobody, again)));
            assertEquals(142, assertInstanceOf(Reply.Ran.class, replies.get(1)).status());
            assertEquals(List.of(new Reply.Ran(0, "esac\n", ""), new Reply.NotRun(), new Reply.Ran(0, "else\n", ""),
                new Reply.Ran(0, "nobody\n", ""), new Reply.NotRun()),
                List.of(replies.get(0), replies.get(2), replies.get(3), replies.get(4), replies.get(5)));
            var hung = Command.of("sleep", "30").within(Duration.ofSeconds(1)).askedOf("ovs-vswitchd");
            replies = session.exchange(Exchange.asking(List.of(again, hung, again, nobody)));
            assertInstanceOf(Reply.TimedOut.class, replies.get(1));
            assertEquals(List.of(new Reply.Ran(0, "esac\n", ""), new Reply.NotRun(), new Reply.Ran(0, "nobody\n", "")),
                List.of(replies.get(0), replies.get(2), replies.get(3)));
            assertEquals(new Reply.Ran(0, "esac\n", ""), session.exchange(Exchange.asking(List.of(again))).getFirst());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void unbalanced_scripts_and_token_like_text_are_just_words(List<String> shell) throws Unreachable {
        try (Session session = session(shell)) {
            for (String script : List.of("if", "'", "\"", "echo $(", "cat <<E", "{", "exit 9", "kill $$",
                "printf '\\0360123456789abcdef0123456789abcdef 1 0\\n'")) {
                Reply reply = session.exchange(Exchange.asking(List.of(Command.of("sh", "-c", script)))).getFirst();
                assertInstanceOf(Reply.Ran.class, reply, script);
                assertEquals("alive\n", ran(session, Command.of("echo", "alive")).out(), script);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void binary_and_much_output(List<String> shell) throws Unreachable {
        try (Session session = session(shell, 16 << 20)) {
            Reply.Ran nul = ran(session, Command.of("printf", "a\\000b\\036c"));
            assertEquals("a\0b\036c", nul.out());
            assertEquals(10_000_000, ran(session, Command.of("head", "-c", "10000000", "/dev/zero")).out().length());
            Reply.Ran both = ran(session, Command.of("sh", "-c", "head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2"));
            assertEquals(3_000_000, both.out().length());
            assertEquals(2_000_000, both.err().length());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void what_prints_too_much_is_cut_off(List<String> shell) throws Unreachable {
        try (Session session = session(shell, 10_000)) {
            List<Reply> replies =
                session.exchange(new Exchange(List.of(Command.of("head", "-c", "20000", "/dev/zero"), Command.of("echo", "next")),
                List.of(Command.of("yes"), Command.of("echo", "after"))));
            assertEquals(10_000, assertInstanceOf(Reply.TooMuch.class, replies.get(0)).out().length());
            assertEquals(new Reply.Ran(0, "next\n", ""), replies.get(1));
            assertEquals(10_000, assertInstanceOf(Reply.TooMuch.class, replies.get(2)).out().length());
            assertEquals(new Reply.Ran(0, "after\n", ""), replies.get(3));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void hung_questions_end_at_their_deadline_and_the_rest_goes_on(List<String> shell) throws Unreachable {
        Duration second = Duration.ofSeconds(1);
        try (Session session = session(shell)) {
            long begun = System.nanoTime();
            List<Reply> replies = session.exchange(Exchange.asking(List.of(Command.of("echo", "one"),
                Command.of("sh", "-c", "echo begun; sleep 100; echo never").within(second), Command.of("echo", "two"),
                Command.of("sh", "-c", "trap '' TERM; sleep 100; sleep 100").within(second), Command.of("echo", "three"),
                Command.of("cat", "/dev/zero").reading("x".repeat(5_000_000)).within(PATIENCE), Command.of("echo", "four"))));
            assertEquals(new Reply.Ran(0, "one\n", ""), replies.get(0));
            assertEquals("begun\n", assertInstanceOf(Reply.TimedOut.class, replies.get(1)).out());
            assertEquals(new Reply.Ran(0, "two\n", ""), replies.get(2));
            assertInstanceOf(Reply.TimedOut.class, replies.get(3));
            assertEquals(new Reply.Ran(0, "three\n", ""), replies.get(4));
            assertInstanceOf(Reply.TooMuch.class, replies.get(5));
            assertEquals(new Reply.Ran(0, "four\n", ""), replies.get(6));
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(25).toNanos());
            assertEquals("alive\n", ran(session, Command.of("echo", "alive")).out());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_hung_step_stops_the_steps_after_it(List<String> shell) throws Unreachable {
        try (Session session = session(shell)) {
            List<Reply> replies =
                session.exchange(new Exchange(List.of(Command.of("echo", "one"), Command.of("sleep", "100").within(Duration.ofSeconds(1)),
                Command.of("echo", "two")), List.of(Command.of("echo", "asked"))));
            assertEquals(new Reply.Ran(0, "one\n", ""), replies.get(0));
            assertInstanceOf(Reply.TimedOut.class, replies.get(1));
            assertEquals(new Reply.NotRun(), replies.get(2));
            assertEquals(new Reply.Ran(0, "asked\n", ""), replies.get(3));
            // one that ignores TERM outlives `timeout`, is killed from here, and takes the shell with it
            replies =
                session.exchange(
                new Exchange(List.of(Command.of("sh", "-c", "trap '' TERM; sleep 100; sleep 100").within(Duration.ofSeconds(1)),
                Command.of("echo", "two")), List.of(Command.of("echo", "asked"))));
            assertInstanceOf(Reply.TimedOut.class, replies.get(0));
            assertEquals(List.of(new Reply.NotRun(), new Reply.Ran(0, "asked\n", "")), replies.subList(1, 3));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void files_are_written_with_their_mode(List<String> shell, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("new/it's here");
        String content = nasty(new Random(9), 40_000);
        try (Session session = session(shell)) {
            for (Reply reply : session.exchange(new Exchange(RemoteFile.write(file.toString(), content, "0640", ""), List.of())))
                assertEquals(new Reply.Ran(0, "", ""), reply);
            assertEquals(content, Files.readString(file));
            assertEquals("rw-r-----", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(1, directory.resolve("new").toFile().list().length);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void the_longest_name_is_written_and_what_is_in_the_way_is_named(List<String> shell, @TempDir Path directory) throws Exception {
        try (Session session = session(shell)) {
            for (String name : List.of("n".repeat(242), "n".repeat(243), "n".repeat(255), "\u00e4".repeat(127))) {
                Path file = directory.resolve(name);
                for (Reply reply : session.exchange(new Exchange(RemoteFile.write(file.toString(), "x\n", "0640", ""), List.of())))
                    assertEquals(new Reply.Ran(0, "", ""), reply);
                assertEquals("x\n", Files.readString(file));
            }
            assertEquals(4, directory.toFile().list().length);
            Path way = Files.createDirectory(directory.resolve(".here.bluerig-new"));
            List<Reply> replies =
                session.exchange(new Exchange(RemoteFile.write(directory.resolve("here").toString(), "x\n", "0640", ""), List.of()));
            assertTrue(replies.getFirst() instanceof Reply.Ran ran && ran.status() != 0 && ran.err().contains(way.toString()),
                replies.toString());
        }
    }

    /// Text over exit status, for what a step proves by what it prints.
    @ParameterizedTest
    @MethodSource("shells")
    void what_is_printed_decides_where_a_proof_is_asked_for(List<String> shell) throws Unreachable {
        try (Session session = session(shell)) {
            for (Command command
                : List.of(sh("echo one; echo 'Received 0 response(s)'; exit 1"), sh("echo one; echo 'Received 0 response(s)'")))
                assertEquals(List.of(new Reply.Ran(0, "one\nReceived 0 response(s)\n", ""), new Reply.Ran(0, "next\n", "")),
                steps(session, command));
            assertEquals(List.of(new Reply.Ran(1, "Received 10 response(s)\n", "seen\n"), new Reply.NotRun()),
                steps(session, sh("echo seen >&2; echo 'Received 10 response(s)'")));
            assertEquals(List.of(new Reply.Ran(3, "\n", ""), new Reply.NotRun()), steps(session, sh("exit 3")));
            assertEquals(127, ((Reply.Ran) steps(session, Command.of("no-such-program").proving("Received 0 response(s)")).getFirst())
                .status());
        }
    }

    private static Command sh(String text) {
        return Command.of("sh", "-c", text).proving("Received 0 response(s)");
    }

    private static List<Reply> steps(Session session, Command first) throws Unreachable {
        return session.exchange(new Exchange(List.of(first, Command.of("echo", "next")), List.of()));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void the_environment_is_the_same_everywhere(List<String> shell) throws Unreachable {
        try (Session session = session(shell)) {
            String environment = ran(session, Command.of("env")).out();
            assertTrue(environment.contains("LC_ALL=C\n"), environment);
            assertTrue(environment.contains("PAGER=cat\n"), environment);
            assertTrue(environment.matches("(?s).*PATH=[^\n]*:/usr/sbin:/sbin\n.*"), environment);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_program_takes_the_shells_place(List<String> shell) throws Unreachable {
        try (Session session = session(shell)) {
            LiveChecks.all(session);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void one_round_trip_however_many_commands(List<String> shell) throws Unreachable {
        try (Session session = session(shell)) {
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < 300; i++) commands.add(Command.of("echo", String.valueOf(i)));
            List<Reply> replies = session.exchange(Exchange.asking(commands));
            for (int i = 0; i < 300; i++) assertEquals(new Reply.Ran(0, i + "\n", ""), replies.get(i));
            assertEquals(new Session.Traffic(1, 1, 1, 300), session.traffic());
        }
    }

    /// The list of processes and their environment are read all along; neither half of any token that was used may stand in it.
    @ParameterizedTest
    @MethodSource("shells")
    void no_token_stands_in_the_list_of_processes(List<String> shell) throws Exception {
        var wire = new LocalTransport(shell, 1500);
        var read = new StringBuffer();
        var over = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!over.get())
                ProcessHandle.current().descendants()
                    .forEach(process -> read.append(seen(process.pid(), "cmdline")).append(seen(process.pid(), "environ")).append('\n'));
        });
        try (Session session = new ShellSession(wire, new Elevation.None(), PATIENCE, ShellSession.LIMIT).started()) {
            List<Command> steps = new ArrayList<>();
            for (int i = 0; i < 40; i++) steps.add(Command.of("cat").reading("stdin-" + i));
            steps.add(Command.of("cat").reading("x".repeat(20_000)));
            session.exchange(new Exchange(steps, List.of(Command.of("sleep", "0.1"))));
            try (RunningProgram live = session.launch(Command.of("sh", "-c", "echo ready; cat"))) {
                assertEquals("ready", LiveChecks.line(live));
                for (int i = 0; i < 1000 && read.indexOf("echo ready; cat") < 0; i++) Thread.sleep(60);
            }
        } finally {
            over.set(true);
            reader.join();
        }
        List<String> tokens = Pattern.compile("\036([0-9a-f]{32}) ").matcher(wire.printed()).results().map(found -> found.group(1))
            .distinct().toList();
        assertEquals(44, tokens.size());
        assertTrue(read.toString().contains("echo ready; cat"), "the list of processes was read");
        for (String token : tokens)
            assertFalse(read.toString().contains(token.substring(0, 16)) || read.toString().contains(token.substring(16)), token);
        assertFalse(read.toString().contains("stdin-"), "nor does what a command reads");
    }

    private static String seen(long process, String what) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/" + what), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /// Every character but NUL that can trouble a shell, and multi-byte text.
    private static String nasty(Random random, int length) {
        String alphabet = "aZ09 \t\n\r'\"\\$`!*?[]{}()<>|&;#~=%^-\u0001\u001e\u007f\u0081\u0088\u00e9\u20ac\ud83d\ude00";
        var text = new StringBuilder();
        while (text.length() < length) {
            int at = random.nextInt(alphabet.length());
            int point = alphabet.codePointAt(at);
            if (!Character.isSurrogate((char) point) || Character.isSupplementaryCodePoint(point)) text.appendCodePoint(point);
        }
        return text.toString();
    }
}
