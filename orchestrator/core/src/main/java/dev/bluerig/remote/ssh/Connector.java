package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// Connects and logs in, with bounded retries and a bounded number of newcomers per jump host.
final class Connector {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BOOT_PAUSE = Duration.ofSeconds(3);

    private final SshSettings settings;
    private final RetryClock clock;
    private final PrivateKeys keys = new PrivateKeys();
    private final Map<String, Semaphore> proxies = new ConcurrentHashMap<>();

    /// The time between two attempts: that of this machine, or one that a test moves.
    interface RetryClock {
        /// Nanoseconds since some moment.
        long nanos();

        /// Waits on the thread of the caller, whatever interrupts it.
        void pause(Duration time);

        static RetryClock system() {
            return new RetryClock() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void pause(Duration time) {
                    long until = nanos() + time.toNanos();
                    for (long rest; (rest = until - nanos()) > 0; ) LockSupport.parkNanos(rest);
                }
            };
        }
    }

    Connector(SshSettings settings, RetryClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    PrivateKeys keys() {
        return keys;
    }

    JschTransport connect(DialTarget target, Optional<JschTransport> jump, KnownHosts known) throws Unreachable {
        return inTurn(target, jump, () -> attempts(target, jump, known));
    }

    /// Goes as far as the host key and no further; empty when the machine did not show one before the connection failed.
    HostKeyCheck hostKey(DialTarget target, Optional<JschTransport> jump, KnownHosts known) throws Unreachable {
        return inTurn(target, jump, () -> {
            var check = HostKeyCheck.ofKeys(known, target);
            try {
                new Login(target, check, Login.Offer.nothing(false), settings.connectTimeout()).connect(jump).cut().run();
            } catch (Unreachable beforeLogin) {
                if (check.shown().isEmpty()) throw beforeLogin;
            }
            return check;
        });
    }

    /// Logs in with nothing but these answers.
    JschTransport change(DialTarget target, Optional<JschTransport> jump, KnownHosts known, ChangeAnswers answers) throws Unreachable {
        return inTurn(target, jump, () -> {
            var check = new HostKeyCheck(known, target);
            var offer = new Login.Offer(List.of(), answers, "keyboard-interactive,password", true, new LoginAttempt(false));
            var login = new Login(target.withPassword(Optional.empty()), check, offer, settings.connectTimeout());
            return wire(target, jump, known, login.connect(jump));
        });
    }

    /// Empty when this key lets the user in, or is one of several ways that are wanted together; else what the server allows.
    Optional<String> refusal(DialTarget target, Optional<JschTransport> jump, KnownHosts known, Identity key) throws Unreachable {
        return inTurn(target, jump, () -> {
            var tried = new LoginAttempt(true);
            var offer = new Login.Offer(List.of(key), new LoginAnswers(Optional.empty()).into(tried), "publickey", true, tried);
            try {
                new Login(target, new HostKeyCheck(known, target), offer, settings.connectTimeout()).connect(jump).cut().run();
                return Optional.empty();
            } catch (Unreachable refused) {
                return tried.keyTaken() ? Optional.empty()
                    : Optional.of(tried.allowed().map(ways -> " (it allows " + String.join(", ", ways) + ")").orElse(""));
            }
        });
    }

    private interface Work<T> {
        T run() throws Unreachable;
    }

    private <T> T inTurn(DialTarget target, Optional<JschTransport> jump, Work<T> work) throws Unreachable {
        Optional<Semaphore> permit = jump.map(JschTransport::jumps)
            .or(() -> target.route().proxy()
            .map(program -> proxies.computeIfAbsent(program.shared(), any -> new Semaphore(settings.dialsPerJump()))));
        permit.ifPresent(Semaphore::acquireUninterruptibly);
        try {
            return work.run();
        } finally {
            permit.ifPresent(Semaphore::release);
        }
    }

    /// Only a connection that was dropped before the login may heal by itself, for sshd's MaxStartups drops at random, and a machine that
    /// boots.
    private JschTransport attempts(DialTarget target, Optional<JschTransport> jump, KnownHosts known) throws Unreachable {
        long booted = clock.nanos() + settings.bootPatience().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(target, jump, known, attempt > 1);
            } catch (Unreachable failed) {
                boolean boots = LoginFailure.boots(failed) && clock.nanos() < booted;
                if (!boots && (!heals(failed) || attempt >= ATTEMPTS)) throw failed;
                clock.pause(boots ? BOOT_PAUSE : PAUSE.multipliedBy(attempt));
            }
        }
    }

    /// A jump host drops newcomers as other machines do, and `ssh` says so.
    private static boolean heals(Unreachable failed) {
        return failed.reason() == ConnectionCode.CONNECTION_LOST || failed.reason() == ConnectionCode.PROXY_FAILED
            && failed.getMessage().contains("kex_exchange_identification");
    }

    private JschTransport attempt(DialTarget target, Optional<JschTransport> jump, KnownHosts known, boolean careful) throws Unreachable {
        var admission = new KeyLogin(target, new HostKeyCheck(known, target), keys.of(target), settings.connectTimeout());
        return wire(target, jump, known, admission.in(jump, careful));
    }

    private JschTransport wire(DialTarget target, Optional<JschTransport> jump, KnownHosts known, Login.Connected connected) {
        return new JschTransport(target.name(), connected.session(), connected.cut(), () -> connect(target, jump, known),
            settings.dialsPerJump());
    }
}
