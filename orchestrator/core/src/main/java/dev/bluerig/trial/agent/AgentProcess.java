package dev.bluerig.trial.agent;

import dev.bluerig.protocol.AgentCommand;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.MalformedLine;
import dev.bluerig.protocol.Role;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.deploy.Leftovers;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// One program of a run on its machine: one thread listens to it and tells the state, one renews its lease.
final class AgentProcess implements AutoCloseable {
    private static final String ALIVE = new AgentCommand.Alive().line();
    private static final int SHOWN = 200;

    private final Role role;
    private final AgentEndpoint endpoint;
    private final Duration lease;
    private final RunningProgram program;
    private final SharedState<PairState> state;
    private final DriverTiming timing;
    private final ReentrantLock sendLock = new ReentrantLock();
    private boolean sentSettings;

    private AgentProcess(Role role, AgentEndpoint endpoint, Duration lease, RunningProgram program, SharedState<PairState> state,
                         DriverTiming timing) {
        this.role = role;
        this.endpoint = endpoint;
        this.lease = lease;
        this.program = program;
        this.state = state;
        this.timing = timing;
    }

    static AgentProcess start(Role role, AgentEndpoint endpoint, Duration lease, SharedState<PairState> state, DriverTiming timing)
            throws Unreachable {
        var process = new AgentProcess(role, endpoint, lease, endpoint.session().launch(endpoint.installed().command()), state, timing);
        Thread.ofVirtual().start(() -> process.guarded(process::listen));
        return process;
    }

    AgentEndpoint endpoint() {
        return endpoint;
    }

    Role role() {
        return role;
    }

    /// A defect on a thread of its own is handed to who waits for the state.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error bug) {
            state.change((now, _) -> now.broken(new IllegalStateException("while listening to " + endpoint.machine(), bug)));
        }
    }

    private void listen() {
        try {
            while (!isLast(program.next(timing.listening()))) {}
        } catch (Unreachable lost) {
            state.change((before, now) -> before.lost(role, lost, now));
        }
    }

    /// True when no more events come.
    private boolean isLast(RunningProgram.ProgramEvent event) throws Unreachable {
        return switch (event) {
            case RunningProgram.ProgramEvent.TimedOut _ -> false;
            case RunningProgram.ProgramEvent.Line(String text) -> line(text);
            case RunningProgram.ProgramEvent.TooMuch(String why) -> {
                state.change((before, now) -> before.flooded(role, why, now));
                yield true;
            }
            case RunningProgram.ProgramEvent.Ended(int status, String err) -> {
                state.change((before, now) -> before.exited(role, status, err, "", now));
                yield true;
            }
        };
    }

    private boolean line(String text) throws Unreachable {
        AgentEvent event;
        try {
            event = AgentEvent.read(text);
        } catch (MalformedLine garbled) {
            return garbled(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text, garbled);
        }
        state.change((before, now) -> before.received(role, event, now));
        if (event instanceof AgentEvent.Hello) Thread.ofVirtual().start(() -> guarded(this::renew));
        return false;
    }

    /// Half a line is the last output of a program that was killed.
    private boolean garbled(String shown, MalformedLine why) throws Unreachable {
        if (program.next(timing.lastWords()) instanceof RunningProgram.ProgramEvent.Ended(int status, String err))
            state.change((before, now) -> before.exited(role, status, err, shown, now));
        else state.change((before, now) -> before.garbled(role, why.getMessage() + ": " + shown, now));
        return true;
    }

    /// Tells it one line, unless it is over.
    void tell(String line) throws Unreachable {
        sendLock.lock();
        try {
            if (ended(state.now())) return;
            sentSettings = true;
            program.tell(line);
        } finally {
            sendLock.unlock();
        }
    }

    private boolean ended(PairState now) {
        return now.of(role).over() || now.of(role).closing();
    }

    /// Its first line is its settings: there is no lease before.
    private boolean hasSettings() {
        sendLock.lock();
        try {
            return sentSettings;
        } finally {
            sendLock.unlock();
        }
    }

    private void renew() {
        try {
            while (!ended(state.await(this::ended, lease.dividedBy(3)))) if (hasSettings()) tell(ALIVE);
        } catch (Unreachable lost) {
            state.change((before, _) -> before.untold(role, lost));
        }
    }

    /// Ends the program, and puts back what it left when it was killed before it could, or never got its settings.
    @Override
    public void close() {
        state.change((before, _) -> before.closing(role));
        boolean hadSettings =
            hasSettings();                   // what to put back, and its run directory; nobody is in the middle of a line
        program.close();
        if (state.await(now -> !now.of(role).running(), timing.lastWords()).killed(role) || !hadSettings) leave();
    }

    private void leave() {
        try {
            Leftovers.mend(endpoint.session(), endpoint.directory(), endpoint.restore());
        } catch (Unreachable lost) {
            // the lease file stays for the next visit
        }
    }
}
