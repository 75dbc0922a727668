package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.ktls.secure.TlsRequest;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.AgentSettings;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.PayloadPattern;
import dev.bluerig.protocol.TlsSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What the threads of one run share: the workers, the payload, the moment when it begins to flow, and the connections to close when all
/// ends.
final class Workload {
    static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(60);

    /// Of one connection's thread; it may fail, and is interrupted when all ends.
    interface Task {
        void run() throws PairFailed, InterruptedException;
    }

    private final AgentSettings settings;
    private final Identity identity;
    private final PayloadPattern pattern;
    private final Optional<Path> file;
    private final EventWriter writer;
    private final Consumer<RunEvent> tell;
    private final List<ConnectionWorker> workers;
    private final CountDownLatch flow = new CountDownLatch(1);
    private final Set<Connection> connections = new HashSet<>();
    private final Set<Thread> threads = new HashSet<>();
    private boolean over;
    private volatile long began;

    Workload(AgentSettings settings, Identity identity, PayloadPattern pattern, Optional<Path> file, EventWriter writer,
        Consumer<RunEvent> tell) {
        this.settings = settings;
        this.identity = identity;
        this.pattern = pattern;
        this.file = file;
        this.writer = writer;
        this.tell = tell;
        workers = IntStream.range(0, settings.load().connections()).mapToObj(ConnectionWorker::new).toList();
    }

    AgentSettings settings() {
        return settings;
    }

    List<ConnectionWorker> workers() {
        return workers;
    }

    void tell(RunEvent event) {
        tell.accept(event);
    }

    void say(AgentEvent event) {
        writer.say(event);
    }

    /// Lets the payload flow.
    void begin() {
        began = System.nanoTime();
        flow.countDown();
    }

    void awaitFlow() throws InterruptedException {
        flow.await();
    }

    boolean flows() {
        return flow.getCount() == 0;
    }

    /// Of `System.nanoTime`, once the payload flows.
    long began() {
        return began;
    }

    boolean timeIsOver() {
        return settings.load().seconds() > 0 && flows() && System.nanoTime() - began >= Duration.ofSeconds(settings.load().seconds())
            .toNanos();
    }

    PayloadSender outgoing(ConnectionWorker worker) {
        return new PayloadSender(pattern, file, settings.role(), worker.number(), settings.load().everyByte(), worker.sent());
    }

    PayloadReceiver incoming(ConnectionWorker worker) {
        return new PayloadReceiver(pattern, settings.role().other(), worker.number(), settings.load().everyByte(), worker.received());
    }

    /// Bytes that one thread receives into: the cores' caches hold them, and a thousand of them are no burden.
    int receiveBytes() {
        return Math.clamp((64 << 20) / settings.load().connections(), 64 << 10, 256 << 10);
    }

    /// From now on ends with all.
    synchronized void own(Connection connection) throws PairFailed {
        if (over) {
            connection.close();
            throw new PairFailed(AgentCode.OTHER, "the agent ends");
        }
        connections.add(connection);
    }

    synchronized void disown(Connection connection) {
        connections.remove(connection);
    }

    /// Shakes hands over a connection that is owned.
    TlsChannel secure(Connection connection, String pin) throws PairFailed {
        TlsSettings tls = settings.tls();
        TlsRequest wanted = new TlsRequest(settings.role(), tls.version(), tls.cipher(), identity, Optional.of(pin),
            tls.transmit() == TlsSettings.RecordHandler.KERNEL, tls.receive() == TlsSettings.RecordHandler.KERNEL);
        TlsChannel channel = TlsChannel.open(connection, wanted, HANDSHAKE_LIMIT);
        boolean zeroCopy = settings.load().source() == LoadSettings.Source.SENDFILE_ZEROCOPY;
        if (zeroCopy && settings.sends() && channel.transmit() == TlsSettings.RecordHandler.KERNEL) {
            try {
                connection.zeroCopy();
            } catch (SystemFailure refused) {
                throw new PairFailed(AgentCode.TLS_REFUSED, "sendfile without a copy", refused);
            }
        }
        return channel;
    }

    /// The worker's connection from now on; its first one is told of.
    void hold(ConnectionWorker worker, TlsChannel channel) {
        boolean first = worker.handshakes() == 0;
        worker.hold(channel);
        if (!first) return;
        Connection connection = channel.connection();
        say(new AgentEvent.Connected(worker.number(), channel.version(), channel.cipher(), text(connection.local()),
            text(connection.peer()),
            channel.transmit(), channel.receive(), channel.reason()));
        tell(new RunEvent.Connected(worker));
    }

    /// Closes the worker's connection, which another one follows.
    void release(ConnectionWorker worker, TlsChannel channel) {
        worker.release();
        disown(channel.connection());
    }

    static String text(InetSocketAddress address) {
        String literal = address.getAddress().getHostAddress();
        return (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + address.getPort();
    }

    /// A platform thread: a virtual one would hold its carrier in every call of the system.
    synchronized Thread start(String name, Task task) {
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                task.run();
            } catch (PairFailed failed) {
                tell(new RunEvent.Failed(failed));
            } catch (InterruptedException ending) {
                // nobody asks any more
            } catch (RuntimeException | Error bug) {
                tell(new RunEvent.Failed(FailureCodes.bug(bug)));
            } finally {
                ended();
            }
        });
        if (!over) {
            threads.add(thread);
            thread.start();
        }
        return thread;
    }

    private synchronized void ended() {
        threads.remove(Thread.currentThread());
    }

    /// Closes every connection, whatever it is doing, and waits a moment for the threads.
    void end(Duration limit) {
        List<Thread> running;
        synchronized (this) {
            over = true;
            running = List.copyOf(threads);
            connections.forEach(Connection::close);
        }
        running.forEach(Thread::interrupt);
        long until = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : running) thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
        }
    }
}
