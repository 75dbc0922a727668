package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UserInfo;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.cipher.AesGcm;
import dev.bluerig.remote.shell.UninterruptibleWait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/// One attempt to connect and log in with JSch, and the explanation when it fails.
final class Login {
    // Only what JSch can do without Bouncy Castle, cheapest first; its own start-up checks of each are switched off below.
    private static final String KEX = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-"
        + "nistp521,"
        + "mlkem768x25519-sha256,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diff"
        + "ie-hellman-group14-sha256";
    // no certificates: only our matcher decides about host keys, and it knows keys
    private static final String HOST_KEYS =
        "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256";

    private static final String CERTIFIED_HOST_KEYS = "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,"
        + "ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,rsa-sha"
        + "2-256-cert-v01@openssh.com,";

    static {
        // pure Java without the JDK's general field arithmetic: a sixth of the time while nothing is compiled yet (docs/performance.md).
        // Set for all sessions, because signing with a key reads no session's settings.
        JSch.setConfig("xdh", "com.jcraft.jsch.bc.XDH");
        JSch.setConfig("ssh-ed25519", "com.jcraft.jsch.bc.SignatureEd25519");
        JSch.setConfig("aes128-gcm@openssh.com", AesGcm.Aes128.class.getName());
        JSch.setConfig("aes256-gcm@openssh.com", AesGcm.Aes256.class.getName());
    }

    private final DialTarget target;
    private final HostKeyCheck hostKeys;
    private final Offer offer;
    private final Duration limit;
    private final ServerGreeting greeting = new ServerGreeting();
    private final NoDelaySockets sockets;

    /// What one connection may offer. `methods`: separated by commas. `asksMethods`: which ways there are is asked before any is tried.
    record Offer(List<Identity> identities, UserInfo answers, String methods, boolean asksMethods, LoginAttempt tried) {
        /// Nothing: as far as the host key, or to hear which ways there are.
        static Offer nothing(boolean asksMethods) {
            var tried = new LoginAttempt(false);
            return new Offer(List.of(), new LoginAnswers(Optional.empty()).into(tried), "", asksMethods, tried);
        }
    }

    Login(DialTarget target, HostKeyCheck hostKeys, Offer offer, Duration limit) {
        this.target = target;
        this.hostKeys = hostKeys;
        this.offer = offer;
        this.limit = limit;
        this.sockets = new NoDelaySockets(target.route(), limit, greeting);
    }

    /// A session and the way to end it whatever JSch is doing.
    record Connected(Session session, Runnable cut) {}

    Connected connect(Optional<JschTransport> jump) throws Unreachable {
        var cut = new ConnectionAbort();
        Optional<ProxyProcess> program = target.route().proxy().map(each -> new ProxyProcess(each, greeting));
        try {
            Session session = session();
            jump.ifPresent(host -> session.setProxy(cut.watching(new JumpProxy(host.session(), host.name(), limit, greeting))));
            program.ifPresent(each -> session.setProxy(cut.watching(each)));
            session.setSocketFactory(cut.watching(sockets));
            Optional<Boolean> done = UninterruptibleWait.within(limit, () -> {
                session.connect(0);
                return true;
            }, cut);
            if (done.isEmpty()) throw late(jump.isPresent(), program);
            greeting.forget();
            return new Connected(session, cut);
        } catch (ExecutionException failed) {
            throw explained(failed.getCause(), program);
        } catch (JSchException refused) {
            throw explained(refused, program);
        }
    }

    private Session session() throws JSchException {
        var jsch = new JSch();
        jsch.setIdentityRepository(new OfferedKeys(offer.identities().stream().map(offer.tried()::watching).toList()));
        jsch.setHostKeyRepository(hostKeys);
        Session session = jsch.getSession(target.user(), target.address(), target.port());
        session.setThreadFactory(Thread.ofVirtual().factory());
        session.setUserInfo(offer.answers());
        session.setLogger(offer.tried().listening());
        target.alias().ifPresent(session::setHostKeyAlias);
        // no setPassword: JSch wipes it after the first method and would send zeros by the second
        var config = new Properties();
        config.put("StrictHostKeyChecking", "yes");
        config.put("PreferredAuthentications", offer.methods());
        config.put("MaxAuthTries", Integer.toString(Integer.MAX_VALUE));     // the server counts
        config.put("kex", KEX);
        config.put("server_host_key", (hostKeys.hasAuthority() ? CERTIFIED_HOST_KEYS : "") + HOST_KEYS);
        for (String check : List.of("CheckKexes", "CheckCiphers", "CheckSignatures", "CheckMacs")) config.put(check, "");
        config.put("enable_auth_none", offer.asksMethods() ? "yes" : "no");
        config.put("enable_pubkey_auth_query", offer.tried().asksFirst() ? "yes" : "no");
        session.setConfig(config);
        return session;
    }

    private Unreachable late(boolean far, Optional<ProxyProcess> program) {
        String seconds = " within " + limit.toSeconds() + " s";
        if (program.isPresent() && greeting.nothing())
            return new Unreachable(ConnectionCode.PROXY_FAILED, target.where() + ": " + program.get().title() + ": nothing came" + seconds
                + output(program.get().words()));
        if (!far && program.isEmpty() && !sockets.connected())
            return new Unreachable(ConnectionCode.CONNECT_TIMEOUT, target.where() + ": no answer" + seconds);
        if (greeting.nothing())
            return new Unreachable(ConnectionCode.CONNECT_TIMEOUT, target.where() + ": the port is open, but nothing was said" + seconds);
        return new Unreachable(ConnectionCode.TIMED_OUT, target.where() + ": the login did not finish" + seconds);
    }

    private static String output(String words) {
        return words.isEmpty() ? "" : "; it said: " + words;
    }

    private Unreachable explained(Throwable failure, Optional<ProxyProcess> program) {
        if (program.isPresent() && greeting.nothing() && hostKeys.shown().isEmpty())
            return new Unreachable(ConnectionCode.PROXY_FAILED, target.where() + ": " + program.get().title()
                + output(program.get().words()), failure);
        return LoginFailure.explain(failure, target, hostKeys, greeting, offer);
    }
}
