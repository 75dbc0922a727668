package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.shell.ShellSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Dials machines over SSH with JSch.
public final class SshDialer implements Dialer, AutoCloseable {
    private final SshSettings settings;
    private final Connector connector;
    private final Map<List<Path>, KnownHosts> known = new ConcurrentHashMap<>();
    private final Set<JschTransport> open = ConcurrentHashMap.newKeySet();

    public SshDialer(SshSettings settings) {
        this(settings, Connector.RetryClock.system());
    }

    SshDialer(SshSettings settings, Connector.RetryClock clock) {
        this.settings = settings;
        this.connector = new Connector(settings, clock);
    }

    static KnownHosts known(DialTarget target) throws Unreachable {
        try {
            return KnownHosts.read(target.knownHosts());
        } catch (IOException unreadable) {
            throw new Unreachable(ConnectionCode.HOST_KEY_UNKNOWN, target.where() + ": a known_hosts file cannot be read: "
                + unreadable.getMessage(), unreadable);
        }
    }

    /// Read once for each set of files.
    private KnownHosts once(DialTarget target) throws Unreachable {
        KnownHosts read = known.get(target.knownHosts());
        if (read != null) return read;
        KnownHosts fresh = known(target);
        KnownHosts other = known.putIfAbsent(target.knownHosts(), fresh);
        return other == null ? fresh : other;
    }

    @Override
    public Session dial(Machine machine, Optional<Session> viaHost) throws Unreachable {
        DialTarget target = DialTarget.of(machine, settings);
        JschTransport wire = connector.connect(target, jump(target, viaHost), once(target));
        open.removeIf(closed -> !closed.alive());
        open.add(wire);
        return new ShellSession(wire, target.elevation(), settings.connectTimeout(), ShellSession.LIMIT).started();
    }

    /// The connection to go through; none for a machine with an address of its own.
    static Optional<JschTransport> jump(DialTarget target, Optional<Session> viaHost) throws Unreachable {
        if (!target.far()) return Optional.empty();
        Session host =
            viaHost.orElseThrow(() -> new Unreachable(ConnectionCode.HOST_UNREACHABLE,
            target.name() + ": there is no connection to its host"));
        if (host instanceof ShellSession shell && shell.wire() instanceof JschTransport wire) return Optional.of(wire);
        throw new IllegalArgumentException("the host's session is not from an SSH dialer: " + host.getClass().getSimpleName());
    }

    /// Ends every session that is still open.
    @Override
    public void close() {
        for (JschTransport wire : open) wire.close();
    }
}
