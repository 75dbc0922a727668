package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;
import java.util.Set;

/// Where the process starts and ends.
public final class Main {
    /// These have nothing to finish: Ctrl-C ends them as it ends any program.
    private static final Set<String> READING = Set.of("explain", "lint", "render", "runs");

    private Main() {}

    public static void main(String[] words) {
        if (words.length == 1 && BuildVersion.OPTIONS.contains(words[0])) {
            System.out.println(BuildVersion.line());            // most of a command's start is not needed for it
            return;
        }
        var interrupts = onlyReads(words) ? new InterruptHandler() : InterruptHandler.install();
        var terminal = Terminal.ofThisProcess();
        ExitCode exit = new Bluerig(terminal, CliContext.real(interrupts)).run(words);
        System.exit(terminal.ended(exit).number());
    }

    private static boolean onlyReads(String[] words) {
        return words.length == 0 || words[0].startsWith("-") || READING.contains(words[0]);
    }
}
