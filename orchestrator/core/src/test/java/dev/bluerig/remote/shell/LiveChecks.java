package dev.bluerig.remote.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What `Session.launch` promises, whatever the session is made of and whatever rights it has.
public final class LiveChecks {
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private LiveChecks() {}

    /// The whole promise; enough once for each kind of wire.
    public static void all(Session session) throws Unreachable {
        linesBothWays(session);
        statusAndStderr(session);
        theEnvironment(session);
        muchOutput(session);
        nothingMayBeToldFirst(session);
        twoAtOnceWhileExchangesGoOn(session);
        nothingIsLeft(session);
    }

    /// For another client or server of a wire that was wholly looked at elsewhere.
    public static void smoke(Session session) throws Unreachable {
        linesBothWays(session);
        statusAndStderr(session);
    }

    /// For a program of other rights than the login's: who it is, and that it can be ended all the same.
    public static void withOtherRights(Session session) throws Unreachable {
        smoke(session);
        theEnvironment(session);
        nothingIsLeft(session);
    }

    private static Command script(String text, String... words) {
        var all = new ArrayList<>(List.of("sh", "-c", text, "sh"));
        all.addAll(List.of(words));
        return Command.of(all);
    }

    public static String line(RunningProgram live) throws Unreachable {
        return assertInstanceOf(RunningProgram.ProgramEvent.Line.class, live.next(PATIENCE)).text();
    }

    public static Reply.Ran ran(Session session, String... words) throws Unreachable {
        return assertInstanceOf(Reply.Ran.class, session.exchange(Exchange.asking(List.of(Command.of(words)))).getFirst());
    }

    public static void linesBothWays(Session session) throws Unreachable {
        try (RunningProgram live =
            session.launch(script("echo ready; while read -r line; do echo \"got $line\"; done; echo bye; exit 7"))) {
            assertEquals("ready", line(live));
            for (String text : List.of("one", "\u20ac 'quoted' \"$HOME\" \\ `id`", "", "x".repeat(100_000))) {
                live.tell(text);
                assertEquals("got " + text, line(live));
            }
            assertInstanceOf(RunningProgram.ProgramEvent.TimedOut.class, live.next(Duration.ofMillis(50)));
            live.tell("last");
            assertEquals("got last", line(live));
        }
        try (RunningProgram live = session.launch(Command.of("echo", "it's", "two  words"))) {
            assertEquals("it's two  words", line(live));
            assertEquals(new RunningProgram.ProgramEvent.Ended(0, ""), live.next(PATIENCE));
            live.tell("nobody hears this");
        }
    }

    static void statusAndStderr(Session session) throws Unreachable {
        try (RunningProgram live = session.launch(script("echo out; i=0; while test $i -lt 2000; do echo complaint $i >&2; i=$((i+1));"
            + " done; printf unfinished; exit 7"))) {
            assertEquals("out", line(live));
            assertEquals("unfinished", line(live));
            RunningProgram.ProgramEvent.Ended ended = assertInstanceOf(RunningProgram.ProgramEvent.Ended.class, live.next(PATIENCE));
            assertEquals(7, ended.status());
            assertEquals(4096, ended.err().length());
            assertTrue(ended.err().endsWith("complaint 1998\ncomplaint 1999\n"), ended.err());
        }
        try (RunningProgram live = session.launch(Command.of("nosuchprogram", "word"))) {
            RunningProgram.ProgramEvent.Ended ended = assertInstanceOf(RunningProgram.ProgramEvent.Ended.class, live.next(PATIENCE));
            assertEquals(127, ended.status());
            assertTrue(ended.err().contains("nosuchprogram"), ended.err());
        }
        try (RunningProgram live = session.launch(Command.of("/etc/passwd"))) {
            assertEquals(126, assertInstanceOf(RunningProgram.ProgramEvent.Ended.class, live.next(PATIENCE)).status());
        }
        try (RunningProgram live = session.launch(script("kill -KILL $$"))) {
            assertTrue(List.of(-1, 137).contains(assertInstanceOf(RunningProgram.ProgramEvent.Ended.class, live.next(PATIENCE)).status()));
        }
    }

    static void theEnvironment(Session session) throws Unreachable {
        try (RunningProgram live = session.launch(script("id -u; echo $LC_ALL $PAGER; echo $PATH; umask"))) {
            assertEquals(ran(session, "id", "-u").out().strip(), line(live));
            assertEquals("C cat", line(live));
            assertTrue(line(live).endsWith(":/usr/sbin:/sbin"));
            assertEquals("0022", line(live));
        }
    }

    static void muchOutput(Session session) throws Unreachable {
        try (RunningProgram live = session.launch(script("i=0; while test $i -lt 3; do head -c 1000000 /dev/zero | tr '\\0' z; echo;"
            + " i=$((i+1)); done"))) {
            for (int i = 0; i < 3; i++) assertEquals("z".repeat(1_000_000), line(live));
            assertEquals(new RunningProgram.ProgramEvent.Ended(0, ""), live.next(PATIENCE));
        }
        try (RunningProgram live = session.launch(script("echo first; head -c 3000000 /dev/zero; sleep 100"))) {
            assertEquals("first", line(live));
            String why = assertInstanceOf(RunningProgram.ProgramEvent.TooMuch.class, live.next(PATIENCE)).why();
            assertTrue(why.contains("a line longer than 1048576 bytes"), why);
        }
    }

    static void nothingMayBeToldFirst(Session session) throws Unreachable {
        try (RunningProgram live = session.launch(script("read -r line; echo \"$line\""))) {
            assertThrows(IllegalStateException.class, () -> live.tell("too early"));
        }
        assertThrows(IllegalArgumentException.class, () -> session.launch(Command.of("cat").reading("text")).close());
        try (RunningProgram live = session.launch(script("echo ready; cat"))) {
            assertEquals("ready", line(live));
            assertThrows(IllegalArgumentException.class, () -> live.tell("two\nlines"));
        }
    }

    static void twoAtOnceWhileExchangesGoOn(Session session) throws Unreachable {
        String echo = "echo ready $1; while read -r line; do echo \"$1 $line\"; done";
        int before = session.traffic().execs();
        try (RunningProgram one = session.launch(script(echo, "one")); RunningProgram two = session.launch(script(echo, "two"))) {
            assertEquals(before + 2, session.traffic().execs());
            assertEquals("ready one", line(one));
            assertEquals("ready two", line(two));
            for (int i = 0; i < 20; i++) {
                one.tell("line " + i);
                two.tell("line " + i);
                assertEquals(i + "\n", ran(session, "echo", String.valueOf(i)).out());
                assertEquals("two line " + i, line(two));
                assertEquals("one line " + i, line(one));
            }
        }
    }

    static void nothingIsLeft(Session session) throws Unreachable {
        for (String text
            : List.of("echo ready; cat", "echo ready; exec sleep 1000", "trap '' TERM; echo ready; while :; do sleep 1; done")) {
            String mark = "mark-" + UUID.randomUUID();
            RunningProgram live = ((ShellSession) session).launch(script(text, mark), Duration.ofSeconds(1));
            assertEquals("ready", line(live));
            live.close();
            live.close();
            Reply.Ran left = ran(session, "pgrep", "-f", mark);
            assertEquals("", left.out(), text);
        }
        String mark = "mark-" + UUID.randomUUID();
        ((ShellSession) session).launch(script("echo never heard; sleep 1000", mark), Duration.ofSeconds(1)).close();
        assertEquals("", ran(session, "pgrep", "-f", mark).out());
    }
}
