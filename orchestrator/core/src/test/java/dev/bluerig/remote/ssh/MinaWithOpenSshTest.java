package dev.bluerig.remote.ssh;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.shell.SessionContract;
import java.nio.file.Path;

/// The contract, Apache MINA against a real OpenSSH.
@NeedsLab(value = {"sshd", "ssh-keygen", "unshare", "sudo", "busybox", "perl"}, root = true)
class MinaWithOpenSshTest extends SessionContract {
    MinaWithOpenSshTest() throws Exception {
        super(OpenSshServer.start());
    }

    @Override
    public Dialer dialer(Path knownHosts) throws Exception {
        return new MinaDialer(SshSettings.only(knownHosts));
    }

    @Override
    public void close(Dialer dialer) throws Exception {
        ((MinaDialer) dialer).close();
    }
}
