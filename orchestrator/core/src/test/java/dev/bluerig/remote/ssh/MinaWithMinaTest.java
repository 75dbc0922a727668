package dev.bluerig.remote.ssh;

import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.shell.SessionContract;
import java.nio.file.Path;

/// The contract, Apache MINA against Apache MINA.
class MinaWithMinaTest extends SessionContract {
    MinaWithMinaTest() throws Exception {
        super(MinaServer.start());
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
