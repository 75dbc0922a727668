package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;

/// Where the process starts and ends.
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        if (words.length == 1 && BuildVersion.OPTIONS.contains(words[0])) {
            System.out.println(BuildVersion.line());            // most of a command's start is not needed for it
            return;
        }
        var interrupts = InterruptHandler.install();
        var terminal = Terminal.ofThisProcess();
        ExitCode exit = new Bluerig(terminal, CliContext.real(interrupts)).run(words);
        System.exit(terminal.ended(exit).number());
    }
}
