package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.remote.shell.MinaTransport;
import dev.bluerig.remote.shell.ShellSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/// Dials with Apache MINA's client, for the contract of `Session`.
final class MinaDialer implements Dialer, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SshSettings settings;
    private final KnownHosts known;
    private final SshClient client = SshClient.setUpDefaultClient();

    MinaDialer(SshSettings settings) throws IOException {
        this.settings = settings;
        this.known = KnownHosts.read(settings.knownHosts());
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.start();
    }

    @Override
    public Session dial(Machine machine, Optional<Session> viaHost) throws Unreachable {
        DialTarget target = DialTarget.of(machine, settings);
        Optional<MinaTransport> jump = target.far() ? viaHost.map(host -> (MinaTransport) ((ShellSession) host).wire()) : Optional.empty();
        return new ShellSession(wire(target, jump), target.elevation(), LIMIT, ShellSession.LIMIT).started();
    }

    private MinaTransport wire(DialTarget target, Optional<MinaTransport> jump) throws Unreachable {
        var answer = new AtomicReference<>(KnownHosts.Answer.KNOWN);
        try {
            ClientSession session = connect(target, jump);
            session.setServerKeyVerifier((own, address, key) -> {
                answer.set(known.check(target.keyName(), PublicKeyText.of(MinaServer.blob(key))));
                return answer.get() == KnownHosts.Answer.KNOWN;
            });
            target.password().ifPresent(password -> session.addPasswordIdentity(password.reveal()));
            for (Path file : target.ring().identities())
                for (java.security.KeyPair pair : new FileKeyPairProvider(file).loadKeys(session)) session.addPublicKeyIdentity(pair);
            session.auth().verify(LIMIT);
            return new MinaTransport(target.name(), session, () -> wire(target, jump));
        } catch (SshException failed) {
            throw switch (answer.get()) {
                case KNOWN -> new Unreachable(ConnectionCode.LOGIN_REFUSED, failed.getMessage(), failed);
                case UNKNOWN -> new Unreachable(ConnectionCode.HOST_KEY_UNKNOWN, failed.getMessage(), failed);
                case CHANGED, REVOKED -> new Unreachable(ConnectionCode.HOST_KEY_CHANGED, failed.getMessage(), failed);
            };
        } catch (IOException failed) {
            throw new Unreachable(ConnectionCode.CONNECTION_LOST, failed.getMessage(), failed);
        }
    }

    private ClientSession connect(DialTarget target, Optional<MinaTransport> jump) throws IOException {
        if (jump.isEmpty()) return client.connect(target.user(), target.address(), target.port()).verify(LIMIT).getSession();
        ExplicitPortForwardingTracker way = jump.get().session().createLocalPortForwardingTracker(
            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(target.address(), target.port()));
        return client.connect(target.user(), "127.0.0.1", way.getBoundAddress().getPort()).verify(LIMIT).getSession();
    }

    @Override
    public void close() {
        client.stop();
    }
}
