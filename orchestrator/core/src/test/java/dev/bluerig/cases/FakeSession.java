package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The session of tests: whoever extends it says what one command answers. Steps stop at the first failure, and questions to a party that
/// did not answer are not asked again, as on a real machine. What nobody told it about fails.
public abstract class FakeSession implements Session {
    private int roundTrips;

    protected abstract Reply run(Command command) throws Unreachable;

    /// How many commands were run.
    protected abstract int commands();

    @Override
    public List<Reply> exchange(Exchange exchange) throws Unreachable {
        roundTrips++;
        var replies = new ArrayList<Reply>();
        boolean failed = false;
        for (Command step : exchange.steps()) {
            Reply reply = failed ? new Reply.NotRun() : run(step);
            failed = !(reply instanceof Reply.Ran really && really.ok());
            replies.add(reply);
        }
        var silent = new HashSet<String>();
        for (Command question : exchange.questions()) {
            Reply reply = silent.contains(question.party()) ? new Reply.NotRun() : run(question);
            if (question.unanswered(reply)) silent.add(question.party());
            replies.add(reply);
        }
        return replies;
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
        throw new AssertionError("the fake was not told about a program that goes on running: " + command);
    }

    @Override
    public Traffic traffic() {
        return new Traffic(1, 1, roundTrips, commands());
    }

    @Override
    public void close() {}
}
