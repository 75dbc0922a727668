package dev.bluerig.remote.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.shell.ChannelInput;
import dev.bluerig.remote.shell.ChannelOutput;
import dev.bluerig.remote.shell.Transport;
import dev.bluerig.remote.shell.UninterruptibleWait;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// A logged-in JSch session. Nothing here waits longer than it is told to, and no caller's thread is ever inside JSch.
final class JschTransport implements Transport {
    /// Connects the same target once more.
    interface Redial {
        JschTransport dial() throws Unreachable;
    }

    /// JSch's words for SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254, 5.1).
    private static final String NO_CHANNEL = "channel is not opened";
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final String name;
    private final Session session;
    private final Runnable cut;
    private final Redial redial;
    private final Semaphore jumps;

    /// `cut` ends the connection underneath JSch, whatever JSch is doing.
    JschTransport(String name, Session session, Runnable cut, Redial redial, int dialsPerJump) {
        this.name = name;
        this.session = session;
        this.cut = cut;
        this.redial = redial;
        this.jumps = new Semaphore(dialsPerJump);
    }

    Session session() {
        return session;
    }

    /// Taken while a connection through this host is being set up.
    Semaphore jumps() {
        return jumps;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean alive() {
        return session.isConnected();
    }

    @Override
    public Running start(String request, Listener listener, Duration limit) throws Unreachable {
        return bounded("start a shell", limit, () -> {
            var channel = (ChannelExec) session.openChannel("exec");
            var ended = new AtomicBoolean();
            channel.setCommand(request);
            channel.setOutputStream(new ChannelOutput(listener::out, () -> {}));
            channel.setErrStream(new ChannelOutput(listener::err, () -> {
                if (!ended.getAndSet(true)) listener.ended(channel.getExitStatus());
            }));
            var in = new ChannelInput(channel::getOutputStream);
            channel.connect(patience(limit));
            return new Started(channel, in);
        });
    }

    private final class Started implements Running {
        private final ChannelExec channel;
        private final OutputStream in;

        Started(ChannelExec channel, OutputStream in) {
            this.channel = channel;
            this.in = in;
        }

        @Override
        public void write(byte[] bytes, Duration limit) throws Unreachable {
            Optional<Boolean> written;
            try {
                written = UninterruptibleWait.within(limit, () -> {
                    in.write(bytes);
                    in.flush();
                    return true;
                }, () -> {});
            } catch (ExecutionException gone) {
                return;                             // the listener hears that it ended
            }
            if (written.isEmpty())
                throw new Unreachable(ConnectionCode.TIMED_OUT, name + ": took no input for " + limit.toSeconds() + " s");
        }

        @Override
        public void finish() {
            Thread.ofVirtual().start(() -> {                    // waits for the socket, too
                try {
                    in.close();
                } catch (IOException gone) {
                    // the listener hears that it ended
                }
            });
        }

        @Override
        public void close() {
            Thread.ofVirtual().start(channel::disconnect);      // may wait for the socket
        }
    }

    @Override
    public void upload(Path file, String target, String mode, Duration limit) throws Unreachable {
        String fresh = target + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".bluerig-new";
        bounded("write " + target, limit, () -> {
            var sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect(patience(limit));
            try {
                put(sftp, file, fresh, target, Integer.parseInt(mode, 8));
                return true;
            } finally {
                sftp.disconnect();
            }
        });
    }

    /// Runs a program on a terminal and answers its questions.
    PasswordTerminal.Ended talk(String request, Function<String, Optional<String>> answers, Duration limit) throws Unreachable {
        return bounded("talk to a terminal", limit.plus(CLOSING), () -> new PasswordTerminal().run(session, request, answers, limit));
    }

    private static void put(ChannelSftp sftp, Path file, String fresh, String target, int mode) throws SftpException, IOException {
        try (var content = Files.newInputStream(file)) {
            sftp.put(content, fresh);
            sftp.chmod(mode, fresh);
            sftp.rename(fresh, target);
        } catch (SftpException failed) {
            try {
                sftp.rm(fresh);
            } catch (SftpException nothingThere) {
                failed.addSuppressed(nothingThere);
            }
            throw failed;
        }
    }

    /// For JSch's own waiting: longer than ours, so that time running out is told by us, by its name.
    private static int patience(Duration limit) {
        return Math.toIntExact(limit.plus(CLOSING).toMillis());
    }

    private <T> T bounded(String what, Duration limit, Callable<T> work) throws Unreachable {
        try {
            return UninterruptibleWait.within(limit, work, cut).orElseThrow(
                () -> new Unreachable(ConnectionCode.TIMED_OUT, name + ": could not " + what + " within " + limit.toSeconds() + " s"));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            String how = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (alive() && cause instanceof JSchException && how.startsWith(NO_CHANNEL))
                throw new Unreachable(ConnectionCode.SESSION_REFUSED,
                    name + ": could not " + what + ": the server opens no further channel", cause);
            if (alive() && cause instanceof SftpException)
                throw new Unreachable(ConnectionCode.UPLOAD_REFUSED, name + ": could not " + what + ": " + how, cause);
            throw new Unreachable(ConnectionCode.CONNECTION_LOST, name + ": could not " + what + ": " + how, cause);
        }
    }

    @Override
    public Transport again() throws Unreachable {
        return redial.dial();
    }

    @Override
    public void close() {
        try {
            UninterruptibleWait.within(CLOSING, () -> {
                session.disconnect();
                return true;
            }, cut);
        } catch (ExecutionException whileClosing) {
            cut.run();
        }
    }
}
