package dev.bluerig.ktls.agent;

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
        work.workers().forEach(worker -> work.start("connection " + worker.number(), () -> run(worker)));
    }

    private void run(ConnectionWorker worker) throws PairFailed, InterruptedException {
        switch (work.settings().load().mode()) {
            case STREAM -> new StreamMode(work, worker, first(worker, new ConnectionPreamble(worker.number(), false, 0))).run();
            case REQUEST_RESPONSE -> exchange(worker, new RequestResponseMode(work, worker));
        }
    }

    private void exchange(ConnectionWorker worker, RequestResponseMode exchanges) throws PairFailed, InterruptedException {
        ConnectionPreamble greeting = exchanges.greeting();
        TlsChannel channel = first(worker, greeting);
        work.awaitFlow();
        exchanges.ask(channel, greeting);
        while (!greeting.last()) {
            work.release(worker, channel);
            greeting = exchanges.greeting();
            channel = open(worker, greeting);
            exchanges.ask(channel, greeting);
        }
        work.tell(new RunEvent.WorkerDone(worker));
    }

    private TlsChannel first(ConnectionWorker worker, ConnectionPreamble greeting) throws PairFailed, InterruptedException {
        opening.acquire();
        try {
            return open(worker, greeting);
        } finally {
            opening.release();
        }
    }

    private TlsChannel open(ConnectionWorker worker, ConnectionPreamble greeting) throws PairFailed {
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
        work.hold(worker, channel);
        return channel;
    }
}
