package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.MachineExec;
import dev.bluerig.remote.Command;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The ways into a running guest that are no machine's own: its sshd, where the lab's key is root's.
record Guest(KernelDirectory lab, int number) {
    private static final int BANNER_PATIENCE = 5000;

    /// The guest's own name spaces.
    MachineExec inside() throws LabFailed {
        List<String> ssh = ssh(lab.state().ports().get(number).getFirst(), lab.file("id_ed25519"), lab.file("known_hosts"));
        return new MachineExec(KernelDirectory.guestName(number), program -> joined(ssh, Command.of(program).line()));
    }

    /// Those of a machine, entered by the guest's root.
    MachineExec machine(String name) throws LabFailed {
        List<String> ssh = ssh(lab.state().ports().get(number).getFirst(), lab.file("id_ed25519"), lab.file("known_hosts"));
        return new MachineExec(name, program ->
            joined(ssh, Command.of(joined(List.of("/lab/guest/enter", name), program.toArray(String[]::new))).line()));
    }

    private static List<String> ssh(int port, Path identity, Path knownHosts) {
        return List.of("ssh", "-F", "none", "-T", "-p", Integer.toString(port), "-i", identity.toString(), "-o", "IdentitiesOnly=yes",
            "-o", "BatchMode=yes",
            "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=\"" + knownHosts + "\"", "-o", "GlobalKnownHostsFile=none", "-o",
            "ConnectTimeout=20",
            "-o", "LogLevel=ERROR", "root@127.0.0.1");
    }

    private static List<String> joined(List<String> words, String... more) {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    /// Whether an sshd greets at this port of 127.0.0.1 (RFC 4253 section 4.2). QEMU accepts a connection even when nobody listens in the
    /// guest.
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
