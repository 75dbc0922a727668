package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.shell.ShellPrograms;
import dev.bluerig.sim.tool.FileDescriptors;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/// One exec (or shell) request: the account's login shell with that command, on a virtual thread of its own.
final class MachineCommand implements Command {
    private final SimNode node;
    private final String user;
    private final Map<String, String> environment;
    private final List<String> words;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, immediately) -> { };
    private SimProcess process;

    /// `text` empty: the interactive shell.
    MachineCommand(SimNode node, String user, Map<String, String> environment, String text) {
        this.node = node;
        this.user = user;
        this.environment = environment;
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        this.words = text.isEmpty() ? List.of("bash") : List.of("bash", "-c", bytes);
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = new BufferedOutputStream(stream, 32_768);
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = new BufferedOutputStream(stream, 8_192);
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment given) {
        if (!given.getPtyModes().isEmpty() || given.getEnv().containsKey(Environment.ENV_TERM)) attach();
        process = node.machine().processes().lead("bash", () -> exit.onExit(137), this::flush);
        Thread.ofVirtual().name(node.machine().name() + " " + process.id()).start(() -> exit.onExit(run()));
    }

    /// The client asked for a terminal.
    private void attach() {
        out = LineDiscipline.screen(out);
        err = out;
        if (words.size() == 1) in = new LineDiscipline(in, out, user + "@" + node.machine().name() + ":~$ ");
    }

    private int run() {
        var io = FileDescriptors.of(new FlushingInput(in, out, err), out, err);
        int status;
        try (SimProcess leader = process) {
            status = begin(io, leader);
        } catch (Killed killed) {
            status = 128 + killed.signal();
        } catch (UncheckedIOException gone) {
            status = 129;
        } catch (RuntimeException wrong) {
            node.machine().unknown("the lab itself failed: " + wrong);
            io.complain("simulated machine failed: " + wrong);
            status = 70;
        }
        flush();
        return status;
    }

    private void flush() {
        try {
            out.flush();
            err.flush();
        } catch (IOException gone) {
            node.machine().processes().signal(-process.group(), 1);
        }
    }

    private int begin(FileDescriptors io, SimProcess leader) {
        SimMachine machine = node.machine();
        Accounts.Account account = machine.accounts().find(user).orElseThrow();
        if (account.expired()) {
            io.complain("WARNING: Your password has expired.\nPassword change required but no TTY available.");
            return 1;
        }
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("HOME", account.user().home());
        variables.put("USER", user);
        variables.put("LOGNAME", user);
        variables.put("SHELL", "/bin/bash");
        variables.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/games");
        return ShellPrograms.launch(new ProgramCall(machine, words, io, variables, account.user().home(), account.user(), leader,
            ShellPrograms::launch));
    }

    @Override
    public void destroy(ChannelSession channel) {
        // the connection is gone: what still runs gets SIGHUP
        if (process != null) node.machine().processes().signal(-process.group(), 1);
    }

    /// What was printed must be out before somebody waits for an answer to it.
    private static final class FlushingInput extends InputStream {
        private final InputStream in;
        private final OutputStream out;
        private final OutputStream err;
        private final byte[] buffer = new byte[8192];
        private int at;
        private int end;

        private FlushingInput(InputStream in, OutputStream out, OutputStream err) {
            this.in = in;
            this.out = out;
            this.err = err;
        }

        private boolean fill() throws IOException {
            if (at < end) return true;
            out.flush();
            err.flush();
            at = 0;
            end = Math.max(0, in.read(buffer));
            return end > 0;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer[at++] & 255 : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (!fill()) return -1;
            int count = Math.min(length, end - at);
            System.arraycopy(buffer, at, to, offset, count);
            at += count;
            return count;
        }

        @Override
        public int available() throws IOException {
            return end - at;
        }
    }
}
