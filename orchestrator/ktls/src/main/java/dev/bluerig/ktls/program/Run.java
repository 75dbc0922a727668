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
final class Run implements AutoCloseable {
    static final String PAYLOAD = "payload";
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(60);
    private static final Duration ENDING_LIMIT = Duration.ofMillis(1500);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private enum Stage { READY, OPENING, FLOWING, EXCHANGED, CLOSED, OVER }

    private final Settings settings;
    private final Lease lease;
    private final Host host;
    private final Voice voice;
    private final BlockingQueue<Note> notes;
    private final Identity identity;
    private final Work work;
    private final Report report;
    private final Watch watch;
    private final Optional<Server> server;
    private final Alarm opening = new Alarm();
    private final Alarm second = new Alarm();
    private Stage stage = Stage.READY;
    private int connected;
    private int done;
    private Meter.Usage before;
    private Meter.Usage cost;

    Run(Settings settings, Identity identity, Lease lease, Host host, Voice voice, BlockingQueue<Note> notes) throws PairFailed {
        this.settings = settings;
        this.identity = identity;
        this.lease = lease;
        this.host = host;
        this.voice = voice;
        this.notes = notes;
        var tile = new Tile(settings.seed());
        work = new Work(settings, identity, tile, file(tile), voice, notes::add);
        report = new Report(work);
        watch = new Watch(work);
        before = usage();
        cost = before;
        server = settings.role() == Role.SERVER ? Optional.of(Server.listen(host.network(), settings)) : Optional.empty();
    }

    private Optional<Path> file(Tile tile) throws PairFailed {
        if (!settings.sends() || settings.source() == Settings.Source.SEND) return Optional.empty();
        try {
            return Optional.of(host.write(settings.directory(), PAYLOAD, tile.whole()));
        } catch (IOException refused) {
            throw new PairFailed(FailureCode.OTHER, "cannot write the payload of " + Tile.BYTES + " bytes to " + settings.directory() + ": " + refused);
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
            Note note = notes.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
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

    private void take(Note note) throws PairFailed {
        switch (note) {
            case Note.Line(String text) -> obey(text);
            case Note.Over() -> stage = Stage.OVER;
            case Note.Failed(PairFailed why) -> throw why;
            case Note.Met() -> {
                if (stage == Stage.OPENING && !opening.on()) opening.in(OPENING_LIMIT);
            }
            case Note.Connected(Lane lane) -> {
                connected++;
                if (connected == settings.connections()) flow();
            }
            case Note.Done(Lane lane) -> {
                watch.done(lane);
                done++;
                if (done == settings.connections()) exchanged();
            }
        }
    }

    private void flow() throws PairFailed {
        opening.off();
        if (settings.mode() == Settings.Mode.STREAM) server.ifPresent(Server::close);
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
        server.ifPresent(Server::close);
        stage = Stage.EXCHANGED;
        voice.say(Json.event("exchanged"));
    }

    private Json.Fields state(String when) {
        List<Json> states = work.lanes().stream().flatMap(lane -> lane.state().stream()).toList();
        return Json.event("state").with("when", when).with("connections", new Json.Items(states));
    }

    private void obey(String line) throws PairFailed {
        Order order;
        try {
            order = Order.read(JsonReader.read(line));
            lease.renew();
        } catch (BadLine bad) {
            throw new PairFailed(FailureCode.SETTINGS_REFUSED, "command: " + bad.getMessage());
        } catch (IOException refused) {
            throw new PairFailed(FailureCode.OTHER, "cannot write " + Lease.FILE + " in " + settings.directory() + ": " + refused);
        }
        switch (order) {
            case Order.Alive() -> {}
            case Order.Peer peer -> admit(peer);
            case Order.Go() -> go();
            case Order.State() -> voice.say(state("asked"));
            case Order.Close() -> finish();
        }
    }

    private void admit(Order.Peer peer) throws PairFailed {
        demand(stage == Stage.READY && server.isPresent(), "`peer` is for a server that is ready");
        stage = Stage.OPENING;
        voice.say(Json.event("admitting"));
        server.ifPresent(listening -> listening.admit(work, peer));
    }

    private void go() throws PairFailed {
        demand(stage == Stage.READY && server.isEmpty(), "`go` is for a client that is ready");
        stage = Stage.OPENING;
        new Client(work, host.network()).go();
    }

    private void finish() throws PairFailed {
        demand(stage == Stage.EXCHANGED, "`close` is for after `exchanged`");
        voice.say(state("closing"));
        work.lanes().forEach(Lane::release);
        voice.say(report.result(cost, server.map(Server::dropped).orElse(0)));
        stage = Stage.CLOSED;
    }

    private static void demand(boolean fine, String problem) throws PairFailed {
        if (!fine) throw new PairFailed(FailureCode.SETTINGS_REFUSED, "command: " + problem);
    }

    /// On every way out.
    @Override
    public void close() {
        server.ifPresent(Server::close);
        work.end(ENDING_LIMIT);
    }
}
