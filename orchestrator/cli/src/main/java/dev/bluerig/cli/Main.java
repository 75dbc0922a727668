package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;

/// Where the process starts and ends.
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        var interrupts = InterruptHandler.install();
        var terminal = Terminal.ofThisProcess();
        ExitCode exit = new Bluerig(terminal, CliContext.real(interrupts)).run(words);
        terminal.flush();
        System.exit(exit.number());
    }
}
