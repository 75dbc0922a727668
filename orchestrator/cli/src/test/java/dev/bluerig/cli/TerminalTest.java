package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.source.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Escape codes go to a terminal and nowhere else, and what machines say cannot bring any.
class TerminalTest {
    private static final Keyboard NOBODY = new Keyboard() {
        @Override
        public Optional<String> line(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> hidden(String question) {
            return Optional.empty();
        }
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal(boolean live, boolean colour) {
        return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), NOBODY,
            live, colour);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_terminal_shows_colours_and_a_line_that_does_not_wrap_and_goes() {
        var terminal = terminal(true, true);
        terminal.status("play: 0/2 machines");
        terminal.status("");
        terminal.say(StyledLine.of("host-a: ").and(StyledLine.Style.GOOD, "ok"));
        assertEquals("\r\033[K\033[?7lplay: 0/2 machines\033[?7h\r\033[Khost-a: \033[32mok\033[0m\n", out());
        assertEquals("", err.toString(StandardCharsets.UTF_8), "standard error may be a file");
    }

    @Test
    void a_file_or_a_dumb_terminal_gets_plain_words() {
        var terminal = terminal(false, false);
        terminal.status("play: 0/2 machines");
        terminal.say(StyledLine.of("host-a: ").and(StyledLine.Style.BAD, "failed"));
        assertEquals("host-a: failed\n", out());
    }

    @Test
    void what_a_machine_prints_is_one_line_without_a_look_of_its_own() {
        terminal(true, true).say(StyledLine.of("seen: \033[2J\033]0;title\007 \u009b1m \ue100ok\ue1ff \u202ex\n")
            .and(StyledLine.Style.BAD, "a\nplay: FORGED\n  reach  host-a: ok"));
        assertEquals("seen: \\u{1b}[2J\\u{1b}]0;title\\u{07} \\u{9b}1m \\u{e100}ok\\u{e1ff} \\u{202e}x\\n\033[31ma\\nplay: FORGED\\n "
            + " reach  host-a: ok\033[0m\n", out());
    }

    @Test
    void more_lines_than_one_stand_behind_bars() {
        var terminal = terminal(false, false);
        terminal.say(StyledLine.block("      ", "seen:", "ip: exit 2\nplay: FORGED\r\n\u2028next: reboot\n"));
        terminal.say(StyledLine.block("      ", "seen:", "one\n"));
        assertEquals("""
                  seen:
                    | ip: exit 2
                    | play: FORGED
                    | \\u{2028}next: reboot
                  seen: one
            """.indent(0), out());
        terminal.complain("a.yaml:1:2: it says\nplay: FORGED");
        assertEquals("a.yaml:1:2: it says\n  | play: FORGED\n", err.toString(StandardCharsets.UTF_8));
    }
}
