package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A machine that answers by a function from command to reply, and counts. Steps stop at the first failure, as on a real one.
public final class FakeMachine implements Session {
    private final Function<Command, Reply> answer;
    private final List<Command> ran = new ArrayList<>();
    private final Map<String, Deque<ScriptedLive>> programs = new HashMap<>();
    private int roundTrips;

    public FakeMachine(Function<Command, Reply> answer) {
        this.answer = answer;
    }

    public static FakeMachine playing(Transcript transcript) {
        return new FakeMachine(transcript::reply);
    }

    /// The answer of a machine that has every program that it is asked for, to `which` and to what asks for versions.
    public static Reply.Ran which(Command command) {
        if (command.words().equals(List.of("arping", "-V"))) return new Reply.Ran(0, "arping from iputils 20221126\n", "");
        if (command.words().equals(List.of("install", "--version"))) return new Reply.Ran(0, "install (GNU coreutils) 9.1\n", "");
        return new Reply.Ran(0, command.words().stream().skip(1).map(name -> "/usr/bin/" + name + "\n").reduce("", String::concat), "");
    }

    @Override
    public List<Reply> exchange(Exchange exchange) {
        roundTrips++;
        var replies = new ArrayList<Reply>();
        boolean failed = false;
        for (Command step : exchange.steps()) {
            Reply reply = failed ? new Reply.NotRun() : run(step);
            failed = !(reply instanceof Reply.Ran reallyRan && reallyRan.ok());
            replies.add(reply);
        }
        exchange.questions().forEach(question -> replies.add(run(question)));
        return replies;
    }

    private Reply run(Command command) {
        ran.add(command);
        return answer.apply(command);
    }

    /// Every command that was run, in order.
    public List<Command> ran() {
        return List.copyOf(ran);
    }

    /// Starting this program, whatever its words are, plays the script; the second time the next script of that name.
    public FakeMachine program(String name, ScriptedLive script) {
        programs.computeIfAbsent(name, first -> new ArrayDeque<>()).add(script);
        return this;
    }

    @Override
    public Session fresh() {
        return this;
    }

    @Override
    public void upload(Path file, String target, String mode) throws Unreachable {
        throw new AssertionError("the fake was not told about uploads");
    }

    @Override
    public RunningProgram launch(Command command) throws Unreachable {
        ran.add(command);
        String name = command.words().getFirst();
        Deque<ScriptedLive> waiting = programs.getOrDefault(name.substring(name.lastIndexOf('/') + 1), new ArrayDeque<>());
        if (waiting.isEmpty()) throw new AssertionError("the fake was not told about a program that goes on running: " + command);
        return waiting.remove();
    }

    @Override
    public Traffic traffic() {
        return new Traffic(1, 1, roundTrips, ran.size());
    }

    @Override
    public void close() {}
}
