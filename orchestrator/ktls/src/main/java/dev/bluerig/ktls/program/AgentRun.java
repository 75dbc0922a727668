package dev.bluerig.ktls.program;

import dev.bluerig.ktls.Meter;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.FailureCode;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The day of one end, from `ready` to `result`: takes one note after the other and decides.
final class AgentRun implements AutoCloseable {
    static final String PAYLOAD = "payload";
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(60);
    private static final Duration ENDING_LIMIT = Duration.ofMillis(1500);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private enum Stage { READY, OPENING, FLOWING, EXCHANGED, CLOSED, OVER }

    private final Settings settings;
    private final Lease lease;
    private final AgentHost host;
    private final EventWriter voice;
    private final BlockingQueue<RunEvent> notes;
    private final Identity identity;
    private final Workload work;
    private final TrafficReport report;
    private final StallWatcher watch;
    private final Optional<AgentServer> server;
    private final WakeTimer opening = new WakeTimer();
    private final WakeTimer second = new WakeTimer();
    private Stage stage = Stage.READY;
    private int connected;
    private int done;
    private Meter.Usage before;
    private Meter.Usage cost;

    AgentRun(Settings settings, Identity identity, Lease lease, AgentHost host, EventWriter voice, BlockingQueue<RunEvent> notes) throws PairFailed {
        this.settings = settings;
        this.identity = identity;
        this.lease = lease;
        this.host = host;
        this.voice = voice;
        this.notes = notes;
        var tile = new PayloadPattern(settings.seed());
        work = new Workload(settings, identity, tile, file(tile), voice, notes::add);
        report = new TrafficReport(work);
        watch = new StallWatcher(work);
        before = usage();
        cost = before;
        server = settings.role() == Role.SERVER ? Optional.of(AgentServer.listen(host.network(), settings)) : Optional.empty();
    }

    private Optional<Path> file(PayloadPattern tile) throws PairFailed {
        if (!settings.sends() || settings.source() == Settings.Source.SEND) return Optional.empty();
        try {
            return Optional.of(host.write(settings.directory(), PAYLOAD, tile.whole()));
        } catch (IOException refused) {
            throw new PairFailed(FailureCode.OTHER, "cannot write the payload of " + PayloadPattern.BYTES + " bytes to " + settings.directory() + ": " + refused);
        }
    }

    private Meter.Usage usage() throws PairFailed {
        try {
            return host.meter().now();
        } catch (SystemFailure refused) {
            throw new PairFailed(FailureCode.OTHER, "cannot read what this process and the cores have done", refused);
        }
    }

    /// The exit code.
    int run() throws PairFailed, InterruptedException {
        Json.Fields ready = Json.event("ready").with("fingerprint", identity.fingerprint());
        voice.say(server.map(listening -> ready.with("address", listening.address().getAddress().getHostAddress()).with("port", listening.address().getPort())).orElse(ready));
        while (stage != Stage.CLOSED && stage != Stage.OVER) {
            ring();
            long wait = Math.min(lease.over().left(), Math.min(opening.left(), second.left()));
            RunEvent note = notes.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            if (note != null) take(note);
        }
        return stage == Stage.CLOSED ? 0 : 2;
    }

    private void ring() throws PairFailed {
        if (lease.over().rang()) throw new PairFailed(FailureCode.LEASE_OVER, "no line came for " + settings.lease().toSeconds() + " seconds");
        if (opening.rang()) throw new PairFailed(FailureCode.PEER_STOPPED, connected + " of " + settings.connections() + " connections stood after " + OPENING_LIMIT.toSeconds() + " seconds");
        if (!second.rang()) return;
        second.again(SECOND);
        voice.say(report.second());
        watch.look();
    }

    private void take(RunEvent note) throws PairFailed {
        switch (note) {
            case RunEvent.Line(String text) -> obey(text);
            case RunEvent.Over() -> stage = Stage.OVER;
            case RunEvent.Failed(PairFailed why) -> throw why;
            case RunEvent.Met() -> {
                if (stage == Stage.OPENING && !opening.on()) opening.in(OPENING_LIMIT);
            }
            case RunEvent.Connected(ConnectionWorker lane) -> {
                connected++;
                if (connected == settings.connections()) flow();
            }
            case RunEvent.Done(ConnectionWorker lane) -> {
                watch.done(lane);
                done++;
                if (done == settings.connections()) exchanged();
            }
        }
    }

    private void flow() throws PairFailed {
        opening.off();
        if (settings.mode() == Settings.Mode.STREAM) server.ifPresent(AgentServer::close);
        voice.say(state("opened"));
        before = usage();
        second.in(SECOND);
        stage = Stage.FLOWING;
        work.begin();
    }

    private void exchanged() throws PairFailed {
        cost = usage().since(before);
        second.off();
        report.second();
        server.ifPresent(AgentServer::close);
        stage = Stage.EXCHANGED;
        voice.say(Json.event("exchanged"));
    }

    private Json.Fields state(String when) {
        List<Json> states = work.lanes().stream().flatMap(lane -> lane.state().stream()).toList();
        return Json.event("state").with("when", when).with("connections", new Json.Items(states));
    }

    private void obey(String line) throws PairFailed {
        AgentCommand order;
        try {
            order = AgentCommand.read(JsonReader.read(line));
            lease.renew();
        } catch (BadLine bad) {
            throw new PairFailed(FailureCode.SETTINGS_REFUSED, "command: " + bad.getMessage());
        } catch (IOException refused) {
            throw new PairFailed(FailureCode.OTHER, "cannot write " + Lease.FILE + " in " + settings.directory() + ": " + refused);
        }
        switch (order) {
            case AgentCommand.Alive() -> {}
            case AgentCommand.Peer peer -> admit(peer);
            case AgentCommand.Go() -> go();
            case AgentCommand.State() -> voice.say(state("asked"));
            case AgentCommand.Close() -> finish();
        }
    }

    private void admit(AgentCommand.Peer peer) throws PairFailed {
        demand(stage == Stage.READY && server.isPresent(), "`peer` is for a server that is ready");
        stage = Stage.OPENING;
        voice.say(Json.event("admitting"));
        server.ifPresent(listening -> listening.admit(work, peer));
    }

    private void go() throws PairFailed {
        demand(stage == Stage.READY && server.isEmpty(), "`go` is for a client that is ready");
        stage = Stage.OPENING;
        new AgentClient(work, host.network()).go();
    }

    private void finish() throws PairFailed {
        demand(stage == Stage.EXCHANGED, "`close` is for after `exchanged`");
        voice.say(state("closing"));
        work.lanes().forEach(ConnectionWorker::release);
        voice.say(report.result(cost, server.map(AgentServer::dropped).orElse(0)));
        stage = Stage.CLOSED;
    }

    private static void demand(boolean fine, String problem) throws PairFailed {
        if (!fine) throw new PairFailed(FailureCode.SETTINGS_REFUSED, "command: " + problem);
    }

    /// On every way out.
    @Override
    public void close() {
        server.ifPresent(AgentServer::close);
        work.end(ENDING_LIMIT);
    }
}
