package dev.bluerig.trial.agent;

import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.DeployCode;
import dev.bluerig.trial.deploy.DeploymentFailed;
import dev.bluerig.trial.deploy.InstalledAgent;
import dev.bluerig.trial.run.FakeHost;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.verdict.EvidenceFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Programs that move the counters of fake hosts as a card or a kernel would, and put flags back when they end. Thread-safe as the real
/// ones are.
public final class FakeAgentRuntime implements AgentRuntime {
    public static final long PAYLOAD = 4L << 20;
    private static final long WIRE = PAYLOAD + 29 * (PAYLOAD >> 14);
    private static final long PACKETS = WIRE / 8934 + 1;

    private final Map<String, FakeHost> world;

    /// What goes wrong, by the name of a machine or the address of a server.
    public final Map<String, DeployCode> undelivered = new ConcurrentHashMap<>();
    public final Map<String, AgentCode> failsAtStart = new ConcurrentHashMap<>();
    public final Map<String, AgentCode> failsInPlay = new ConcurrentHashMap<>();
    public final Map<String, List<AgentCache.Leftover>> leftovers = new ConcurrentHashMap<>();
    public final Map<String, Runnable> inPlay = new ConcurrentHashMap<>();
    public final List<String> purged = Collections.synchronizedList(new ArrayList<>());
    public final List<AgentEndpoint> seats = Collections.synchronizedList(new ArrayList<>());
    final List<AgentPairSettings> settings = Collections.synchronizedList(new ArrayList<>());
    public final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger most = new AtomicInteger();
    public final AtomicInteger installs = new AtomicInteger();
    /// Programs block in `play` until they are closed.
    public volatile boolean hangs;
    public final CountDownLatch playing = new CountDownLatch(1);
    /// The agents die without running `restore`.
    public volatile boolean forgetsRestore;

    public FakeAgentRuntime(Map<String, FakeHost> world) {
        this.world = world;
    }

    @Override
    public InstalledAgent install(Machine machine, Session session) throws DeploymentFailed {
        installs.incrementAndGet();
        DeployCode trouble = undelivered.get(machine.name());
        if (trouble != null) throw new DeploymentFailed(trouble, machine.name() + ": no room", "");
        return new InstalledAgent(List.of("/var/cache/bluerig/java"), "/var/cache/bluerig", true);
    }

    @Override
    public List<AgentCache.Leftover> leftovers(Machine machine, Session session) {
        return leftovers.getOrDefault(machine.name(), List.of());
    }

    @Override
    public List<String> purge(Machine machine, Session session) {
        purged.add(machine.name());
        return List.of("/var/cache/bluerig");
    }

    @Override
    public PairRun start(AgentEndpoint server, AgentEndpoint client, AgentPairSettings terms) throws AgentRunFailed {
        seats.add(server);
        seats.add(client);
        settings.add(terms);
        fail(failsAtStart, server, client);
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        return new FakePairRun(server, client, terms.load());
    }

    private static void fail(Map<String, AgentCode> troubles, AgentEndpoint... seats) throws AgentRunFailed {
        for (AgentEndpoint seat : seats) {
            AgentCode trouble = Optional.ofNullable(troubles.get(seat.machine())).orElse(troubles.get(seat.address()));
            if (trouble != null)
                throw new AgentRunFailed(seat.machine(), new AgentFailure(trouble, "", seat.machine() + " said so"),
                    List.of("the other end followed"), Optional.empty());
        }
    }

    private final class FakePairRun implements PairRun {
        private final AgentEndpoint server;
        private final AgentEndpoint client;
        private final Load load;
        private final CountDownLatch ended = new CountDownLatch(1);
        private boolean card;
        private boolean closed;

        FakePairRun(AgentEndpoint server, AgentEndpoint client, Load load) {
            this.server = server;
            this.client = client;
            this.load = load;
        }

        @Override
        public int port() {
            return 47000;
        }

        @Override
        public void transfer(Consumer<AgentPair.Progress> watcher) throws AgentRunFailed {
            playing.countDown();
            inPlay.getOrDefault(server.machine(), () -> { }).run();
            if (hangs) {
                try {
                    ended.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                throw new AgentRunFailed(server.machine(), new AgentFailure(DriverCode.PROGRAM_DIED, "", "closed"), List.of(),
                    Optional.empty());
            }
            watcher.accept(new AgentPair.Progress(2, PAYLOAD, PAYLOAD, PAYLOAD, PAYLOAD));
            fail(failsInPlay, server, client);
            card = moved(server);
            moved(client);
        }

        /// Each end both sends and receives; what the card does not do, the kernel does, and without TLS in the kernel the program.
        private boolean moved(AgentEndpoint seat) {
            var host = world.get(seat.machine());
            synchronized (host) {
                String link = host.addresses.entrySet().stream().filter(entry -> entry.getValue().equals(seat.address())).findFirst()
                    .orElseThrow().getKey();
                String where = !host.module ? "" : host.transmit.get(link) ? "Device" : "Sw";
                if (!where.isEmpty()) for (String way : List.of("Tx", "Rx")) {
                    host.tls.merge("Tls" + way + where, (long) load.connections(), Long::sum);
                    host.tls.merge("TlsCurr" + way + where, (long) load.connections(), Long::sum);
                }
                String conf = where.equals("Device") ? "hw" : "sw";
                for (int connection = 0; connection < load.connections() && !where.isEmpty(); connection++)
                    host.ours.add("ESTAB 0 0 " + seat.address() + ":47000 192.0.2.9:" + (40000 + connection)
                        + " users:((\"java\",pid=4711,fd=9))\n\t tcp-ulp-tls version: 1.2 cipher: aes-gcm-128 rxconf: "
                        + conf + " txconf: " + conf + "\n");
                if (where.equals("Device")) {
                    host.nic.get(link).merge("tx_tls_encrypted_bytes", WIRE, Long::sum);
                    host.nic.get(link).merge("tx_tls_encrypted_packets", PACKETS, Long::sum);
                    host.nic.get(link).merge("rx_tls_decrypted_bytes", WIRE + EvidenceFixture.HEADERS * PACKETS, Long::sum);
                    host.nic.get(link).merge("rx_tls_decrypted_packets", PACKETS, Long::sum);
                }
                var dpu = Optional.ofNullable(world.get(host.name.replace("host-", "dpu-")))
                    .map(machine -> machine.nic.get(link.replace("enp", "p")));
                for (String counter : List.of("tx_bytes_phy", "rx_bytes_phy")) dpu.ifPresent(nic -> nic.merge(counter, WIRE, Long::sum));
                return where.equals("Device");
            }
        }

        @Override
        public AgentPair.Reports end() throws AgentRunFailed {
            for (AgentEndpoint seat : List.of(server, client)) {
                var host = world.get(seat.machine());
                synchronized (host) {
                    host.tls.replaceAll((counter, value) -> counter.startsWith("TlsCurr") ? 0L : value);
                    host.ours.clear();
                }
            }
            var reports = new AgentPair.Reports(report(Role.SERVER, server), report(Role.CLIENT, client));
            over();
            return reports;
        }

        private AgentReport report(Role role, AgentEndpoint seat) {
            var place = world.get(seat.machine()).module ? card ? TlsConf.CARD : TlsConf.KERNEL : TlsConf.PROGRAM;
            var transfer = new TransferTotals(PAYLOAD, PAYLOAD >> 14, 1, List.of(PAYLOAD), PAYLOAD, true);
            return new AgentReport(role, EvidenceFixture.samples(place), transfer, transfer, EvidenceFixture.usage(),
                place == TlsConf.PROGRAM ? "kernel has no TLS (TCP_ULP: ENOENT)" : "", Optional.empty());
        }

        private synchronized void over() {
            if (closed) return;
            closed = true;
            open.decrementAndGet();
            for (AgentEndpoint seat : List.of(server, client))
                if (!forgetsRestore) seat.restore().forEach(command -> restored(seat, command));
        }

        private void restored(AgentEndpoint seat, Command command) {
            try {
                world.get(seat.machine()).run(command);
            } catch (Unreachable cut) {
                // the program is on a machine that is gone; nobody is there to see
            }
        }

        @Override
        public void close() {
            ended.countDown();
            over();
        }
    }

}
