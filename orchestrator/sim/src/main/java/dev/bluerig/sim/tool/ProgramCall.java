package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.machine.UserAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// One run of a program: its words (the name first), and everything it can reach.
public record ProgramCall(SimMachine machine, List<String> words, FileDescriptors io, Map<String, String> environment, String directory,
    UserAccount user,
                   SimProcess process, Launcher launcher) {
    public ProgramCall {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    public String name() {
        return FileTree.name(words.getFirst());
    }

    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    public String path(String argument) {
        return FileTree.resolve(directory, argument);
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

    public ProgramCall running(List<String> command) {
        return new ProgramCall(machine, command, io, environment, directory, user, process, launcher);
    }

    public ProgramCall as(UserAccount other) {
        return new ProgramCall(machine, words, io, environment, directory, other, process, launcher);
    }

    public ProgramCall in(Map<String, String> other) {
        return new ProgramCall(machine, words, io, other, directory, user, process, launcher);
    }

    public ProgramCall with(FileDescriptors other) {
        return new ProgramCall(machine, words, other, environment, directory, user, process, launcher);
    }

    public ProgramCall on(SimProcess other) {
        return new ProgramCall(machine, words, io, environment, directory, user, other, launcher);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
