package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.AddressLiteral;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.AgentCommand;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.AgentSettings;
import dev.bluerig.protocol.EndpointSettings;
import dev.bluerig.protocol.LoadSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Admits the client's connections and turns strangers away.
final class AgentServer implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final int STRANGERS_AT_ONCE = 64;
    private static final int STRANGERS_TOLD = 20;

    private final Network.Listener listener;
    private final Semaphore guests;
    private final AtomicInteger dropped = new AtomicInteger();
    private final List<Boolean> claimed = new ArrayList<>();
    private final List<RequestResponseMode> exchanges = new ArrayList<>();
    private volatile boolean closed;

    private AgentServer(Network.Listener listener, int connections) {
        this.listener = listener;
        guests = new Semaphore(connections + STRANGERS_AT_ONCE);
    }

    /// On the first free port of the range.
    static AgentServer listen(Network network, AgentSettings settings) throws PairFailed {
        EndpointSettings endpoint = settings.endpoint();
        int connections = settings.load().connections();
        for (int port = endpoint.firstPort(); ; port++) {
            try {
                var address = new InetSocketAddress(endpoint.address().inet(), port);
                return new AgentServer(network.listen(address, connections + STRANGERS_AT_ONCE), connections);
            } catch (SystemFailure refused) {
                if (!refused.errno().equals("EADDRINUSE") || port == endpoint.lastPort()) throw FailureCodes.listening(endpoint, refused);
            }
        }
    }

    InetSocketAddress address() {
        return listener.address();
    }

    int dropped() {
        return dropped.get();
    }

    void admit(Workload work, AgentCommand.Peer peer) {
        for (ConnectionWorker worker : work.workers()) {
            claimed.add(false);
            if (work.settings().load().mode() == LoadSettings.Mode.REQUEST_RESPONSE) exchanges.add(new RequestResponseMode(work, worker));
        }
        work.start("accept", () -> accept(work, peer));
    }

    private void accept(Workload work, AgentCommand.Peer peer) throws PairFailed, InterruptedException {
        try {
            while (!closed) {
                guests.acquire();
                Optional<Connection> guest = listener.accept(GLANCE);
                if (guest.isEmpty()) guests.release();
                else receive(work, peer, guest.get());
            }
        } catch (SystemFailure refused) {
            if (!closed) throw FailureCodes.listening(work.settings().endpoint(), refused);
        }
    }

    private void receive(Workload work, AgentCommand.Peer peer, Connection guest) throws PairFailed {
        work.own(guest);
        work.start("guest " + Workload.text(guest.peer()), () -> {
            Optional<TlsChannel> channel;
            try {
                channel = shake(work, peer, guest);
            } finally {
                guests.release();
            }
            if (channel.isPresent()) serve(work, channel.get());
        });
    }

    /// Empty when a stranger was turned away.
    private Optional<TlsChannel> shake(Workload work, AgentCommand.Peer peer, Connection guest) throws PairFailed {
        InetAddress from = guest.peer().getAddress();
        try {
            TlsChannel channel = work.secure(guest, peer.pin());
            work.tell(new RunEvent.HandshakeDone());
            return Optional.of(channel);
        } catch (PairFailed failed) {
            boolean ours = peer.address().map(AddressLiteral::inet).filter(from::equals).isPresent();
            if (closed || ours || failed.code() == AgentCode.TLS_REFUSED) throw failed;
            guest.close();
            work.disown(guest);
            if (dropped.incrementAndGet() <= STRANGERS_TOLD)
                work.say(new AgentEvent.Dropped(Workload.text(guest.peer()), failed.code(), failed.getMessage()));
            return Optional.empty();
        }
    }

    private void serve(Workload work, TlsChannel channel) throws PairFailed, InterruptedException {
        ConnectionPreamble greeting = ConnectionPreamble.receive(channel, work.settings().load().connections());
        ConnectionWorker worker = work.workers().get(greeting.connection());
        switch (work.settings().load().mode()) {
            case STREAM -> {
                claim(worker);
                work.hold(worker, channel);
                new StreamMode(work, worker, channel).run();
            }
            case REQUEST_RESPONSE -> answer(work, worker, channel, greeting);
        }
    }

    private synchronized void claim(ConnectionWorker worker) throws PairFailed {
        if (claimed.set(worker.number(), true)) throw new PairFailed(AgentCode.OTHER, "connection " + worker.number() + " came twice");
    }

    /// One connection of a worker after the other.
    private void answer(Workload work, ConnectionWorker worker, TlsChannel channel, ConnectionPreamble greeting)
        throws PairFailed, InterruptedException {
        synchronized (exchanges.get(worker.number())) {
            work.hold(worker, channel);
            work.awaitFlow();
            exchanges.get(worker.number()).answer(channel, greeting);
            if (greeting.last()) work.tell(new RunEvent.WorkerDone(worker));
            else work.release(worker, channel);
        }
    }

    @Override
    public void close() {
        closed = true;
        listener.close();
    }
}
