package dev.bluerig.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
    DemoCommand(Terminal terminal, World world) {}

    @Override
    public Integer call() {
        return 0;
    }
}
