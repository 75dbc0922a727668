package dev.bluerig.sim.shell;

import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.tool.FileDescriptors;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a shell must do itself, because it changes the shell.
enum Builtin {
    COLON(":"), CD("cd"), EXIT("exit"), EXPORT("export"), UNSET("unset"), SET("set"), SHIFT("shift"), RETURN("return"), BREAK("break"),
    CONTINUE("continue"), TRAP("trap"), READ("read"), EXEC("exec"), EVAL("eval"), DOT("."), COMMAND("command"), TYPE("type"),
        UMASK("umask"),
    WAIT("wait");

    private final String word;

    Builtin(String word) {
        this.word = word;
    }

    static Optional<Builtin> named(String word) {
        for (Builtin builtin : values()) {
            if (builtin.word.equals(word)) return Optional.of(builtin);
        }
        return Optional.empty();
    }

    int run(SimShell shell, List<String> words, FileDescriptors io) {
        List<String> arguments = words.subList(1, words.size());
        return switch (this) {
            case COLON, WAIT -> 0;
            case CD -> changeDirectory(shell, arguments, io);
            case EXIT -> throw new SimShell.Exit(arguments.isEmpty() ? shell.status() : number(arguments.getFirst()));
            case EXPORT -> {
                for (String argument : arguments) {
                    int equals = argument.indexOf('=');
                    if (equals > 0) shell.assign(argument.substring(0, equals), argument.substring(equals + 1));
                    shell.export(equals > 0 ? argument.substring(0, equals) : argument);
                }
                yield 0;
            }
            case UNSET -> {
                arguments.stream().filter(name -> !name.startsWith("-")).forEach(shell::unset);
                yield 0;
            }
            case SET -> {
                // none of them is ever on
                if (!arguments.isEmpty() && arguments.stream().allMatch(word -> word.matches("\\+[aefuvx]+"))) yield 0;
                if (arguments.isEmpty() || !arguments.getFirst().equals("--"))
                    throw new SyntaxError("set: only `set --` and `set +aefuvx` are simulated: " + arguments);
                shell.positional(arguments.subList(1, arguments.size()));
                yield 0;
            }
            case SHIFT -> {
                int count = arguments.isEmpty() ? 1 : number(arguments.getFirst());
                List<String> positional = shell.positional();
                if (count > positional.size()) yield 2;
                shell.positional(positional.subList(count, positional.size()));
                yield 0;
            }
            case RETURN, BREAK,
                CONTINUE -> throw new SimShell.Jump(word, arguments.isEmpty() ? shell.status() : number(arguments.getFirst()));
            case TRAP -> trap(shell, arguments);
            case READ -> read(shell, arguments, io);
            case EXEC -> throw new SimShell.Exit(shell.replace(arguments, io));
            case EVAL -> shell.evaluate(String.join(" ", arguments), io);
            case DOT -> dot(shell, arguments, io);
            case COMMAND -> arguments.isEmpty() ? 0 : arguments.getFirst().equals("-v") ? which(shell, arguments.getLast(), io)
                : named(arguments.getFirst()).map(builtin -> builtin.run(shell, arguments, io))
                .orElseGet(() -> shell.launch(arguments, Map.of(), io));
            case TYPE -> which(shell, arguments.getLast(), io);
            case UMASK -> {
                if (arguments.isEmpty()) io.print("0022\n");
                yield 0;
            }
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text) & 255;
        } catch (NumberFormatException notANumber) {
            throw new SyntaxError("Illegal number: " + text);
        }
    }

    private static int changeDirectory(SimShell shell, List<String> arguments, FileDescriptors io) {
        String target = arguments.isEmpty() ? shell.variable("HOME").orElse("/") : arguments.getLast();
        String path = FileTree.resolve(shell.directory(), target);
        if (shell.machine().files().find(path).filter(entry -> entry.isDirectory()).isEmpty()) {
            io.complain("sh: cd: can't cd to " + target);
            return 2;
        }
        shell.directory(path);
        return 0;
    }

    private static int trap(SimShell shell, List<String> arguments) {
        if (arguments.size() < 2) return 0;
        for (String signal : arguments.subList(1, arguments.size())) {
            String name = signal.replaceFirst("^SIG", "").replaceFirst("^0$", "EXIT");
            if (arguments.getFirst().equals("-")) shell.traps().remove(name);
            else shell.traps().put(name, arguments.getFirst());
        }
        return 0;
    }

    private static int read(SimShell shell, List<String> arguments, FileDescriptors io) {
        List<String> names = arguments.stream().filter(name -> !name.equals("-r")).toList();
        var line = new ByteArrayOutputStream();
        int c;
        try {
            for (c = io.in().read(); c >= 0 && c != '\n'; c = io.in().read()) line.write(c);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        String[] fields = ProgramCall.text(line.toByteArray()).strip().split("[ \t]+", Math.max(1, names.size()));
        for (int i = 0; i < names.size(); i++) shell.assign(names.get(i), i < fields.length ? fields[i] : "");
        return c < 0 ? 1 : 0;
    }

    private static int dot(SimShell shell, List<String> arguments, FileDescriptors io) {
        String path = FileTree.resolve(shell.directory(), arguments.getFirst());
        if (shell.machine().files().find(path).isEmpty()) {
            io.complain("sh: .: cannot open " + arguments.getFirst() + ": No such file");
            throw new SimShell.Exit(2);
        }
        return shell.evaluate(shell.machine().files().text(path), io);
    }

    private static int which(SimShell shell, String name, FileDescriptors io) {
        if (named(name).isPresent()) {
            io.print(name + "\n");
            return 0;
        }
        Optional<String> path = ShellPrograms.path(shell.machine(), name);
        path.ifPresent(found -> io.print(found + "\n"));
        return path.isPresent() ? 0 : 127;
    }
}
