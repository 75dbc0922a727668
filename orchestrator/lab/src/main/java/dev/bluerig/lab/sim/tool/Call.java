package dev.bluerig.lab.sim.tool;

import dev.bluerig.lab.sim.machine.Files;
import dev.bluerig.lab.sim.machine.Process;
import dev.bluerig.lab.sim.machine.SimMachine;
import dev.bluerig.lab.sim.machine.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// One run of a program: its words (the name first), and everything it can reach.
public record Call(SimMachine machine, List<String> words, Io io, Map<String, String> environment, String directory, User user,
                   Process process, Launcher launcher) {
    public Call {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    public String name() {
        return Files.name(words.getFirst());
    }

    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    public String path(String argument) {
        return Files.resolve(directory, argument);
    }

    public void print(String text) {
        io.print(text);
    }

    public void line(String text) {
        io.print(text + "\n");
    }

    public int fail(int status, String message) {
        io.complain(message);
        return status;
    }

    /// An option or use of a known program that this lab does not model: said aloud and counted, never guessed.
    public int unknown(String what) {
        machine.unknown(String.join(" ", words) + ": " + what);
        return fail(127, name() + ": not simulated: " + what);
    }

    public Call running(List<String> command) {
        return new Call(machine, command, io, environment, directory, user, process, launcher);
    }

    public Call as(User other) {
        return new Call(machine, words, io, environment, directory, other, process, launcher);
    }

    public Call in(Map<String, String> other) {
        return new Call(machine, words, io, other, directory, user, process, launcher);
    }

    public Call with(Io other) {
        return new Call(machine, words, other, environment, directory, user, process, launcher);
    }

    public Call on(Process other) {
        return new Call(machine, words, io, environment, directory, user, other, launcher);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
