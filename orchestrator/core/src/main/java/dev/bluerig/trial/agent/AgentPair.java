package dev.bluerig.trial.agent;

import dev.bluerig.protocol.AddressLiteral;
import dev.bluerig.protocol.AgentCommand;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.Role;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.deploy.DeployCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Drives the two programs of one run by the protocol of docs/pair-protocol.md: one thread drives, both programs' leases are renewed
/// all along.
///
/// `start`, `transfer`, `state` as often as wanted, `end`; `close` in any case. Everything that goes wrong is a `AgentRunFailed`, a lost
/// machine too.
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

    /// The state of the connections at one time, as both programs report it.
    public record States(List<ConnectionSample> server, List<ConnectionSample> client) {
        public States {
            server = List.copyOf(server);
            client = List.copyOf(client);
        }
    }

    private final AgentPairSettings settings;
    private final DriverTiming timing;
    private final SharedState<PairState> state;
    private final List<AgentProcess> processes = new ArrayList<>();

    private AgentPair(AgentPairSettings settings, DriverTiming timing, PairState first) {
        this.settings = settings;
        this.timing = timing;
        this.state = new SharedState<>(timing.clock(), first);
    }

    /// Starts both programs; the server listens and both know each other's certificate. No connection yet.
    public static AgentPair start(AgentEndpoint server, AgentEndpoint client, AgentPairSettings settings) throws AgentRunFailed {
        return start(server, client, settings, DriverTiming.by(WaitClock.system()));
    }

    static AgentPair start(AgentEndpoint server, AgentEndpoint client, AgentPairSettings settings, DriverTiming timing)
            throws AgentRunFailed {
        var pair = new AgentPair(settings, timing, PairState.started(settings, server.machine(), client.machine(), timing.clock().nanos()));
        try {
            pair.launch(Role.SERVER, server);
            pair.launch(Role.CLIENT, client);
            pair.meet();
            return pair;
        } catch (AgentRunFailed | RuntimeException | Error failed) {
            pair.close();
            throw failed;
        }
    }

    /// Where the server listens.
    public int port() {
        return ready(Role.SERVER).port();
    }

    private AgentEvent.Ready ready(Role role) {
        return state.now().of(role).state().events().ready();
    }

    private void launch(Role role, AgentEndpoint endpoint) throws AgentRunFailed {
        try {
            makeDirectory(role, endpoint);
            processes.add(AgentProcess.start(role, endpoint, settings.lease(), state, timing));
        } catch (Unreachable lost) {
            throw FailureCause.root(List.of(FailureCause.lost(endpoint.machine(), role, lost)));
        }
    }

    private static void makeDirectory(Role role, AgentEndpoint endpoint) throws Unreachable, AgentRunFailed {
        String directory = endpoint.directory();
        String runs = directory.substring(0, directory.lastIndexOf('/'));
        List<Command> steps = List.of(Command.of("mkdir", "-p", runs), Command.of("mkdir", "-m", "0700", directory));
        for (Reply reply : endpoint.session().exchange(new Exchange(steps, List.of()))) {
            if (reply instanceof Reply.Ran ran && ran.ok()) continue;
            String error = reply instanceof Reply.Ran ran ? ran.err().strip() : reply.toString();
            var failure = new AgentFailure(DeployCode.CACHE_UNWRITABLE, "",
                "the run directory " + directory + " could not be made: " + error);
            throw FailureCause.root(List.of(new FailureCause(endpoint.machine(), role, failure, Optional.empty())));
        }
    }

    private AgentProcess server() {
        return processes.get(0);
    }

    private AgentProcess client() {
        return processes.get(1);
    }

    private void meet() throws AgentRunFailed {
        for (AgentProcess process : processes) reach(process.role(), AgentState.Phase.GREETED, "hello");
        AgentEndpoint listening = server().endpoint();
        AgentEndpoint connecting = client().endpoint();
        tell(server(), settings.server(listening).line());
        reach(Role.SERVER, AgentState.Phase.READY, "ready");
        AgentEvent.Ready open = ready(Role.SERVER);
        tell(client(), settings.client(connecting, listening, open.port(), open.fingerprint()).line());
        reach(Role.CLIENT, AgentState.Phase.READY, "ready");
        var address = Optional.of(new AddressLiteral(connecting.address()));
        tell(server(), new AgentCommand.Peer(ready(Role.CLIENT).fingerprint(), address).line());
        reach(Role.SERVER, AgentState.Phase.ADMITTING, "admitting");
    }

    /// Connects and returns when all payload is through; the connections stay open. `watcher` is called on this thread.
    public void transfer(Consumer<Progress> watcher) throws AgentRunFailed {
        state.change(PairState::playing);
        tell(client(), new AgentCommand.Go().line());
        var last = new Progress(0, 0, 0, 0, 0);
        while (true) {
            Progress known = last;
            PairState now = await(state -> !state.progress().equals(known) || exchanged(state), settings.patience().dividedBy(2));
            if (!now.progress().equals(last)) watcher.accept(now.progress());
            last = now.progress();
            if (exchanged(now)) return;
            failing(state.change(PairState::awaitingPayload));
        }
    }

    private static boolean exchanged(PairState state) {
        return state.all(end -> end.reached(AgentState.Phase.EXCHANGED));
    }

    /// Asks both for their connections' state, after `transfer`.
    public States state() throws AgentRunFailed {
        PairState before = state.now();
        for (AgentProcess process : processes) tell(process, new AgentCommand.State().line());
        for (AgentProcess process : processes)
            owed(process.role(), "state", now -> samples(now, process.role()).answers() > samples(before, process.role()).answers());
        PairState now = state.now();
        return new States(samples(now, Role.SERVER).asked(), samples(now, Role.CLIENT).asked());
    }

    private static AgentState.Samples samples(PairState state, Role role) {
        return state.of(role).state().events().samples();
    }

    /// Closes the connections and waits for the results; returns when both programs have put back what they changed and ended.
    public Reports end() throws AgentRunFailed {
        for (AgentProcess process : processes) tell(process, new AgentCommand.Close().line());
        for (AgentProcess process : processes) reach(process.role(), AgentState.Phase.REPORTED, "result");
        await(state -> state.all(PairEnd::over), timing.restoring().plus(settings.patience()));
        return soFar();
    }

    /// What both programs have said so far, for a run that failed.
    public Reports soFar() {
        return state.now().reports();
    }

    /// What the programs said on stderr, each with its machine: a command of `restore` that failed, a warning of Java. Complete
    /// after `end`.
    public List<String> complaints() {
        return state.now().complaints();
    }

    private static void tell(AgentProcess process, String line) throws AgentRunFailed {
        try {
            process.tell(line);
        } catch (Unreachable lost) {
            throw FailureCause.root(List.of(FailureCause.lost(process.endpoint().machine(), process.role(), lost)));
        }
    }

    private void reach(Role role, AgentState.Phase phase, String wanted) throws AgentRunFailed {
        owed(role, wanted, state -> state.of(role).reached(phase));
    }

    private void owed(Role role, String wanted, Predicate<PairState> arrived) throws AgentRunFailed {
        if (arrived.test(await(arrived, settings.patience()))) return;
        failing(state.change((before, _) -> before.silent(role, wanted, settings.patience())));
    }

    /// Waits until it is so or time is up, and returns the state of then. As soon as one end fails, hears the other one out and
    /// throws the cause.
    private PairState await(Predicate<PairState> wanted, Duration patience) throws AgentRunFailed {
        PairState now = state.await(state -> state.defect().isPresent() || state.failed() || wanted.test(state), patience);
        if (now.defect().isPresent()) throw new IllegalStateException(now.defect().get().getMessage(), now.defect().get().getCause());
        failing(now.failed() ? state.await(PairState::settled, timing.settling()) : now);
        return now;
    }

    private static void failing(PairState now) throws AgentRunFailed {
        if (now.failed()) throw FailureCause.root(now.causes());
    }

    /// Ends both programs, whatever they do, at the same time; they put back what they changed.
    @Override
    public void close() {
        List<Thread> endings = processes.stream().map(process -> Thread.ofVirtual().start(process::close)).toList();
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
