package dev.bluerig.trial.agent;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.deploy.DeployCode;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Drives the two programs of one run by the protocol of docs/pair-protocol.md: one thread drives, both programs' leases are renewed all along.
///
/// `start`, `play`, `state` as often as wanted, `end`; `close` in any case. Everything that goes wrong is a `AgentRunFailed`, a lost machine too.
public final class AgentPair implements AutoCloseable {
    /// How far a run is, about once a second: the payload bytes that each end has sent and received so far.
    public record Progress(double seconds, long sentByServer, long receivedByServer, long sentByClient, long receivedByClient) {
        long moved() {
            return sentByServer + receivedByServer + sentByClient + receivedByClient;
        }
    }

    /// What both programs said of the whole run.
    public record Reports(AgentReport server, AgentReport client) {
        public AgentReport of(Role role) {
            return role == Role.SERVER ? server : client;
        }
    }

    /// What the programs say of their connections at one moment.
    public record States(List<ConnectionSample> server, List<ConnectionSample> client) {
        public States {
            server = List.copyOf(server);
            client = List.copyOf(client);
        }
    }

    /// After one end has failed, the other one's word may still be on its way; it can be the cause.
    private static final Duration SETTLE = Duration.ofSeconds(2);
    /// A command of `restore` has 10 s on the machine.
    private static final Duration RESTORING = Duration.ofSeconds(20);

    private final AgentPairSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<FailureCause> blames = new ArrayList<>();
    private final List<AgentProcess> players = new ArrayList<>();
    private boolean serverDiffers;
    private boolean clientDiffers;

    private AgentPair(AgentPairSettings settings) {
        this.settings = settings;
    }

    /// Starts both programs; the server listens and both know each other's certificate. No connection yet.
    public static AgentPair start(AgentEndpoint server, AgentEndpoint client, AgentPairSettings settings) throws AgentRunFailed {
        var duet = new AgentPair(settings);
        try {
            duet.seat(Role.SERVER, server);
            duet.seat(Role.CLIENT, client);
            duet.meet();
            return duet;
        } catch (AgentRunFailed | RuntimeException | Error failed) {
            duet.close();
            throw failed;
        }
    }

    /// Where the server listens.
    public int port() {
        lock.lock();
        try {
            return server().ready().port();
        } finally {
            lock.unlock();
        }
    }

    private void seat(Role role, AgentEndpoint seat) throws AgentRunFailed {
        try {
            makeDirectory(role, seat);
            players.add(AgentProcess.start(role, seat, settings.lease(), settings.load().connections(), lock, changed, blames));
        } catch (Unreachable lost) {
            throw FailureCause.root(List.of(FailureCause.lost(seat.machine(), role, lost)));
        }
    }

    private static void makeDirectory(Role role, AgentEndpoint seat) throws Unreachable, AgentRunFailed {
        String directory = seat.directory();
        List<Command> steps = List.of(Command.of("mkdir", "-p", directory.substring(0, directory.lastIndexOf('/'))), Command.of("mkdir", "-m", "0700", directory));
        for (Reply reply : seat.session().exchange(new Exchange(steps, List.of()))) {
            if (reply instanceof Reply.Ran ran && ran.ok()) continue;
            String said = reply instanceof Reply.Ran ran ? ran.err().strip() : reply.toString();
            throw FailureCause.root(List.of(new FailureCause(seat.machine(), role,
                new AgentFailure(DeployCode.CACHE_UNWRITABLE, "", "the run directory " + directory + " could not be made: " + said), Optional.empty())));
        }
    }

    private AgentProcess server() {
        return players.get(0);
    }

    private AgentProcess client() {
        return players.get(1);
    }

    private void meet() throws AgentRunFailed {
        for (AgentProcess player : players) reach(player, AgentProcess.Phase.GREETED, "hello");
        tell(server(), AgentSettings.server(server().seat(), settings).line());
        reach(server(), AgentProcess.Phase.READY, "ready");
        AgentEvent.Ready open = server().ready();
        tell(client(), AgentSettings.client(client().seat(), settings, server().seat().address(), open.port(), open.fingerprint()).line());
        reach(client(), AgentProcess.Phase.READY, "ready");
        tell(server(), "{\"command\":\"peer\",\"pin\":\"" + client().ready().fingerprint() + "\",\"address\":\"" + client().seat().address() + "\"}");
        reach(server(), AgentProcess.Phase.ADMITTING, "admitting");
    }

    /// Connects and returns when all payload is through; the connections stay open. `watcher` is called on this thread.
    public void play(Consumer<Progress> watcher) throws AgentRunFailed {
        tell(client(), "{\"command\":\"go\"}");
        var last = new Progress(0, 0, 0, 0, 0);
        long movedAt = System.nanoTime();
        long overdue = movedAt + settings.longest().toNanos();
        while (true) {
            Progress now = awaited(last);
            if (now.moved() != last.moved()) movedAt = System.nanoTime();
            if (!now.equals(last)) watcher.accept(now);
            last = now;
            if (all(AgentProcess.Phase.EXCHANGED)) return;
            mind(movedAt, overdue);
        }
    }

    /// Returns when something else is known than `last`, or half of the patience is over.
    private Progress awaited(Progress last) throws AgentRunFailed {
        await(() -> !progress().equals(last) || all(AgentProcess.Phase.EXCHANGED), settings.patience().dividedBy(2));
        return progress();
    }

    /// Fails when a program says nothing any more, or nothing moves between them.
    private void mind(long movedAt, long overdue) throws AgentRunFailed {
        lock.lock();
        try {
            long patience = settings.patience().toNanos();
            long now = System.nanoTime();
            boolean opening = players.stream().anyMatch(player -> player.connections() < settings.load().connections());
            for (AgentProcess player : players) {
                if (player.phase() != AgentProcess.Phase.EXCHANGED && now - player.heardAt() > (opening ? patience + AgentPairSettings.OPENING.toNanos() : patience))
                    silent(player, "`progress`", Duration.ofNanos(now - player.heardAt()));
            }
            if (blames.isEmpty() && !opening && now - movedAt > patience)
                client().troubled(DriverCode.PAYLOAD_STALLED, "no byte moved for " + Duration.ofNanos(now - movedAt).toSeconds() + " s; so far " + progress());
            if (blames.isEmpty() && now > overdue)
                client().troubled(DriverCode.PROGRAM_OVERDUE, "not all payload was through after " + settings.longest().toSeconds() + " s; so far " + progress());
            if (!blames.isEmpty()) throw FailureCause.root(blames);
        } finally {
            lock.unlock();
        }
    }

    private static void silent(AgentProcess player, String wanted, Duration since) {
        player.troubled(DriverCode.PROGRAM_SILENT, wanted + " was awaited, and nothing was heard for " + since.toSeconds() + " s");
    }

    private Progress progress() {
        lock.lock();
        try {
            AgentEvent.Progress ofServer = server().progress();
            AgentEvent.Progress ofClient = client().progress();
            return new Progress(Math.max(ofServer.seconds(), ofClient.seconds()), ofServer.sent(), ofServer.received(), ofClient.sent(), ofClient.received());
        } finally {
            lock.unlock();
        }
    }

    private boolean all(AgentProcess.Phase phase) {
        return players.stream().allMatch(player -> player.phase().compareTo(phase) >= 0);
    }

    /// Asks both for their connections' state, after `play`.
    public States state() throws AgentRunFailed {
        int ofServer = server().answers();
        int ofClient = client().answers();
        for (AgentProcess player : players) tell(player, "{\"command\":\"state\"}");
        if (!await(() -> server().answers() > ofServer, settings.patience())) lacks(server(), "state");
        if (!await(() -> client().answers() > ofClient, settings.patience())) lacks(client(), "state");
        lock.lock();
        try {
            return new States(server().asked(), client().asked());
        } finally {
            lock.unlock();
        }
    }

    /// Closes the connections and hears the results; returns when both programs have put back what they changed and ended.
    public Reports end() throws AgentRunFailed {
        for (AgentProcess player : players) tell(player, "{\"command\":\"close\"}");
        for (AgentProcess player : players) reach(player, AgentProcess.Phase.REPORTED, "result");
        compare();
        await(() -> players.stream().allMatch(AgentProcess::over), RESTORING.plus(settings.patience()));
        return soFar();
    }

    /// The digest of what one end sent must be that of what the other received; who compares every byte has one.
    private void compare() throws AgentRunFailed {
        if (settings.load().verify() == Load.Verify.EVERY_BYTE) for (AgentProcess player : players) digested(player);
        AgentEvent.Result ofServer = server().result().orElseThrow();
        AgentEvent.Result ofClient = client().result().orElseThrow();
        serverDiffers = differ(ofClient.sent(), ofServer.received());
        clientDiffers = differ(ofServer.sent(), ofClient.received());
    }

    private void digested(AgentProcess player) throws AgentRunFailed {
        lock.lock();
        try {
            AgentEvent.Result said = player.result().orElseThrow();
            for (AgentEvent.Flow flow : List.of(said.sent(), said.received()))
                if (flow.bytes() > 0 && flow.digest().isEmpty()) player.troubled(DriverCode.PROGRAM_GARBLED, "`result` has no `digest`, although every byte is verified");
            if (!blames.isEmpty()) throw FailureCause.root(blames);
        } finally {
            lock.unlock();
        }
    }

    private static boolean differ(AgentEvent.Flow sent, AgentEvent.Flow received) {
        return !sent.digest().isEmpty() && !received.digest().isEmpty() && !sent.digest().equals(received.digest());
    }

    /// What both programs have said so far, for a run that failed.
    public Reports soFar() {
        lock.lock();
        try {
            return new Reports(server().report(!serverDiffers), client().report(!clientDiffers));
        } finally {
            lock.unlock();
        }
    }

    /// What the programs said on stderr, each with its machine: a command of `restore` that failed, a warning of Java. Complete after `end`.
    public List<String> complaints() {
        lock.lock();
        try {
            return players.stream().filter(player -> !player.complaint().isEmpty()).map(player -> player.seat().machine() + ": " + player.complaint()).toList();
        } finally {
            lock.unlock();
        }
    }

    private void tell(AgentProcess player, String line) throws AgentRunFailed {
        try {
            player.tell(line);
        } catch (Unreachable lost) {
            throw FailureCause.root(List.of(FailureCause.lost(player.seat().machine(), player.role(), lost)));
        }
    }

    private void reach(AgentProcess player, AgentProcess.Phase phase, String wanted) throws AgentRunFailed {
        if (!await(() -> player.phase().compareTo(phase) >= 0, settings.patience())) lacks(player, wanted);
    }

    private void lacks(AgentProcess player, String wanted) throws AgentRunFailed {
        lock.lock();
        try {
            silent(player, "`" + wanted + "`", settings.patience());
            throw FailureCause.root(blames);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for it; false when time is up. As soon as one end is in trouble, hears the other one out and throws the cause.
    private boolean await(BooleanSupplier reached, Duration patience) throws AgentRunFailed {
        lock.lock();
        try {
            long until = System.nanoTime() + patience.toNanos();
            while (true) {
                for (AgentProcess player : players) {
                    Optional<Throwable> defect = player.defect();
                    if (defect.isPresent()) throw new IllegalStateException("while listening to " + player.seat().machine(), defect.get());
                }
                if (!blames.isEmpty()) throw settled();
                if (reached.getAsBoolean()) return true;
                long left = until - System.nanoTime();
                if (left <= 0) return false;
                AgentProcess.pause(changed, left);
            }
        } finally {
            lock.unlock();
        }
    }

    private AgentRunFailed settled() {
        long until = System.nanoTime() + SETTLE.toNanos();
        boolean consequence = blames.stream().allMatch(blame -> blame.rank() > 0);
        for (long left = SETTLE.toNanos(); left > 0 && consequence && !players.stream().allMatch(player -> player.blamed() || player.over()); left = until - System.nanoTime())
            AgentProcess.pause(changed, left);
        return FailureCause.root(blames);
    }

    /// Ends both programs, whatever they do, at the same time; they put back what they changed.
    @Override
    public void close() {
        List<Thread> endings = players.stream().map(player -> Thread.ofVirtual().start(player::close)).toList();
        boolean interrupted = Thread.interrupted();
        for (Thread ending : endings) {
            while (true) {
                try {
                    ending.join();
                    break;
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
