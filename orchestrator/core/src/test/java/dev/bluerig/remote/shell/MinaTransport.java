package dev.bluerig.remote.shell;

import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpException;

/// The same duties as JschWire, done by Apache MINA's client: an independent witness of the contract.
public final class MinaTransport implements Transport {
    private final String name;
    private final ClientSession session;
    private final Redial redial;

    public interface Redial {
        MinaTransport dial() throws Unreachable;
    }

    public MinaTransport(String name, ClientSession session, Redial redial) {
        this.name = name;
        this.session = session;
        this.redial = redial;
    }

    public ClientSession session() {
        return session;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean alive() {
        return session.isOpen();
    }

    @Override
    public Running start(String request, Listener listener, Duration limit) throws Unreachable {
        return lost(() -> {
            ChannelExec channel = session.createExecChannel(request);
            channel.setOut(new ChannelOutput(listener::out, () -> {}));
            channel.setErr(new ChannelOutput(listener::err, () -> {}));
            channel.addCloseFutureListener(closed -> listener.ended(Optional.ofNullable(channel.getExitStatus()).orElse(-1)));
            channel.open().verify(limit);
            return running(channel);
        });
    }

    private static Running running(ChannelExec channel) {
        return new Running() {
            @Override
            public void write(byte[] bytes, Duration limit) {
                try {
                    OutputStream in = channel.getInvertedIn();
                    in.write(bytes);
                    in.flush();
                } catch (IOException gone) {
                    // the listener hears that it ended
                }
            }

            @Override
            public void finish() {
                try {
                    channel.getInvertedIn().close();
                } catch (IOException gone) {
                    // the listener hears that it ended
                }
            }

            @Override
            public void close() {
                channel.close(true);
            }
        };
    }

    @Override
    public void upload(Path file, String target, String mode, Duration limit) throws Unreachable {
        String fresh = target + ".mina-new";
        lost(() -> {
            try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                try (OutputStream out = sftp.write(fresh)) {
                    Files.copy(file, out);
                }
                var attributes = new SftpClient.Attributes();
                attributes.setPermissions(Integer.parseInt(mode, 8));
                sftp.setStat(fresh, attributes);
                try {
                    sftp.remove(target);        // MINA cannot rename over a file in SFTP 3
                } catch (SftpException nothingThere) {
                    // the first time
                }
                sftp.rename(fresh, target);
            }
            return true;
        });
    }

    private <T> T lost(Callable<T> work) throws Unreachable {
        try {
            return work.call();
        } catch (SftpException refused) {
            throw new Unreachable(ConnectionCode.UPLOAD_REFUSED, name + ": " + refused.getMessage(), refused);
        } catch (Exception failed) {
            throw new Unreachable(ConnectionCode.CONNECTION_LOST, name + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public Transport again() throws Unreachable {
        return redial.dial();
    }

    @Override
    public void close() {
        session.close(true);
    }
}
