package dev.bluerig.remote;

import java.nio.file.Path;

/// The contract, JSch against Apache MINA.
class JschWithMinaTest extends SessionContract {
    JschWithMinaTest() throws Exception {
        super(MinaServer.start());
    }

    @Override
    Dialer dialer(Path knownHosts) throws Exception {
        return new SshDialer(SshSettings.only(knownHosts));
    }

    @Override
    void close(Dialer dialer) throws Exception {
        ((SshDialer) dialer).close();
    }
}
