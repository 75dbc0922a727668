package dev.bluerig.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/// What a client asks MINA's server to execute, in the real /bin/sh.
final class ProcessCommand implements Command {
    private final String line;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private Process process;

    ProcessCommand(String line) {
        this.line = line;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        this.exit = exit;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", line).start();
        pump(in, process.getOutputStream(), true);
        Thread stdout = pump(process.getInputStream(), out, false);
        Thread stderr = pump(process.getErrorStream(), err, false);
        Thread.ofVirtual().start(() -> {
            try {
                stdout.join();
                stderr.join();
                exit.onExit(process.waitFor());
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
    }

    private static Thread pump(InputStream from, OutputStream to, boolean close) {
        return Thread.ofVirtual().start(() -> {
            var bytes = new byte[16 * 1024];
            try {
                for (int count; (count = from.read(bytes)) >= 0; ) {
                    to.write(bytes, 0, count);
                    to.flush();
                }
                if (close) to.close();
            } catch (IOException gone) {
                // the other side is gone
            }
        });
    }

    @Override
    public void destroy(ChannelSession channel) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
