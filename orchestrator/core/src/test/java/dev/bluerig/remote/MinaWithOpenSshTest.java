package dev.bluerig.remote;

import dev.bluerig.cases.NeedsLab;
import java.nio.file.Path;

/// The contract, Apache MINA against a real OpenSSH.
@NeedsLab(value = {"sshd", "ssh-keygen", "unshare", "sudo", "busybox", "perl"}, root = true)
class MinaWithOpenSshTest extends SessionContract {
    MinaWithOpenSshTest() throws Exception {
        super(OpenSshServer.start());
    }

    @Override
    Dialer dialer(Path knownHosts) throws Exception {
        return new MinaDialer(SshSettings.only(knownHosts));
    }

    @Override
    void close(Dialer dialer) throws Exception {
        ((MinaDialer) dialer).close();
    }
}
