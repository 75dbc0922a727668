package dev.bluerig.remote.ssh;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.shell.LiveChecks;
import dev.bluerig.remote.shell.SessionContract;
import java.nio.file.Path;

/// The contract, JSch against a real OpenSSH.
@NeedsLab(value = {"sshd", "ssh-keygen", "unshare", "sudo", "busybox", "perl"}, root = true)
class JschWithOpenSshTest extends SessionContract {
    JschWithOpenSshTest() throws Exception {
        super(OpenSshServer.start());
    }

    @Override
    public Dialer dialer(Path knownHosts) throws Exception {
        return new SshDialer(SshSettings.only(knownHosts));
    }

    @Override
    protected void programs(Session session) throws Unreachable {
        LiveChecks.all(session);
    }

    @Override
    public void close(Dialer dialer) throws Exception {
        ((SshDialer) dialer).close();
    }
}
