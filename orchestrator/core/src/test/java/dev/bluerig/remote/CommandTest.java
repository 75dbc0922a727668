package dev.bluerig.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words and the one line that is made of them: a shell takes the line for those words again, and for nothing else.
class CommandTest {
    private static final String PLAIN = "azAZ09_@%+=:,./-";
    private static final String STRANGE = " \t\n'\"\\$`!*?[]{}()<>|&;#~^\u00e9\u2028";

    private static String refused(String... words) {
        return assertThrows(IllegalArgumentException.class, () -> Command.of(words)).getMessage();
    }

    @Test
    void a_plain_word_stands_bare_and_every_other_in_quotes() {
        assertEquals("echo " + PLAIN, Command.of("echo", PLAIN).line());
        for (char each : PLAIN.toCharArray()) assertEquals("a " + each, Command.of("a", "" + each).line());
        for (char each : STRANGE.toCharArray())
            assertEquals(each == '\'' ? "a ''\\'''" : "a '" + each + "'", Command.of("a", "" + each).line());
        // the neighbours of letters and digits
        for (char each : "`{@[/:".toCharArray())
            assertEquals(PLAIN.indexOf(each) < 0, Command.of("a", "x" + each).line().endsWith("'"), "" + each);
        assertEquals("a '' 'it'\\''s' ''\\'''\\'''", Command.of("a", "", "it's", "''").line());
    }

    @Test
    void a_shell_takes_the_line_for_the_same_words() throws IOException, InterruptedException {
        var random = new Random(5);
        String all = PLAIN + STRANGE;
        for (int round = 0; round < 20; round++) {
            var words = new ArrayList<>(List.of("printf", "%s\\0"));
            for (int i = 0; i < 30; i++) {
                var word = new StringBuilder();
                for (int length = random.nextInt(8); length > 0; length--) word.append(all.charAt(random.nextInt(all.length())));
                words.add(word.toString());
            }
            Process shell = new ProcessBuilder("sh", "-c", Command.of(words).line()).redirectErrorStream(true).start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, shell.waitFor());
            assertEquals(words.subList(2, words.size()), List.of(said.split("\0", -1)).subList(0, words.size() - 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a b", "a;b", "a'b", "$x", "~", "a=b", "a@b", "`a", "{", "[", "a:b", "\u00e9"})
    void what_is_no_program_is_refused(String word) {
        assertEquals("not a program name: [" + word + ", x]", refused(word, "x"));
    }

    @Test
    void what_a_shell_does_itself_is_no_program_and_nothing_is_nothing() {
        for (String builtin : List.of("cd", "exec", ".", "eval", "while"))
            assertEquals("a shell builtin is not a program: " + builtin, refused(builtin, "x"));
        assertEquals("not a program name: []", refused());
        for (String program : List.of("ip", "/usr/bin/g++", "./own", "a-b_c.d", "Z9")) assertEquals(program, Command.of(program).line());
    }

    @Test
    void nul_does_not_travel() {
        assertEquals("NUL cannot travel in a command: a", refused("a", "b\0"));
        assertEquals("NUL cannot travel in a command: a", refused("a", "\0b"));
        var command = Command.of("a");
        assertThrows(IllegalArgumentException.class, () -> command.reading("\0"));
    }

    @Test
    void a_secret_shows_its_program_alone() {
        assertEquals("a ***", Command.of("a", "password").hidden().toString());
        assertEquals("a password", Command.of("a", "password").toString());
        assertEquals("a password", Command.of("a", "password").hidden().line());
    }

    @Test
    void each_word_of_its_own_changes_one_thing() {
        var command = Command.of("a", "b");
        assertEquals(new Command(List.of("a", "b"), "", Command.DEADLINE, false, "", ""), command);
        assertEquals(command, Command.of(List.of("a", "b")));
        assertEquals(new Command(List.of("a", "b"), "text", Duration.ofSeconds(1), true, "done (1)", "ovs-x"),
            command.reading("text").within(Duration.ofSeconds(1)).hidden().proving("done (1)").askedOf("ovs-x"));
        assertThrows(IllegalArgumentException.class, () -> command.within(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> command.within(Duration.ofSeconds(-1)));
        for (String proof : List.of("a'", "$x", "a\nb", "{", "@"))
            assertThrows(IllegalArgumentException.class, () -> command.proving(proof));
        for (String party : List.of("A", "a b", "1", "`", "{")) assertThrows(IllegalArgumentException.class, () -> command.askedOf(party));
        assertEquals("az-", command.askedOf("az-").party());
    }

    @Test
    void what_it_printed_stands_above_its_exit_status_when_it_must_prove_itself() {
        var plain = Command.of("a");
        assertEquals(0, plain.judged(0, ""));
        assertEquals(7, plain.judged(7, "done"));
        var proving = plain.proving("done");
        assertEquals(0, proving.judged(7, "well done"));
        assertEquals(1, proving.judged(0, "nothing"));
        assertEquals(7, proving.judged(7, "nothing"));
    }

    @Test
    void a_party_that_was_silent_is_told_from_one_that_said_no() {
        var late = new Reply.TimedOut("", "");
        var alarm = new Reply.Ran(142, "", "");
        var asked = Command.of("a").askedOf("daemon");
        assertTrue(asked.unanswered(late));
        assertTrue(asked.unanswered(alarm));
        assertFalse(asked.unanswered(new Reply.Ran(1, "", "")));
        assertFalse(asked.unanswered(new Reply.NotRun()));
        assertFalse(Command.of("a").unanswered(late));
        assertFalse(Command.of("a").unanswered(alarm));
    }
}
