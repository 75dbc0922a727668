package dev.bluerig.remote.ssh;

import dev.bluerig.remote.hostkey.PublicKeyText;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real OpenSSH sshd on a loopback port, with users of its own: it lives in a mount namespace over a copy of /etc, so the machine's
/// accounts, PAM and sudo stay as they are. Needs root.
public final class OpenSshServer implements Server {
    private static final Map<String, String> RC =
        Map.of("noisy", "echo welcome; echo beware >&2; read line; echo read \"$line\"", "leaver", "exit 0",
        "swapper", "exec /bin/dash", "pathless", "export PATH=/nonexistent", "babbler",
        "head -c 3000 /dev/urandom; head -c 3000 /dev/urandom >&2");

    private final Path directory;
    private final int port;
    private final Process process;

    private OpenSshServer(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /// Users: `plain` (bash), `dash` and `busy` (their login shells), `noisy` (an rc file that prints and reads), `sudoer` (sudo with a
    /// password),
    /// `trusted` (sudo without), `expired` (must change the password), `locked` (shell nologin). All have PASSWORD and the key of `key()`.
    ///
    /// Of those who get no root shell: `leaver`, `swapper` and `babbler` have an rc file that ends, replaces or precedes the shell by
    /// noise; `pathless` one that spoils PATH; `forced` may run /bin/date alone; `narrow` has a restricted shell; `fewer` may run single
    /// commands under sudo, `terminal` only on one, `other` as another user;
    /// `lapsed` must change the password, which sudo asks for and sshd does not.
    public static OpenSshServer start(String... moreConfig) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("bluerig-sshd");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        run("cp", "-a", "/etc", directory.resolve("etc").toString());
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bluerig test", "-f", directory.resolve("id").toString());
        newHostKey(directory);
        accounts(directory);
        int port = freePort();
        var config =
            new ArrayList<>(List.of("Port " + port, "ListenAddress 127.0.0.1", "HostKey " + directory.resolve("host_key"), "PidFile none",
            "UsePAM yes", "PasswordAuthentication yes", "KbdInteractiveAuthentication yes", "MaxStartups 200", "MaxSessions 50",
            "UseDNS no",
            "StrictModes no", "AuthorizedKeysFile " + directory + "/home/%u/.ssh/authorized_keys", "Subsystem sftp internal-sftp",
            "LogLevel VERBOSE"));
        List<String> more = List.of(moreConfig);
        int match = (int) more.stream().takeWhile(line -> !line.startsWith("Match")).count();
        config.addAll(0, more.subList(0, match));
        config.addAll(more.subList(match, more.size()));            // a Match block lasts to the end
        Files.write(directory.resolve("sshd_config"), config);
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "/bin/sh", "-c",
            "mkdir -p /run/sshd; mount --bind " + directory + "/etc /etc && exec /usr/sbin/sshd -D -e -f " + directory + "/sshd_config")
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        awaitPort(port, process, log);
        return new OpenSshServer(directory, port, process);
    }

    private static void newHostKey(Path directory) throws IOException, InterruptedException {
        Files.deleteIfExists(directory.resolve("host_key"));
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", directory.resolve("host_key").toString());
    }

    private static void accounts(Path directory) throws IOException, InterruptedException {
        Path etc = directory.resolve("etc");
        String hash = output("perl", "-e", "print crypt($ARGV[0], '$6$bluerig$')", PASSWORD);
        int number = 61_000;
        for (String account : List.of("plain:/bin/bash", "dash:/bin/dash", "busy:" + busybox(directory), "noisy:/bin/bash",
            "sudoer:/bin/bash",
            "trusted:/bin/bash", "expired:/bin/bash", "locked:/usr/sbin/nologin", "leaver:/bin/bash", "swapper:/bin/bash",
            "babbler:/bin/bash", "forced:/bin/bash",
            "narrow:/bin/rbash", "fewer:/bin/bash", "terminal:/bin/bash", "other:/bin/bash", "lapsed:/bin/bash", "pathless:/bin/bash")) {
            String name = account.substring(0, account.indexOf(':'));
            Path home = directory.resolve("home/" + name);
            number++;
            append(etc.resolve("passwd"), name + ":x:" + number + ":" + number + "::" + home + ":"
                + account.substring(account.indexOf(':') + 1));
            append(etc.resolve("group"), name + ":x:" + number + ":");
            // the day of the last change; 0 means that it must be changed now (shadow(5))
            append(etc.resolve("shadow"), name + ":" + hash + ":" + (List.of("expired", "lapsed").contains(name) ? "0" : "20000")
                + ":0:99999:7:::");
            Files.createDirectories(home.resolve(".ssh"));
            Files.copy(directory.resolve("id.pub"), home.resolve(".ssh/authorized_keys"));
            String rc = RC.getOrDefault(name, "");
            if (!rc.isEmpty()) Files.writeString(home.resolve(".bashrc"), rc + "\n");
            if (name.equals("forced"))
                Files.writeString(home.resolve(".ssh/authorized_keys"),
                    "command=\"/bin/date\" " + Files.readString(directory.resolve("id.pub")));
            run("chown", "-R", number + ":" + number, home.toString());
        }
        append(etc.resolve("shells"), busybox(directory));
        Path sudoers = etc.resolve("sudoers.d/bluerig-test");
        Files.writeString(sudoers, """
            sudoer,lapsed ALL=(ALL:ALL) ALL
            trusted,pathless,leaver,swapper,babbler,forced,narrow,terminal,other,locked ALL=(ALL:ALL) NOPASSWD: ALL
            fewer ALL=(root) NOPASSWD: /usr/bin/id, /usr/bin/uname
            Defaults:terminal requiretty
            Defaults:other runas_default=plain
            """);
        Files.setPosixFilePermissions(sudoers, PosixFilePermissions.fromString("r--r-----"));
        Path pam = etc.resolve("pam.d/sshd");
        Files.writeString(pam, "account sufficient pam_succeed_if.so quiet user = lapsed\n" + Files.readString(pam));
    }

    private static String busybox(Path directory) throws IOException {
        Path shell = directory.resolve("bin/sh");
        if (!Files.exists(shell)) {
            Files.createDirectories(shell.getParent());
            Files.copy(Path.of("/bin/busybox"), shell);
        }
        return shell.toString();
    }

    @Override
    public Path key() {
        return directory.resolve("id");
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public int port() {
        return port;
    }

    /// The same server by another of its ports.
    String name(int other) {
        return "[127.0.0.1]:" + other;
    }

    public Path home(String user) {
        return directory.resolve("home/" + user);
    }

    @Override
    public PublicKeyText hostKey() throws IOException {
        String[] words = Files.readString(directory.resolve("host_key.pub")).split(" ");
        return PublicKeyText.of(words[0], words[1].strip());
    }

    /// Runs a program in the server's mount namespace, where its sessions live.
    public void inside(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("nsenter", "--mount", "--target", String.valueOf(process.pid()), "--"));
        all.addAll(List.of(words));
        run(all.toArray(String[]::new));
    }

    /// Reads its configuration again.
    void reload() throws IOException, InterruptedException {
        int before = log().split("Server listening", -1).length;
        run("kill", "-HUP", String.valueOf(process.pid()));
        for (int i = 0; i < 500 && log().split("Server listening", -1).length == before; i++) Thread.sleep(10);
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @Override
    public void cutConnections() throws IOException {
        connections().forEach(ProcessHandle::destroyForcibly);
    }

    /// The server's own processes, one or two for a connection; what runs in them goes on.
    private List<ProcessHandle> connections() {
        return process.descendants().filter(child -> child.info().command().filter(command -> command.endsWith("/sshd")).isPresent())
            .toList();
    }

    /// Every connection that stands freezes, as if the machine had lost power.
    public void freezeConnections() throws IOException, InterruptedException {
        for (ProcessHandle child : connections()) run("kill", "-STOP", String.valueOf(child.pid()));
    }

    @Override
    public void close() throws IOException {
        for (ProcessHandle child : process.descendants().toList()) child.destroyForcibly();
        process.destroyForcibly();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", java.nio.file.StandardOpenOption.APPEND);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port, Process process, Path log) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 200; attempt++) {
            if (!process.isAlive()) throw new IOException("sshd did not start: " + Files.readString(log));
            try (var socket = new Socket("127.0.0.1", port)) {
                if (socket.isConnected()) return;
            } catch (IOException notYet) {
                Thread.sleep(25);
            }
        }
        throw new IOException("sshd does not listen: " + Files.readString(log));
    }

    private static void run(String... words) throws IOException, InterruptedException {
        output(words);
    }

    private static String output(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0)
            throw new IOException(String.join(" ", words) + ": " + text);
        return text;
    }
}
