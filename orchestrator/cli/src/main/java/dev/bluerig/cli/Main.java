package dev.bluerig.cli;

/// Where the process starts and ends.
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        var interrupts = InterruptHandler.install();
        var terminal = Terminal.ofThisProcess();
        int exit = new Bluerig(terminal, CliContext.real(interrupts)).run(words);
        terminal.flush();
        System.exit(exit);
    }
}
