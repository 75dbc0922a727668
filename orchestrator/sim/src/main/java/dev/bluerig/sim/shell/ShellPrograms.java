package dev.bluerig.sim.shell;

import dev.bluerig.sim.agent.SimAgent;
import dev.bluerig.sim.machine.FactoryState;
import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.machine.TlsFault;
import dev.bluerig.sim.tool.ProgramFaults;
import dev.bluerig.sim.tool.ProgramCall;
import dev.bluerig.sim.tool.Tool;
import dev.bluerig.sim.tool.Tools;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds and starts programs: the shell itself, the modelled tools, and shell scripts among the machine's files.
public final class ShellPrograms {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash");

    private ShellPrograms() {}

    /// Where a program stands, if this machine has it.
    static Optional<String> path(SimMachine machine, String name) {
        if (SHELLS.contains(name)) return Optional.of("/bin/" + name);
        return machine.has(name) && Tools.named(name).isPresent() ? Optional.of("/usr/bin/" + name) : Optional.empty();
    }

    public static int launch(ProgramCall call) {
        String word = call.words().getFirst();
        SimMachine machine = call.machine();
        if (word.contains("/") && !Tools.isProgramDirectory(FileTree.parent(call.path(word)))) return script(call);
        String name = call.name();
        machine.started(call.words(), call.process());
        if (SHELLS.contains(name)) return shell(call);
        Optional<Tool> tool = Tools.named(name);
        if (tool.isEmpty()) {
            machine.unknown(String.join(" ", call.words()));
            return call.fail(127, "sh: " + word + ": not found");
        }
        if (!machine.has(name)) return call.fail(127, "sh: " + word + ": not found");
        try {
            Optional<Integer> instead = ProgramFaults.of(call);
            return instead.isPresent() ? instead.get() : tool.get().run(call);
        } catch (UncheckedIOException gone) {
            throw new Killed(13);   // SIGPIPE: nobody reads any more
        }
    }

    private static int script(ProgramCall call) {
        String path = call.path(call.words().getFirst());
        Optional<FileEntry> file = call.machine().files().find(path);
        if (file.isEmpty()) return call.fail(127, "sh: " + call.words().getFirst() + ": not found");
        if ((file.get().mode() & 0111) == 0 || file.get().isDirectory())
            return call.fail(126, "sh: " + call.words().getFirst() + ": Permission denied");
        if (call.machine().tlsFaults().has(TlsFault.NO_EXEC) && path.startsWith("/var/cache/"))
            return call.fail(126, "sh: " + call.words().getFirst() + ": Permission denied");
        if (FileTree.name(path).equals("java") && path.contains("/bin/")) return SimAgent.run(call);
        if (Arrays.equals(file.get().content(), FactoryState.PROGRAM.getBytes(StandardCharsets.US_ASCII))) return 0;
        byte[] script = "#!/bin/sh".getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(script, Arrays.copyOf(file.get().content(), script.length)))
            return call.unknown("the file is not a shell script");
        return run(call, call.words(), new ByteArrayInputStream(file.get().content()));
    }

    /// `sh`, `sh -c TEXT [NAME ARGUMENTS]`, `sh -s`, `sh FILE ARGUMENTS`.
    private static int shell(ProgramCall call) {
        List<String> arguments = new ArrayList<>(call.arguments());
        while (!arguments.isEmpty() && Set.of("-s", "-l", "--login", "-i").contains(arguments.getFirst())) arguments.removeFirst();
        if (arguments.isEmpty()) return run(call, List.of(call.words().getFirst()), call.io().in());
        if (arguments.getFirst().equals("-c") || arguments.getFirst().equals("-lc")) {
            if (arguments.size() < 2) return call.fail(2, "sh: -c requires an argument");
            List<String> positional = arguments.size() > 2 ? arguments.subList(2, arguments.size()) : List.of(call.words().getFirst());
            return run(call, positional, new ByteArrayInputStream(ProgramCall.bytes(arguments.get(1) + "\n")));
        }
        if (arguments.getFirst().startsWith("-")) return call.unknown("option " + arguments.getFirst());
        try {
            byte[] text = call.machine().files().read(call.path(arguments.getFirst()), call.user());
            return run(call, arguments, new ByteArrayInputStream(text));
        } catch (FileError problem) {
            return call.fail(127, "sh: cannot open " + arguments.getFirst() + ": " + problem.getMessage());
        }
    }

    private static int run(ProgramCall call, List<String> positional, InputStream text) {
        SimProcess process = call.process();
        return new SimShell(call, process, positional).script(text, call.io());
    }
}
