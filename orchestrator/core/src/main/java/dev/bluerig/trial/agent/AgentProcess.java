package dev.bluerig.trial.agent;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.trial.deploy.Leftovers;
import dev.bluerig.trial.spec.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One program of a run: one thread listens to it, one renews its lease. What it has said so far is read under the lock that both ends share.
final class AgentProcess implements AutoCloseable {
    /// How far it is by its own words.
    enum Phase { STARTED, GREETED, READY, ADMITTING, CONNECTED, EXCHANGED, REPORTED }

    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Duration LISTENING = Duration.ofSeconds(5);
    /// Exit codes of a program that has put everything back (docs/pair-protocol.md).
    private static final Set<Integer> CLEAN = Set.of(0, 1, 2, 143);
    /// How often a program may tell the state of its connections: once each when they are opened, closed, and whenever it is asked.
    private static final int MOST_STATES = 64;
    private static final String ALIVE = "{\"command\":\"alive\"}";

    private final Role role;
    private final AgentEndpoint seat;
    private final Duration lease;
    private final int lanes;
    private final ReentrantLock lock;
    private final Condition changed;
    private final ReentrantLock telling = new ReentrantLock();
    private final RunningProgram live;
    private final List<FailureCause> blames;

    private Phase phase = Phase.STARTED;
    private AgentEvent.Ready ready = new AgentEvent.Ready("0".repeat(64), "", 0);
    private AgentEvent.Progress progress = new AgentEvent.Progress(0, 0, 0);
    private Optional<AgentEvent.Result> result = Optional.empty();
    private Optional<FailureCause> blame = Optional.empty();
    private Optional<Throwable> defect = Optional.empty();
    private final List<ConnectionSample> samples = new ArrayList<>();
    private List<ConnectionSample> asked = List.of();
    private int answers;
    private String fallback = "";
    private String complaint = "";
    private boolean over;
    private boolean closing;
    private boolean died;
    private boolean told;
    private int status;
    private int connections;
    private long heardAt = System.nanoTime();

    private AgentProcess(Role role, AgentEndpoint seat, Duration lease, int lanes, RunningProgram live, ReentrantLock lock, Condition changed, List<FailureCause> blames) {
        this.role = role;
        this.seat = seat;
        this.lease = lease;
        this.lanes = lanes;
        this.live = live;
        this.lock = lock;
        this.changed = changed;
        this.blames = blames;
    }

    /// `lanes`: how many connections there are to be. `blames`: of both ends, in the order they came to be known; guarded by the lock.
    static AgentProcess start(Role role, AgentEndpoint seat, Duration lease, int lanes, ReentrantLock lock, Condition changed, List<FailureCause> blames) throws Unreachable {
        var player = new AgentProcess(role, seat, lease, lanes, seat.session().launch(seat.installed().command()), lock, changed, blames);
        Thread.ofVirtual().start(player::listen);
        return player;
    }

    AgentEndpoint seat() {
        return seat;
    }

    Role role() {
        return role;
    }

    private void listen() {
        try {
            while (!heard(live.next(LISTENING))) {}
        } catch (Unreachable lost) {
            change(() -> {
                over = true;
                blamed(FailureCause.lost(seat.machine(), role, lost));
            });
        } catch (RuntimeException | Error bug) {
            change(() -> defect = Optional.of(bug));
        }
    }

    /// True when nothing more is to be heard.
    private boolean heard(RunningProgram.Heard heard) throws Unreachable {
        return switch (heard) {
            case RunningProgram.Heard.Silence silence -> false;
            case RunningProgram.Heard.Line(String text) -> line(text);
            case RunningProgram.Heard.TooMuch(String why) -> {
                change(() -> {
                    over = true;
                    troubled(DriverCode.PROGRAM_GARBLED, why);
                });
                yield true;
            }
            case RunningProgram.Heard.Ended(int status, String err) -> {
                change(() -> ended(status, err, ""));
                yield true;
            }
        };
    }

    private boolean line(String text) throws Unreachable {
        AgentEvent event;
        try {
            event = AgentEvent.of(text);
        } catch (InvalidInput garbled) {
            return garbled(text, garbled);
        }
        change(() -> event(event));
        return false;
    }

    /// Half a line is the last word of a program that was killed.
    private boolean garbled(String text, InvalidInput why) throws Unreachable {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        if (live.next(A_MOMENT) instanceof RunningProgram.Heard.Ended(int status, String err)) change(() -> ended(status, err, "; its last words: " + shown));
        else change(() -> troubled(DriverCode.PROGRAM_GARBLED, why.getMessage() + ": " + shown));
        return true;
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            heardAt = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void event(AgentEvent event) {
        switch (event) {
            case AgentEvent.Hello hello -> {
                step(event, Phase.STARTED, Phase.GREETED);
                Thread.ofVirtual().start(this::renew);
            }
            case AgentEvent.Ready said -> {
                if (role == Role.SERVER && said.port() == 0) troubled(DriverCode.PROGRAM_GARBLED, "`ready` of a server without its port");
                else ready = said;
                step(event, Phase.GREETED, Phase.READY);
            }
            case AgentEvent.Admitting admitting -> step(event, Phase.READY, Phase.ADMITTING);
            case AgentEvent.Connected connected -> {
                between(event, Phase.READY, Phase.CONNECTED);
                phase = Phase.CONNECTED;
                if (connections == lanes) troubled(DriverCode.PROGRAM_OUT_OF_ORDER, "`connected` more than " + lanes + " times");
                else connections++;
                if (fallback.isEmpty()) fallback = connected.reason();
            }
            case AgentEvent.State state -> state(state);
            case AgentEvent.Progress said -> {
                between(event, Phase.READY, Phase.EXCHANGED);
                progress = said;
            }
            case AgentEvent.Exchanged exchanged -> step(event, Phase.CONNECTED, Phase.EXCHANGED);
            case AgentEvent.Result said -> {
                step(event, Phase.EXCHANGED, Phase.REPORTED);
                result = Optional.of(said);
            }
            case AgentEvent.Failed failed -> blamed(new FailureCause(seat.machine(), role, new AgentFailure(new CodeName(failed.code(), CodeFamily.AGENT), failed.errno(), failed.message()), Optional.empty()));
            case AgentEvent.Dropped dropped -> {}
            case AgentEvent.Unheard unheard -> {}
        }
    }

    private void state(AgentEvent.State state) {
        List<ConnectionSample> said = state.connections().stream().map(line -> sample(state.when(), line)).toList();
        if (samples.size() + said.size() > MOST_STATES * lanes) {
            troubled(DriverCode.PROGRAM_OUT_OF_ORDER, "`state` tells of more connections than there are, or too often: " + samples.size() + " states were kept");
            return;
        }
        samples.addAll(said);
        switch (state.when()) {
            case OPENED -> between(state, Phase.CONNECTED, Phase.EXCHANGED);
            case ASKED -> {
                between(state, Phase.READY, Phase.EXCHANGED);
                asked = said;
                answers++;
            }
            case CLOSING -> between(state, Phase.EXCHANGED, Phase.EXCHANGED);
        }
    }

    private void step(AgentEvent event, Phase from, Phase to) {
        between(event, from, from);
        phase = to;
    }

    private void between(AgentEvent event, Phase from, Phase to) {
        if (phase.compareTo(from) < 0 || phase.compareTo(to) > 0)
            troubled(DriverCode.PROGRAM_OUT_OF_ORDER, "`" + event.getClass().getSimpleName().toLowerCase(Locale.ROOT) + "` while it was " + phase.name().toLowerCase(Locale.ROOT));
    }

    private void ended(int with, String err, String words) {
        over = true;
        status = with;
        complaint = err.strip();
        died = blame.isEmpty() && result.isEmpty() && !closing;
        if (died) troubled(DriverCode.PROGRAM_DIED, "it ended " + how(with) + words + (complaint.isEmpty() ? "" : "; it said on stderr: " + last(complaint)));
    }

    private static String how(int status) {
        if (status == 127) return "before it began: there is no such program (exit status 127)";
        if (status == 126) return "before it began: it may not be executed (exit status 126)";
        return status < 0 ? "by a signal" : "with exit status " + status;
    }

    private static String last(String text) {
        String[] lines = text.split("\\R");
        return String.join(" / ", Arrays.asList(lines).subList(Math.max(0, lines.length - 5), lines.length));
    }

    void troubled(DriverCode trouble, String message) {
        blamed(new FailureCause(seat.machine(), role, new AgentFailure(trouble, "", message), Optional.empty()));
    }

    /// What is said first counts.
    private void blamed(FailureCause found) {
        if (blame.isPresent() || closing) return;
        blame = Optional.of(found);
        blames.add(found);
    }

    private static ConnectionSample sample(ConnectionSample.When when, AgentEvent.Line line) {
        return new ConnectionSample(line.connection(), when, place(line.transmit(), line.reason()), place(line.receive(), line.reason()), line.version(), line.cipher(),
            line.transmitted(), line.received());
    }

    private static Reading<TlsConf> place(String text, String reason) {
        for (TlsConf place : TlsConf.values()) if (place.text().equals(text)) return Reading.known(place);
        return Reading.unknown(text.equals("unknown") ? reason : "the program says `" + text + "`, which this version does not know");
    }

    /// Tells it one line, unless it is over.
    void tell(String line) throws Unreachable {
        telling.lock();
        try {
            if (closed()) return;
            told = true;
            live.tell(line);
        } finally {
            telling.unlock();
        }
    }

    /// Its first line is its settings: there is no lease before.
    private boolean settled() {
        telling.lock();
        try {
            return told;
        } finally {
            telling.unlock();
        }
    }

    private boolean closed() {
        lock.lock();
        try {
            return over || closing;
        } finally {
            lock.unlock();
        }
    }

    private void renew() {
        try {
            long every = lease.toNanos() / 3;
            while (waited(every)) if (settled()) tell(ALIVE);
        } catch (Unreachable lost) {
            change(() -> blamed(FailureCause.lost(seat.machine(), role, lost)));
        } catch (RuntimeException | Error bug) {
            change(() -> defect = Optional.of(bug));
        }
    }

    /// False when it is over.
    private boolean waited(long nanos) {
        lock.lock();
        try {
            long until = System.nanoTime() + nanos;
            for (long left = nanos; left > 0 && !over && !closing; left = until - System.nanoTime()) pause(changed, left);
            return !over && !closing;
        } finally {
            lock.unlock();
        }
    }

    /// One wait under the condition's lock, which an interrupt ends early but does not make fail.
    static void pause(Condition changed, long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException early) {
            interrupted = true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /// Everything from here to `report` is read under the lock.
    Phase phase() {
        return phase;
    }

    boolean over() {
        return over;
    }

    Optional<Throwable> defect() {
        return defect;
    }

    boolean blamed() {
        return blame.isPresent();
    }

    AgentEvent.Ready ready() {
        return ready;
    }

    AgentEvent.Progress progress() {
        return progress;
    }

    int answers() {
        return answers;
    }

    int connections() {
        return connections;
    }

    List<ConnectionSample> asked() {
        return asked;
    }

    Optional<AgentEvent.Result> result() {
        return result;
    }

    String complaint() {
        return complaint;
    }

    long heardAt() {
        return heardAt;
    }

    /// `equal`: what it received has the digest of what the peer sent.
    AgentReport report(boolean equal) {
        return new AgentReport(role, samples, result.map(said -> said.sent().transfer(true)).orElse(TransferTotals.none()),
            result.map(said -> said.received().transfer(equal)).orElse(TransferTotals.none()), result.map(AgentEvent.Result::usage).orElse(CpuUsage.none()), fallback,
            blame.map(FailureCause::failure));
    }

    /// Ends the program, and puts back what it left when it was killed before it could, or never heard what there is to put back.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean knew = settled();                           // what to put back, and its run directory; nobody is in the middle of a line
        live.close();
        if (killed() || !knew) leave();
    }

    /// True when it could not clean up: it said nothing of its end, or had to be killed.
    private boolean killed() {
        lock.lock();
        try {
            long until = System.nanoTime() + A_MOMENT.toNanos();
            for (long left = A_MOMENT.toNanos(); left > 0 && !over; left = until - System.nanoTime()) pause(changed, left);
            return died || (over ? !CLEAN.contains(status) : blame.flatMap(FailureCause::lost).isEmpty());
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        try {
            Leftovers.mend(seat.session(), seat.directory(), seat.restore());
        } catch (Unreachable lost) {
            // the lease file stays for the next visit
        }
    }
}
