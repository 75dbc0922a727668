package dev.bluerig.sim.shell;

import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.machine.UserAccount;
import dev.bluerig.sim.tool.FileDescriptors;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `/bin/sh` of a simulated machine: enough of a POSIX shell for the resident shell's protocol and for a person who types.
/// A construct it does not know is a syntax error, a program the machine does not have is status 127: both are said, nothing is guessed.
public final class SimShell {
    private final SimMachine machine;
    private final UserAccount user;
    private final SimProcess process;
    private final Map<String, String> variables;
    private final Set<String> exported;
    private final Map<String, ScriptNode> functions;
    private final Map<String, String> traps;
    private final Expansion expansion;
    private List<String> positional;
    private String directory;
    private int status;
    private final int leader;
    private FileDescriptors current = new FileDescriptors(Map.of());
    private int lastBackground;
    private int captures;

    /// `positional`: `$0` first.
    public SimShell(ProgramCall call, SimProcess process, List<String> positional) {
        this(call.machine(), call.user(), process, new HashMap<>(call.environment()), new HashSet<>(call.environment().keySet()),
            new HashMap<>(), new HashMap<>(), positional, call.directory(), process.id());
    }

    private SimShell(SimMachine machine, UserAccount user, SimProcess process, Map<String, String> variables, Set<String> exported,
                  Map<String, ScriptNode> functions, Map<String, String> traps, List<String> positional, String directory, int leader) {
        this.machine = machine;
        this.user = user;
        this.process = process;
        this.variables = variables;
        this.exported = exported;
        this.functions = functions;
        this.traps = traps;
        this.positional = List.copyOf(positional);
        this.directory = directory;
        this.leader = leader;   // `$$` is the same in a subshell (POSIX 2.5.2)
        this.expansion = new Expansion(this, this::capture);
    }

    /// `exit` and the end of an `exec`ed program.
    static final class Exit extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Exit(int status) {
            super("exit", null, false, false);
            this.status = status;
        }
    }

    /// `return`, `break`, `continue`.
    static final class Jump extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String word;
        private final int status;

        Jump(String word, int status) {
            super(word, null, false, false);
            this.word = word;
            this.status = status;
        }
    }

    /// Runs the whole script.
    public int script(InputStream text, FileDescriptors io) {
        var parser = new ScriptParser(new ScriptSource(text));
        try {
            while (true) {
                Optional<ScriptNode> node = parser.next();
                if (node.isEmpty()) break;
                run(node.get(), io);
            }
        } catch (Exit exit) {
            status = exit.status;
        } catch (SyntaxError error) {
            io.complain("sh: " + error.getMessage());
            machine.unknown("sh: " + error.getMessage());
            status = 2;
        } catch (Killed killed) {
            status = 128 + killed.signal();
        }
        String last = traps.remove("EXIT");
        if (last != null) evaluate(last, io);
        return status;
    }

    int evaluate(String text, FileDescriptors io) {
        var parser = new ScriptParser(new ScriptSource(new ByteArrayInputStream(ProgramCall.bytes(text))));
        for (Optional<ScriptNode> node = parser.next(); node.isPresent(); node = parser.next()) run(node.get(), io);
        return status;
    }

    private int run(ScriptNode node, FileDescriptors io) {
        status = switch (node) {
            case ScriptNode.Simple simple -> simple(simple, io);
            case ScriptNode.Pipeline pipeline -> pipeline(pipeline, io);
            case ScriptNode.And and -> run(and.first(), io) == 0 ? run(and.second(), io) : status;
            case ScriptNode.Or or -> run(or.first(), io) == 0 ? 0 : run(or.second(), io);
            case ScriptNode.Sequence sequence -> {
                if (sequence.nodes().isEmpty()) yield 0;
                for (ScriptNode part : sequence.nodes()) run(part, io);
                yield status;
            }
            case ScriptNode.Background background -> background(background.node(), io);
            case ScriptNode.Group group -> redirected(group.redirects(), io, open -> run(group.body(), open));
            case ScriptNode.Subshell subshell -> redirected(subshell.redirects(), io, open -> fork(subshell.body(), open));
            case ScriptNode.Function function -> {
                functions.put(function.name(), function.body());
                yield 0;
            }
            case ScriptNode.If choice -> run(choice.condition(), io) == 0 ? run(choice.then(), io) : run(choice.otherwise(), io);
            case ScriptNode.Loop loop -> loop(loop, io);
            case ScriptNode.For loop -> each(loop, io);
            case ScriptNode.Case choice -> choose(choice, io);
        };
        signals(io);
        return status;
    }

    /// Acts on a signal between two commands: the trap, or the end.
    private void signals(FileDescriptors io) {
        int signal = process.take();
        if (signal == 0) return;
        String trap = signal == 15 ? traps.get("TERM") : signal == 1 ? traps.get("HUP") : signal == 2 ? traps.get("INT") : null;
        if (trap == null) throw new Killed(signal);
        int kept = status;
        if (!trap.isEmpty()) evaluate(trap, io);
        status = kept;
    }

    private interface Body {
        int run(FileDescriptors io);
    }

    private int redirected(List<ScriptNode.Redirect> redirects, FileDescriptors io, Body body) {
        if (redirects.isEmpty()) return body.run(io);
        try (var opened = new Redirections(this, expansion, redirects, io)) {
            return body.run(opened.io());
        } catch (FileError problem) {
            io.complain("sh: " + problem.getMessage());
            return 2;
        }
    }

    private SimShell copy(SimProcess child) {
        return new SimShell(machine, user, child, new HashMap<>(variables), new HashSet<>(exported), new HashMap<>(functions),
            new HashMap<>(),
            positional, directory, leader);
    }

    private int fork(ScriptNode body, FileDescriptors io) {
        try (SimProcess child = process.child("sh")) {
            SimShell inner = copy(child);
            try {
                inner.run(body, io);
                return inner.status;
            } catch (Exit exit) {
                return exit.status;
            } catch (Killed killed) {
                return 128 + killed.signal();
            }
        }
    }

    private String capture(ScriptNode body) {
        var out = new ByteArrayOutputStream();
        captures++;
        status = fork(body, current.with(1, FileDescriptors.Stream.writing(out)));
        return ProgramCall.text(out.toByteArray());
    }

    private int background(ScriptNode node, FileDescriptors io) {
        SimProcess child = process.child("sh");
        lastBackground = child.id();
        FileDescriptors detached = io.with(0, FileDescriptors.Stream.reading(InputStream.nullInputStream()));
        SimShell inner = copy(child);
        Thread.ofVirtual().name("background " + child.id()).start(() -> {
            try (child) {
                inner.run(node, detached);
            } catch (Exit | Killed ended) {
                // nobody waits for its status
            }
        });
        return 0;
    }

    private int pipeline(ScriptNode.Pipeline pipeline, FileDescriptors io) {
        int result;
        if (pipeline.stages().size() == 1) {
            result = run(pipeline.stages().getFirst(), io);
        } else {
            // one stage after the other: a lab's data are small
            byte[] passed = null;
            result = 0;
            for (int i = 0; i < pipeline.stages().size(); i++) {
                FileDescriptors stage = passed == null ? io : io.with(0, FileDescriptors.Stream.reading(new ByteArrayInputStream(passed)));
                var out = new ByteArrayOutputStream();
                if (i < pipeline.stages().size() - 1) stage = stage.with(1, FileDescriptors.Stream.writing(out));
                result = fork(pipeline.stages().get(i), stage);
                passed = out.toByteArray();
            }
        }
        return pipeline.negated() ? result == 0 ? 1 : 0 : result;
    }

    private int loop(ScriptNode.Loop loop, FileDescriptors io) {
        int result = 0;
        try {
            while (run(loop.condition(), io) == 0 != loop.until()) {
                if (bodyContinues(loop.body(), io)) result = status;
                else break;
            }
        } catch (Jump jump) {
            if (!jump.word.equals("break")) throw jump;
        }
        return result;
    }

    private boolean bodyContinues(ScriptNode body, FileDescriptors io) {
        try {
            run(body, io);
            return true;
        } catch (Jump jump) {
            if (jump.word.equals("return")) throw jump;
            status = 0;
            return jump.word.equals("continue");
        }
    }

    private int each(ScriptNode.For loop, FileDescriptors io) {
        List<String> values = loop.positional() ? positional() : expansion.words(loop.words());
        for (String value : values) {
            assign(loop.name(), value);
            if (!bodyContinues(loop.body(), io)) break;
        }
        return status;
    }

    private int choose(ScriptNode.Case choice, FileDescriptors io) {
        String word = expansion.single(choice.word());
        for (ScriptNode.Arm arm : choice.arms()) {
            for (ShellWord pattern : arm.patterns()) {
                if (expansion.pattern(pattern).matcher(word).matches()) return run(arm.body(), io);
            }
        }
        return 0;
    }

    private int simple(ScriptNode.Simple simple, FileDescriptors io) {
        FileDescriptors outer = current;
        current = io;
        try {
            int before = captures;
            List<String> words = expansion.words(simple.words());
            if (words.isEmpty()) {
                for (ScriptNode.Assignment assignment : simple.assignments())
                    assign(assignment.name(), expansion.single(assignment.value()));
                int result = captures == before ? 0 : status;
                return redirected(simple.redirects(), io, open -> result);
            }
            if (words.getFirst().equals("exec") && words.size() == 1) return keep(simple.redirects(), io);
            var given = new HashMap<String, String>();
            for (ScriptNode.Assignment assignment : simple.assignments())
                given.put(assignment.name(), expansion.single(assignment.value()));
            return redirected(simple.redirects(), io, open -> command(words, given, open));
        } finally {
            current = outer;
        }
    }

    /// `exec` with nothing but redirections would change the shell's own descriptors.
    private int keep(List<ScriptNode.Redirect> redirects, FileDescriptors io) {
        if (redirects.isEmpty()) return 0;
        throw new SyntaxError("Syntax error: exec with redirections alone is not simulated");
    }

    private int command(List<String> words, Map<String, String> given, FileDescriptors io) {
        ScriptNode function = functions.get(words.getFirst());
        if (function != null) return call(function, words, io);
        Optional<Builtin> builtin = Builtin.named(words.getFirst());
        if (builtin.isPresent()) {
            given.forEach(this::assign);
            return builtin.get().run(this, words, io);
        }
        return launch(words, given, io);
    }

    private int call(ScriptNode function, List<String> words, FileDescriptors io) {
        List<String> outer = positional;
        var inner = new ArrayList<>(words);
        inner.set(0, outer.getFirst());
        positional = List.copyOf(inner);
        try {
            return run(function, io);
        } catch (Jump jump) {
            if (!jump.word.equals("return")) throw jump;
            return jump.status;
        } finally {
            positional = outer;
        }
    }

    int launch(List<String> words, Map<String, String> given, FileDescriptors io) {
        var environment = new HashMap<String, String>();
        for (String name : exported) variable(name).ifPresent(value -> environment.put(name, value));
        environment.putAll(given);
        try (SimProcess child = process.child(words.getFirst())) {
            return ShellPrograms.launch(new ProgramCall(machine, words, io, environment, directory, user, child, ShellPrograms::launch));
        } catch (Killed killed) {
            return 128 + killed.signal();
        }
    }

    /// `exec`: the program takes this process over.
    int replace(List<String> words, FileDescriptors io) {
        var environment = new HashMap<String, String>();
        for (String name : exported) variable(name).ifPresent(value -> environment.put(name, value));
        process.become(words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1));
        return ShellPrograms.launch(new ProgramCall(machine, words, io, environment, directory, user, process, ShellPrograms::launch));
    }

    SimMachine machine() {
        return machine;
    }

    String directory() {
        return directory;
    }

    void directory(String path) {
        directory = path;
    }

    UserAccount user() {
        return user;
    }

    int status() {
        return status;
    }

    Map<String, String> traps() {
        return traps;
    }

    List<String> positional() {
        return positional.subList(1, positional.size());
    }

    void positional(List<String> values) {
        var all = new ArrayList<>(values);
        all.addFirst(positional.getFirst());
        positional = List.copyOf(all);
    }

    void assign(String name, String value) {
        variables.put(name, value);
    }

    void unset(String name) {
        variables.remove(name);
        functions.remove(name);
    }

    void export(String name) {
        exported.add(name);
    }

    Set<String> exported() {
        return Set.copyOf(exported);
    }

    Optional<String> variable(String name) {
        return switch (name) {
            case "?" -> Optional.of(String.valueOf(status));
            case "$" -> Optional.of(String.valueOf(leader));
            case "!" -> Optional.of(String.valueOf(lastBackground));
            case "#" -> Optional.of(String.valueOf(positional.size() - 1));
            case "@", "*" -> Optional.of(String.join(" ", positional()));
            case "-" -> Optional.of("");
            default -> name.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(name) < positional.size() ? Optional.of(positional.get(Integer.parseInt(name))) : Optional.empty()
                : Optional.ofNullable(variables.get(name));
        };
    }
}
