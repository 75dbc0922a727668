package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Unreachable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/// A machine that answers by a function from command to reply, and counts.
public final class FakeMachine extends FakeSession {
    private final Function<Command, Reply> answer;
    private final List<Command> ran = new ArrayList<>();
    private final Map<String, Deque<ScriptedLive>> programs = new HashMap<>();
    private OptionalInt left = OptionalInt.empty();

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

    /// Its connection is cut after so many exchanges.
    public FakeMachine cutAfter(int exchanges) {
        left = OptionalInt.of(exchanges);
        return this;
    }

    @Override
    public List<Reply> exchange(Exchange exchange) throws Unreachable {
        if (left.isPresent() && traffic().roundTrips() >= left.getAsInt())
            throw new Unreachable(ConnectionCode.CONNECTION_LOST, "cut by the test");
        return super.exchange(exchange);
    }

    @Override
    protected Reply run(Command command) {
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
    public RunningProgram launch(Command command) throws Unreachable {
        ran.add(command);
        String name = command.words().getFirst();
        Deque<ScriptedLive> waiting = programs.getOrDefault(name.substring(name.lastIndexOf('/') + 1), new ArrayDeque<>());
        return waiting.isEmpty() ? super.launch(command) : waiting.remove();
    }

    @Override
    protected int commands() {
        return ran.size();
    }
}
