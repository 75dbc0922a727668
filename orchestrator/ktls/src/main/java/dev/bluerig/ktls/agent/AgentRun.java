package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.Meter;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.AgentCommand;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.AgentSettings;
import dev.bluerig.protocol.JsonReader;
import dev.bluerig.protocol.Lease;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.MalformedLine;
import dev.bluerig.protocol.PayloadPattern;
import dev.bluerig.protocol.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One run of one agent, from `ready` to `result`: takes one event after the other and decides.
final class AgentRun implements AutoCloseable {
    static final String PAYLOAD = "payload";
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(60);
    private static final Duration ENDING_LIMIT = Duration.ofMillis(1500);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private enum Stage { READY, OPENING, FLOWING, EXCHANGED, CLOSED, OVER }

    private final AgentSettings settings;
    private final LeaseKeeper lease;
    private final AgentHost host;
    private final EventWriter writer;
    private final BlockingQueue<RunEvent> events;
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

    AgentRun(AgentSettings settings, Identity identity, LeaseKeeper lease, AgentHost host, EventWriter writer,
        BlockingQueue<RunEvent> events) throws PairFailed {
        this.settings = settings;
        this.identity = identity;
        this.lease = lease;
        this.host = host;
        this.writer = writer;
        this.events = events;
        var pattern = new PayloadPattern(settings.load().seed());
        work = new Workload(settings, identity, pattern, file(pattern), writer, events::add);
        report = new TrafficReport(work);
        watch = new StallWatcher(work);
        before = usage();
        cost = before;
        server = settings.role() == Role.SERVER ? Optional.of(AgentServer.listen(host.network(), settings)) : Optional.empty();
    }

    private Optional<Path> file(PayloadPattern pattern) throws PairFailed {
        if (!settings.sends() || settings.load().source() == LoadSettings.Source.SEND) return Optional.empty();
        try {
            return Optional.of(host.write(settings.lifetime().directory(), PAYLOAD, pattern.whole()));
        } catch (IOException refused) {
            throw new PairFailed(AgentCode.OTHER, "cannot write the payload of " + PayloadPattern.BYTES + " bytes to " + settings.lifetime()
                .directory() + ": " + refused);
        }
    }

    private Meter.Usage usage() throws PairFailed {
        try {
            return host.meter().now();
        } catch (SystemFailure refused) {
            throw new PairFailed(AgentCode.OTHER, "cannot read what this process and the cores have done", refused);
        }
    }

    /// The exit code.
    int run() throws PairFailed, InterruptedException {
        String fingerprint = identity.fingerprint();
        writer.say(server.map(AgentServer::address)
            .map(at -> new AgentEvent.Ready(fingerprint, at.getAddress().getHostAddress(), at.getPort()))
            .orElseGet(() -> new AgentEvent.Ready(fingerprint, "", 0)));
        while (stage != Stage.CLOSED && stage != Stage.OVER) {
            ring();
            long wait = Math.min(lease.over().left(), Math.min(opening.left(), second.left()));
            RunEvent event = events.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            if (event != null) take(event);
        }
        return stage == Stage.CLOSED ? 0 : 2;
    }

    private void ring() throws PairFailed {
        if (lease.over().rang())
            throw new PairFailed(AgentCode.LEASE_OVER, "no line came for " + settings.lifetime().lease().toSeconds() + " seconds");
        if (opening.rang())
            throw new PairFailed(AgentCode.PEER_STOPPED, connected + " of " + settings.load().connections() + " connections stood after "
                + OPENING_LIMIT.toSeconds() + " seconds");
        if (!second.rang()) return;
        second.again(SECOND);
        writer.say(report.second());
        watch.look();
    }

    private void take(RunEvent event) throws PairFailed {
        switch (event) {
            case RunEvent.Line(String text) -> obey(text);
            case RunEvent.EndRequested() -> stage = Stage.OVER;
            case RunEvent.Failed(PairFailed why) -> throw why;
            case RunEvent.HandshakeDone() -> {
                if (stage == Stage.OPENING && !opening.on()) opening.in(OPENING_LIMIT);
            }
            case RunEvent.Connected(ConnectionWorker worker) -> {
                connected++;
                if (connected == settings.load().connections()) flow();
            }
            case RunEvent.WorkerDone(ConnectionWorker worker) -> {
                watch.done(worker);
                done++;
                if (done == settings.load().connections()) exchanged();
            }
        }
    }

    private void flow() throws PairFailed {
        opening.off();
        if (settings.load().mode() == LoadSettings.Mode.STREAM) server.ifPresent(AgentServer::close);
        writer.say(state(AgentEvent.When.OPENED));
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
        writer.say(new AgentEvent.Exchanged());
    }

    private AgentEvent state(AgentEvent.When when) {
        return new AgentEvent.State(when, work.workers().stream().flatMap(worker -> worker.state().stream()).toList());
    }

    private void obey(String line) throws PairFailed {
        AgentCommand command;
        try {
            command = AgentCommand.read(JsonReader.read(line));
            lease.renew();
        } catch (MalformedLine bad) {
            throw new PairFailed(AgentCode.SETTINGS_REFUSED, "command: " + bad.getMessage());
        } catch (IOException refused) {
            throw new PairFailed(AgentCode.OTHER, "cannot write " + Lease.FILE + " in " + settings.lifetime().directory() + ": " + refused);
        }
        switch (command) {
            case AgentCommand.Alive() -> {}
            case AgentCommand.Peer peer -> admit(peer);
            case AgentCommand.Go() -> go();
            case AgentCommand.State() -> writer.say(state(AgentEvent.When.ASKED));
            case AgentCommand.Close() -> finish();
        }
    }

    private void admit(AgentCommand.Peer peer) throws PairFailed {
        demand(stage == Stage.READY && server.isPresent(), "`peer` is for a server that is ready");
        stage = Stage.OPENING;
        writer.say(new AgentEvent.Admitting());
        server.ifPresent(listening -> listening.admit(work, peer));
    }

    private void go() throws PairFailed {
        demand(stage == Stage.READY && server.isEmpty(), "`go` is for a client that is ready");
        stage = Stage.OPENING;
        new AgentClient(work, host.network()).go();
    }

    private void finish() throws PairFailed {
        demand(stage == Stage.EXCHANGED, "`close` is for after `exchanged`");
        writer.say(state(AgentEvent.When.CLOSING));
        work.workers().forEach(ConnectionWorker::release);
        writer.say(report.result(cost, server.map(AgentServer::dropped).orElse(0)));
        stage = Stage.CLOSED;
    }

    private static void demand(boolean fine, String problem) throws PairFailed {
        if (!fine) throw new PairFailed(AgentCode.SETTINGS_REFUSED, "command: " + problem);
    }

    /// On every way out.
    @Override
    public void close() {
        server.ifPresent(AgentServer::close);
        work.end(ENDING_LIMIT);
    }
}
