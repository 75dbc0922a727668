package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.Programs;
import dev.bluerig.remote.Command;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A way into a running guest that is no machine's: root in the guest's own name spaces, for tests that break things or read what the whole kernel says.
public record Guest(int port, Path identity, Path knownHosts) {
    private static final int BANNER_PATIENCE = 5000;

    /// What a program printed (standard error included), and its exit status.
    public record Result(int status, String output) {}

    public Result run(String... program) throws LabFailed {
        var words = new ArrayList<>(List.of("ssh", "-F", "none", "-T", "-p", Integer.toString(port), "-i", identity.toString(), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
            "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=\"" + knownHosts + "\"", "-o", "GlobalKnownHostsFile=none", "-o", "ConnectTimeout=20", "-o", "LogLevel=ERROR",
            "root@127.0.0.1"));
        words.add(Command.of(program).line());
        Programs.Ran ran = Programs.run(words);
        return new Result(ran.status(), ran.output());
    }

    /// The output; a failure of the program is a failure of the caller.
    public String output(String... program) throws LabFailed {
        Result result = run(program);
        if (result.status != 0) throw new LabFailed("guest: " + String.join(" ", program) + " exited " + result.status + ": " + result.output.strip());
        return result.output;
    }

    /// Whether an sshd greets at this port of 127.0.0.1 (RFC 4253 section 4.2). QEMU accepts a connection even when nobody listens in the guest.
    static boolean greets(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), BANNER_PATIENCE);
            socket.setSoTimeout(BANNER_PATIENCE);
            return new String(socket.getInputStream().readNBytes(8), StandardCharsets.US_ASCII).equals("SSH-2.0-");
        } catch (IOException silent) {
            return false;
        }
    }
}
