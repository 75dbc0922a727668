package dev.bluerig.remote;

import com.jcraft.jsch.Identity;
import dev.bluerig.inventory.Machine;
import dev.bluerig.source.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Dials machines over SSH with JSch.
public final class SshDialer implements Dialer, AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SshSettings settings;
    private final KnownHosts known;
    private final Keys keys;
    private final Set<JschWire> open = ConcurrentHashMap.newKeySet();

    public SshDialer(SshSettings settings) {
        this.settings = settings;
        this.keys = new Keys(settings.agent());
        try {
            this.known = KnownHosts.read(settings.knownHosts());
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException("known_hosts cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public Session dial(Machine machine, Optional<Session> viaHost) throws Unreachable {
        Target target = Target.of(machine, settings, SshConfig.NOTHING);
        Optional<JschWire> jump = target.far() ? Optional.of(jump(target, viaHost)) : Optional.empty();
        return new ShellSession(connect(target, jump), target.elevation(), settings.connectTimeout(), ShellSession.LIMIT).started();
    }

    private static JschWire jump(Target target, Optional<Session> viaHost) throws Unreachable {
        Session host = viaHost.orElseThrow(() -> new Unreachable(Reason.HOST_UNREACHABLE, target.name() + ": there is no connection to its host"));
        if (host instanceof ShellSession shell && shell.wire() instanceof JschWire wire) return wire;
        throw new IllegalArgumentException("the host's session is not from this dialer: " + host.getClass().getSimpleName());
    }

    private JschWire connect(Target target, Optional<JschWire> jump) throws Unreachable {
        Optional<Semaphore> turn = jump.map(JschWire::jumps);
        turn.ifPresent(Semaphore::acquireUninterruptibly);
        try {
            return attempts(target, jump);
        } finally {
            turn.ifPresent(Semaphore::release);
        }
    }

    /// Only a connection that was dropped before the login may heal by itself: sshd's MaxStartups drops at random.
    private JschWire attempts(Target target, Optional<JschWire> jump) throws Unreachable {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(target, jump);
            } catch (Unreachable failed) {
                if (failed.reason() != Reason.CONNECTION_LOST || attempt == ATTEMPTS) throw failed;
                long until = System.nanoTime() + PAUSE.multipliedBy(attempt).toNanos();
                while (System.nanoTime() < until) java.util.concurrent.locks.LockSupport.parkNanos(until - System.nanoTime());
            }
        }
    }

    private JschWire attempt(Target target, Optional<JschWire> jump) throws Unreachable {
        List<Identity> identities = keys.of(target);
        var answers = new LoginAnswers(target.password().map(Secret::reveal));
        var hostKeys = new HostKeyCheck(known, target.keyName());
        var login = new Login(target, hostKeys, identities, answers, methods(identities, target), settings.connectTimeout());
        try {
            Login.Connected connected = login.connect(jump);
            var wire = new JschWire(target.name(), connected.session(), connected.cut(), () -> connect(target, jump), settings.dialsPerJump());
            open.removeIf(closed -> !closed.alive());
            open.add(wire);
            return wire;
        } catch (Unreachable failed) {
            if (!answers.changeWanted()) throw failed;
            throw new Unreachable(Reason.PASSWORD_EXPIRED, target.where() + ": the server asks for a new password", failed);
        }
    }

    private static String methods(List<Identity> identities, Target target) {
        var methods = new ArrayList<String>();
        if (!identities.isEmpty()) methods.add("publickey");
        if (target.password().isPresent()) methods.addAll(List.of("password", "keyboard-interactive"));
        return String.join(",", methods);
    }

    /// Ends every session that is still open.
    @Override
    public void close() {
        for (JschWire wire : open) wire.close();
    }
}
