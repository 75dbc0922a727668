package dev.bluerig.ktls.program;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.EndpointSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Opens the connections: in stream mode each once, in request/response mode over and over.
final class AgentClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final Workload work;
    private final Network network;
    /// More handshakes at once than the cores can do make all of them late.
    private final Semaphore opening = new Semaphore(2 * Runtime.getRuntime().availableProcessors() + 2);

    AgentClient(Workload work, Network network) {
        this.work = work;
        this.network = network;
    }

    void go() {
        work.lanes().forEach(lane -> work.start("connection " + lane.number(), () -> run(lane)));
    }

    private void run(ConnectionWorker lane) throws PairFailed, InterruptedException {
        switch (work.settings().load().mode()) {
            case STREAM -> new StreamMode(work, lane, first(lane, new ConnectionPreamble(lane.number(), false, 0))).run();
            case REQUEST_RESPONSE -> exchange(lane, new RequestResponseMode(work, lane));
        }
    }

    private void exchange(ConnectionWorker lane, RequestResponseMode exchanges) throws PairFailed, InterruptedException {
        ConnectionPreamble greeting = exchanges.greeting();
        TlsChannel channel = first(lane, greeting);
        work.awaitFlow();
        exchanges.ask(channel, greeting);
        while (!greeting.last()) {
            work.release(lane, channel);
            greeting = exchanges.greeting();
            channel = open(lane, greeting);
            exchanges.ask(channel, greeting);
        }
        work.tell(new RunEvent.Done(lane));
    }

    private TlsChannel first(ConnectionWorker lane, ConnectionPreamble greeting) throws PairFailed, InterruptedException {
        opening.acquire();
        try {
            return open(lane, greeting);
        } finally {
            opening.release();
        }
    }

    private TlsChannel open(ConnectionWorker lane, ConnectionPreamble greeting) throws PairFailed {
        EndpointSettings settings = work.settings().endpoint();
        var server = new InetSocketAddress(settings.address().inet(), settings.firstPort());
        Connection connection;
        try {
            connection = network.connect(settings.local().map(local -> new InetSocketAddress(local.inet(), 0)), server, CONNECT_LIMIT);
        } catch (SystemFailure refused) {
            throw FailureCodes.connecting(settings, refused);
        }
        work.own(connection);
        TlsChannel channel = work.secure(connection, settings.pin().orElseThrow());
        greeting.send(channel);
        work.hold(lane, channel);
        return channel;
    }
}
