package dev.bluerig.ktls.program;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.Channel;
import dev.bluerig.ktls.secure.PairFailed;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Opens the connections: in stream mode each once, in request/response mode over and over.
final class Client {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final Work work;
    private final Network network;
    /// More handshakes at once than the cores can do make all of them late.
    private final Semaphore opening = new Semaphore(2 * Runtime.getRuntime().availableProcessors() + 2);

    Client(Work work, Network network) {
        this.work = work;
        this.network = network;
    }

    void go() {
        work.lanes().forEach(lane -> work.start("connection " + lane.number(), () -> run(lane)));
    }

    private void run(Lane lane) throws PairFailed, InterruptedException {
        switch (work.settings().mode()) {
            case STREAM -> new Stream(work, lane, first(lane, new Greeting(lane.number(), false, 0))).run();
            case REQUEST_RESPONSE -> exchange(lane, new Exchanges(work, lane));
        }
    }

    private void exchange(Lane lane, Exchanges exchanges) throws PairFailed, InterruptedException {
        Greeting greeting = exchanges.greeting();
        Channel channel = first(lane, greeting);
        work.awaitFlow();
        exchanges.ask(channel, greeting);
        while (!greeting.last()) {
            work.release(lane, channel);
            greeting = exchanges.greeting();
            channel = open(lane, greeting);
            exchanges.ask(channel, greeting);
        }
        work.tell(new Note.Done(lane));
    }

    private Channel first(Lane lane, Greeting greeting) throws PairFailed, InterruptedException {
        opening.acquire();
        try {
            return open(lane, greeting);
        } finally {
            opening.release();
        }
    }

    private Channel open(Lane lane, Greeting greeting) throws PairFailed {
        Settings settings = work.settings();
        Connection connection;
        try {
            connection = network.connect(settings.local().map(local -> new InetSocketAddress(local, 0)), new InetSocketAddress(settings.address(), settings.firstPort()), CONNECT_LIMIT);
        } catch (SystemFailure refused) {
            throw Troubles.connecting(settings, refused);
        }
        work.own(connection);
        Channel channel = work.secure(connection, settings.pin().orElseThrow());
        greeting.send(channel);
        work.hold(lane, channel);
        return channel;
    }
}
