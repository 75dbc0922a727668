package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;
import dev.bluerig.source.VisibleText;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where words go: results to `out`, everything else to `err`. Colours and a live line only where a person looks at a terminal.
public final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final Keyboard keyboard;
    private final boolean live;
    private final boolean colour;
    private final Output output;

    public Terminal(PrintStream out, PrintStream err, Keyboard keyboard, boolean live, boolean colour) {
        this(out, err, keyboard, live, colour, new Output(out));
    }

    private Terminal(PrintStream out, PrintStream err, Keyboard keyboard, boolean live, boolean colour, Output output) {
        this.output = output;
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
        var output = new Output(new FileOutputStream(FileDescriptor.out));
        var out = new PrintStream(new BufferedOutputStream(output), false, StandardCharsets.UTF_8);
        return new Terminal(out, new PrintStream(System.err, true, StandardCharsets.UTF_8), Keyboard.ofThisProcess(), tty && !dumb,
            tty && !dumb && noColour.isEmpty(), output);
    }

    Keyboard keyboard() {
        return keyboard;
    }

    boolean live() {
        return live;
    }

    void say(StyledLine line) {
        out.println(printable(line));
        out.flush();
    }

    void say(List<StyledLine> lines) {
        lines.forEach(this::say);
    }

    /// One line, whatever is in it.
    void say(String line) {
        say(StyledLine.of(line));
    }

    /// Our own words, whose line feeds are ours.
    void paragraph(String text) {
        text.lines().forEach(this::say);
    }

    /// JSON, YAML and our own pages: as they are.
    void print(String text) {
        out.print(text);
        out.flush();
    }

    /// What comes after a line feed stands behind a bar: it may be a machine's, or a file's.
    void complain(String text) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++)
            if (i == 0 || !lines[i].isBlank()) err.println(printable(StyledLine.of((i == 0 ? "" : "  | ") + lines[i])));
    }

    /// The live line: rewritten in place, gone with the empty text. To `out`, which is the terminal when `live`; `err` may be a file.
    /// While it is written the terminal does not wrap (DECRST and DECSET 7), so it stays one line in a narrow window.
    void status(String line) {
        if (!live) return;
        out.print("\r\033[K" + (line.isEmpty() ? "" : "\033[?7l" + printable(StyledLine.of(line)) + "\033[?7h"));
        out.flush();
    }

    void flush() {
        out.flush();
        err.flush();
    }

    /// How the process ends. What was printed goes nowhere when its reader has gone (`| head`), and that is the reader's own wish; where it
    /// could not be written for another reason, nothing is done until somebody looks.
    ExitCode ended(ExitCode exit) {
        flush();
        if (output.lost.isEmpty() || output.isReaderGone()) return exit;
        complain("not all of the output could be written: " + output.lost.get().getMessage()
            + "; `bluerig runs last` shows a run again");
        return exit == ExitCode.DONE || exit == ExitCode.CHANGES ? ExitCode.FAILED : exit;
    }

    /// Where results go. `PrintStream` keeps to itself why it cannot write; this remembers it.
    private static final class Output extends OutputStream {
        private static final Path STDOUT = Path.of("/proc/self/fd/1");

        private final OutputStream to;
        private volatile Optional<IOException> lost = Optional.empty();

        Output(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                to.write(bytes, from, count);
            } catch (IOException failed) {
                if (lost.isEmpty()) lost = Optional.of(failed);
                throw failed;
            }
        }

        /// Writing to a pipe or a socket fails for no other reason.
        boolean isReaderGone() {
            try {
                String target = Files.readSymbolicLink(STDOUT).toString();
                return target.startsWith("pipe:") || target.startsWith("socket:");
            } catch (IOException notLinux) {
                return false;
            }
        }
    }

    /// What machines print must not steer the terminal, nor look like a line of ours.
    private String printable(StyledLine line) {
        var clean = new StringBuilder();
        for (StyledLine.Span piece : line.pieces()) {
            String text = VisibleText.of(piece.text());
            if (colour && piece.style().isPresent() && !text.isEmpty())
                clean.append("\033[").append(piece.style().get().code).append('m').append(text).append("\033[0m");
            else clean.append(text);
        }
        return clean.toString();
    }
}
