package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A session whose first remedy is broken off; without that it is the session that it was given.
public final class BrokenSession implements Session {
    private final Session whole;
    private Optional<BreakOff> breakOff;
    private int steps;
    private boolean lost;

    public BrokenSession(Session whole, Optional<BreakOff> breakOff) {
        this.whole = whole;
        this.breakOff = breakOff;
    }

    /// Of all remedies that were sent.
    public int steps() {
        return steps;
    }

    @Override
    public List<Reply> exchange(Exchange exchange) throws Unreachable {
        if (lost) throw lost();
        steps += exchange.steps().size();
        if (breakOff.isEmpty() || exchange.steps().isEmpty()) return whole.exchange(exchange);
        var how = breakOff.get();
        breakOff = Optional.empty();
        return broken(how, exchange);
    }

    private List<Reply> broken(BreakOff how, Exchange exchange) throws Unreachable {
        var done = whole.exchange(new Exchange(exchange.steps().subList(0, how.done()), List.of()));
        for (Reply reply : done)
            if (!(reply instanceof Reply.Ran ran && ran.ok())) throw new AssertionError(exchange.steps() + ": " + done);
        var replies = new ArrayList<>(done.subList(0, how.at() - 1));
        Command step = exchange.steps().get(how.at() - 1);
        replies.add(switch (how.kind()) {
            case REFUSED, BLAMED -> new Reply.Ran(1, "", step.words().getFirst() + ": it failed on purpose\n");
            case HUNG -> new Reply.TimedOut("", "");
            case CUT_BEFORE, CUT_AFTER -> throw lost();
        });
        while (replies.size() < exchange.steps().size()) replies.add(new Reply.NotRun());
        replies.addAll(whole.exchange(Exchange.asking(exchange.questions())));
        return replies;
    }

    private Unreachable lost() {
        lost = true;
        return new Unreachable(ConnectionCode.CONNECTION_LOST, "the connection was cut on purpose");
    }

    @Override
    public Session fresh() throws Unreachable {
        return whole.fresh();
    }

    @Override
    public void upload(Path file, String target, String mode) throws Unreachable {
        whole.upload(file, target, mode);
    }

    @Override
    public RunningProgram launch(Command command) throws Unreachable {
        return whole.launch(command);
    }

    @Override
    public Traffic traffic() {
        return whole.traffic();
    }

    @Override
    public void close() {
        whole.close();
    }
}
