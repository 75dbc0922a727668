package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
        return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), NOBODY, live, colour);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_terminal_shows_colours_and_a_line_that_does_not_wrap_and_goes() {
        var terminal = terminal(true, true);
        terminal.status("play: 0/2 machines");
        terminal.status("");
        terminal.say("host-a: " + Terminal.Style.GOOD.of("ok"));
        assertEquals("\r\033[K\033[?7lplay: 0/2 machines\033[?7h\r\033[Khost-a: \033[32mok\033[0m\n", out());
        assertEquals("", err.toString(StandardCharsets.UTF_8), "standard error may be a file");
    }

    @Test
    void a_file_or_a_dumb_terminal_gets_plain_words() {
        var terminal = terminal(false, false);
        terminal.status("play: 0/2 machines");
        terminal.say("host-a: " + Terminal.Style.BAD.of("failed"));
        assertEquals("host-a: failed\n", out());
    }

    @Test
    void what_a_machine_prints_does_not_steer_the_terminal() {
        terminal(true, true).say("seen: \033[2J\033]0;title\007 \u009b1m");
        assertFalse(out().chars().anyMatch(c -> c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0), out());
    }
}
