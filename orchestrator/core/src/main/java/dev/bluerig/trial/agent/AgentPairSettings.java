package dev.bluerig.trial.agent;

import dev.bluerig.protocol.AddressLiteral;
import dev.bluerig.protocol.AgentSettings;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.EndpointSettings;
import dev.bluerig.protocol.LifetimeSettings;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.remote.Command;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.PortRange;
import java.time.Duration;

/// What both ends of a run agree on.
///
/// - `listen`: the server takes the first free port of it.
/// - `seed`: of the payload.
/// - `lease`: a program that gets no command for so long ends itself; whole seconds. It is renewed all along.
/// - `patience`: how long a program that owes an answer may be silent, and how long payload may stand still.
/// - `longest`: after so long payload is over, whatever the programs say.
public record AgentPairSettings(Load load, PortRange listen, CertificateKind certificate, long seed, Duration lease, Duration patience,
                                Duration longest) {
    public static final Duration LEASE = Duration.ofSeconds(30);
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    public static AgentPairSettings of(Load load, PortRange listen, long seed) {
        return new AgentPairSettings(load, listen, CertificateKind.ECDSA, seed, LEASE, PATIENCE);
    }

    /// A thousand connections may take so long to open (docs/pair-protocol.md: 10 s, 20 s, 60 s) while nothing is said.
    static final Duration OPENING = Duration.ofSeconds(100);
    /// Slower than this no payload is given its time: even an emulated machine moves a few MiB a second.
    private static final long SLOWEST = 1 << 20;
    /// A connection on which nothing moves is told of by the driver, which sees both ends, before an agent gives it up.
    private static final Duration LONGER = Duration.ofSeconds(10);
    private static final Duration SLACK = Duration.ofMinutes(10);

    /// With the time that the load can take at most.
    public AgentPairSettings(Load load, PortRange listen, CertificateKind certificate, long seed, Duration lease, Duration patience) {
        this(load, listen, certificate, seed, lease, patience, longest(load, patience));
    }

    private static Duration longest(Load load, Duration patience) {
        Duration payload = load.seconds().map(Duration::ofSeconds)
            .orElseGet(() -> SLACK.plusSeconds(load.bytes().orElseThrow().bytes() / SLOWEST));
        return payload.plus(OPENING).plus(patience.multipliedBy(2));
    }

    public AgentPairSettings {
        if (lease.toSeconds() < 1) throw new IllegalArgumentException("a lease is at least one second, found " + lease);
        if (!patience.isPositive()) throw new IllegalArgumentException("patience is positive, found " + patience);
    }

    AgentSettings server(AgentEndpoint server) {
        return settings(EndpointSettings.server(new AddressLiteral(server.address()), listen.first(), listen.last()), server);
    }

    /// `pin`: what the server's `ready` says, with the port.
    AgentSettings client(AgentEndpoint client, AgentEndpoint server, int port, String pin) {
        return settings(EndpointSettings.client(new AddressLiteral(server.address()), port, new AddressLiteral(client.address()), pin),
            client);
    }

    private AgentSettings settings(EndpointSettings endpoint, AgentEndpoint end) {
        var tls = new TlsSettings(load.version(), load.cipher(), certificate, load.transmit(), load.receive());
        var payload = new LoadSettings(load.connections(), load.bytes().map(ByteCount::bytes).orElse(0L), load.seconds().orElse(0),
            (int) load.write().bytes(), load.source(), load.direction(), load.mode(), load.verify(), seed, end.cpus());
        var lifetime = new LifetimeSettings(end.restore().stream().map(Command::words).toList(), end.directory(), lease,
            patience.plus(LONGER));
        return new AgentSettings(endpoint, tls, payload, lifetime);
    }
}
