package dev.bluerig.remote.ssh;

import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.shell.SessionContract;
import java.nio.file.Path;

/// The contract, JSch against Apache MINA.
class JschWithMinaTest extends SessionContract {
    JschWithMinaTest() throws Exception {
        super(MinaServer.start());
    }

    @Override
    public Dialer dialer(Path knownHosts) throws Exception {
        return new SshDialer(SshSettings.only(knownHosts));
    }

    @Override
    public void close(Dialer dialer) throws Exception {
        ((SshDialer) dialer).close();
    }
}
