package dev.bluerig.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where words go: results to `out`, everything else to `err`. Colours and a live line only where a person looks at a terminal.
public final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final Keyboard keyboard;
    private final boolean live;
    private final boolean colour;

    public Terminal(PrintStream out, PrintStream err, Keyboard keyboard, boolean live, boolean colour) {
        this.out = out;
        this.err = err;
        this.keyboard = keyboard;
        this.live = live;
        this.colour = colour;
    }

    static Terminal ofThisProcess() {
        Console console = System.console();
        boolean tty = console != null && console.isTerminal();
        boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("TERM") == null;
        String noColour = Optional.ofNullable(System.getenv("NO_COLOR")).orElse("");   // no-color.org: any value but the empty one
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        return new Terminal(out, new PrintStream(System.err, true, StandardCharsets.UTF_8), Keyboard.ofThisProcess(), tty && !dumb, tty && !dumb && noColour.isEmpty());
    }

    Keyboard keyboard() {
        return keyboard;
    }

    boolean live() {
        return live;
    }

    /// ANSI SGR where the terminal shows colours.
    enum Style {
        GOOD("32"), CHANGE("33"), BAD("31"), FAINT("2"), STRONG("1");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        /// A mark of the private use area, which becomes a colour, or nothing, when it is printed.
        String of(String text) {
            return (char) (MARKS + ordinal()) + text + END;
        }
    }

    private static final char MARKS = '\uE100';
    private static final char END = '\uE1FF';

    void say(String line) {
        out.println(printable(line));
        out.flush();
    }

    /// JSON and YAML: as they are.
    void print(String text) {
        out.print(text);
        out.flush();
    }

    void complain(String line) {
        err.println(printable(line));
    }

    /// The live line: rewritten in place, gone with the empty text. To `out`, which is the terminal when `live`; `err` may be a file.
    /// While it is written the terminal does not wrap (DECRST and DECSET 7), so it stays one line in a narrow window.
    void status(String line) {
        if (!live) return;
        out.print("\r\033[K" + (line.isEmpty() ? "" : "\033[?7l" + printable(line) + "\033[?7h"));
        out.flush();
    }

    void flush() {
        out.flush();
        err.flush();
    }

    /// What machines print must not steer the terminal.
    private String printable(String text) {
        var clean = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c >= MARKS && c < MARKS + Style.values().length) clean.append(colour ? "\033[" + Style.values()[c - MARKS].code + "m" : "");
            else if (c == END) clean.append(colour ? "\033[0m" : "");
            else clean.append(c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0 ? '\uFFFD' : (char) c);
        });
        return clean.toString();
    }
}
