package dev.bluerig.remote;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UserInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/// One attempt to connect and log in with JSch, and the explanation when it fails.
final class Login {
    // Only what JSch can do without Bouncy Castle, cheapest first; its own start-up checks of each are switched off below.
    private static final String KEX = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
        + "mlkem768x25519-sha256,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";
    // no certificates: only our matcher decides about host keys, and it knows keys
    private static final String HOST_KEYS = "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256";

    private final Target target;
    private final HostKeyCheck hostKeys;
    private final List<Identity> identities;
    private final UserInfo answers;
    private final String methods;
    private final Duration limit;
    private final Greeting greeting = new Greeting();
    private final QuickSockets sockets;

    Login(Target target, HostKeyCheck hostKeys, List<Identity> identities, UserInfo answers, String methods, Duration limit) {
        this.target = target;
        this.hostKeys = hostKeys;
        this.identities = identities;
        this.answers = answers;
        this.methods = methods;
        this.limit = limit;
        this.sockets = new QuickSockets(limit, greeting);
    }

    /// A session and the way to end it whatever JSch is doing.
    record Connected(Session session, Runnable cut) {}

    Connected connect(Optional<JschWire> jump) throws Unreachable {
        var cut = new Cut();
        try {
            Session session = session();
            jump.ifPresent(host -> session.setProxy(cut.watching(new JumpProxy(host.session(), host.name(), limit, greeting))));
            session.setSocketFactory(cut.watching(sockets));
            Optional<Boolean> done = Patience.within(limit, () -> {
                session.connect(0);
                return true;
            }, cut);
            if (done.isEmpty()) throw late(jump.isPresent());
            return new Connected(session, cut);
        } catch (ExecutionException failed) {
            throw explained(failed.getCause());
        } catch (JSchException refused) {
            throw explained(refused);
        }
    }

    private Session session() throws JSchException {
        var jsch = new JSch();
        jsch.setIdentityRepository(new OfferedKeys(identities));
        jsch.setHostKeyRepository(hostKeys);
        Session session = jsch.getSession(target.user(), target.address(), target.port());
        session.setThreadFactory(Thread.ofVirtual().factory());
        session.setUserInfo(answers);
        // no setPassword: JSch wipes it after the first method and would send zeros by the second
        var config = new Properties();
        config.put("StrictHostKeyChecking", "yes");
        config.put("PreferredAuthentications", methods);
        config.put("kex", KEX);
        config.put("server_host_key", HOST_KEYS);
        for (String check : List.of("CheckKexes", "CheckCiphers", "CheckSignatures", "CheckMacs")) config.put(check, "");
        config.put("enable_auth_none", methods.contains("password") ? "yes" : "no");    // asks which methods there are
        config.put("enable_pubkey_auth_query", identities.size() > 1 ? "yes" : "no");
        session.setConfig(config);
        return session;
    }

    private Unreachable late(boolean far) {
        String seconds = " within " + limit.toSeconds() + " s";
        if (!far && !sockets.connected()) return new Unreachable(Reason.CONNECT_TIMEOUT, target.where() + ": no answer" + seconds);
        if (greeting.nothing()) return new Unreachable(Reason.CONNECT_TIMEOUT, target.where() + ": the port is open, but nothing was said" + seconds);
        return new Unreachable(Reason.TIMED_OUT, target.where() + ": the login did not finish" + seconds);
    }

    private Unreachable explained(Throwable failure) {
        return LoginFailure.explain(failure, target, hostKeys, greeting, methods, identities.size());
    }
}
