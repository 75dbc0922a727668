package dev.bluerig.remote;

import com.jcraft.jsch.Identity;
import dev.bluerig.source.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// Connects and logs in, with bounded retries and a bounded number of newcomers per jump host.
final class Connector {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SshSettings settings;
    private final Keys keys;

    Connector(SshSettings settings) {
        this.settings = settings;
        this.keys = new Keys(settings.agent());
    }

    Keys keys() {
        return keys;
    }

    JschWire connect(Target target, Optional<JschWire> jump, KnownHosts known) throws Unreachable {
        return inTurn(jump, () -> attempts(target, jump, known));
    }

    /// Goes as far as the host key and no further; empty when the machine did not show one before the connection failed.
    HostKeyCheck hostKey(Target target, Optional<JschWire> jump, KnownHosts known) throws Unreachable {
        return inTurn(jump, () -> {
            var check = new HostKeyCheck(known, target.keyName());
            try {
                var login = new Login(target, check, List.of(), new LoginAnswers(Optional.empty()), "", settings.connectTimeout());
                login.connect(jump).cut().run();
            } catch (Unreachable beforeLogin) {
                if (check.shown().isEmpty()) throw beforeLogin;
            }
            return check;
        });
    }

    /// Logs in with nothing but these answers.
    JschWire change(Target target, Optional<JschWire> jump, KnownHosts known, ChangeAnswers answers) throws Unreachable {
        return inTurn(jump, () -> {
            var check = new HostKeyCheck(known, target.keyName());
            var login = new Login(target.withPassword(Optional.empty()), check, List.of(), answers, "keyboard-interactive,password", settings.connectTimeout());
            return wire(target, jump, known, login.connect(jump));
        });
    }

    private interface Work<T> {
        T run() throws Unreachable;
    }

    private static <T> T inTurn(Optional<JschWire> jump, Work<T> work) throws Unreachable {
        Optional<Semaphore> turn = jump.map(JschWire::jumps);
        turn.ifPresent(Semaphore::acquireUninterruptibly);
        try {
            return work.run();
        } finally {
            turn.ifPresent(Semaphore::release);
        }
    }

    /// Only a connection that was dropped before the login may heal by itself: sshd's MaxStartups drops at random.
    private JschWire attempts(Target target, Optional<JschWire> jump, KnownHosts known) throws Unreachable {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(target, jump, known);
            } catch (Unreachable failed) {
                if (failed.reason() != Reason.CONNECTION_LOST || attempt == ATTEMPTS) throw failed;
                long until = System.nanoTime() + PAUSE.multipliedBy(attempt).toNanos();
                for (long left; (left = until - System.nanoTime()) > 0; ) LockSupport.parkNanos(left);
            }
        }
    }

    private JschWire attempt(Target target, Optional<JschWire> jump, KnownHosts known) throws Unreachable {
        List<Identity> identities = keys.of(target);
        var answers = new LoginAnswers(target.password().map(Secret::reveal));
        var check = new HostKeyCheck(known, target.keyName());
        var login = new Login(target, check, identities, answers, methods(identities, target), settings.connectTimeout());
        try {
            return wire(target, jump, known, login.connect(jump));
        } catch (Unreachable failed) {
            if (!answers.changeWanted()) throw failed;
            throw new Unreachable(Reason.PASSWORD_EXPIRED, target.where() + ": the server asks for a new password", failed);
        }
    }

    private JschWire wire(Target target, Optional<JschWire> jump, KnownHosts known, Login.Connected connected) {
        return new JschWire(target.name(), connected.session(), connected.cut(), () -> connect(target, jump, known), settings.dialsPerJump());
    }

    private static String methods(List<Identity> identities, Target target) {
        var methods = new ArrayList<String>();
        if (!identities.isEmpty()) methods.add("publickey");
        if (target.password().isPresent()) methods.addAll(List.of("password", "keyboard-interactive"));
        return String.join(",", methods);
    }
}
