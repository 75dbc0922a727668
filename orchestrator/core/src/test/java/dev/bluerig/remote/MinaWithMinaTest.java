package dev.bluerig.remote;

import java.nio.file.Path;

/// The contract, Apache MINA against Apache MINA.
class MinaWithMinaTest extends SessionContract {
    MinaWithMinaTest() throws Exception {
        super(MinaServer.start());
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
