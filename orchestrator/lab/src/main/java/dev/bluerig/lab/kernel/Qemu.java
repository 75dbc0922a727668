package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The process of one guest. It belongs to no terminal and to no bluerig: whoever knows the lab's directory finds it again by the name on
/// its command line.
record Qemu(String name, Path directory) {
    private static final String PROGRAM = "qemu-system-x86_64";
    private static final String LOG = "qemu.log";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(10);
    /// An emulated processor is stopped between two of its blocks, which a busy machine may run late.
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long GLANCE = 50;

    /// Another program took a port between our choice and QEMU's: choose again.
    static final class PortTaken extends Exception {
        private static final long serialVersionUID = 1;

        PortTaken(String said) {
            super(said);
        }
    }

    /// Starts the guest and returns when QEMU runs it.
    void start(QemuCommand command) throws LabFailed, PortTaken {
        var words = new ArrayList<>(List.of("setsid"));
        words.addAll(command.words());
        Path log = directory.resolve(LOG);
        try {
            Process process = LabPrograms.process(words).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
            long end = System.nanoTime() + START.toNanos();
            while (!answers()) {
                if (process.waitFor(GLANCE, TimeUnit.MILLISECONDS)) {
                    String said = Files.readString(log).strip();
                    if (said.contains("Could not set up host forwarding rule")) throw new PortTaken(said);
                    throw new LabFailed("QEMU ended at once (" + process.exitValue() + "): " + said + "\nIts command line: "
                        + String.join(" ", words));
                }
                if (System.nanoTime() > end)
                    throw new LabFailed("QEMU does not answer after " + START.toSeconds() + " s: " + Files.readString(log).strip());
            }
        } catch (IOException broken) {
            throw new LabFailed("cannot start QEMU in " + directory, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted while QEMU started", stopped);
        }
    }

    private boolean answers() {
        try (var monitor = open(QemuCommand.MONITOR)) {
            return monitor.isConnected() && ask(monitor, "query-status").contains("\"running\": true");
        } catch (IOException notYet) {
            return false;
        }
    }

    /// What QEMU itself said last, for a message; a kernel that ran out of memory leaves it no time to say anything.
    String said() throws LabFailed {
        String tail = HostTool.tail(directory.resolve(LOG), 0).strip();
        return tail.isEmpty() ? " without a word" : ": " + tail;
    }

    /// As if its reset button was pressed.
    void reset() throws LabFailed {
        try (var monitor = open(QemuCommand.MONITOR)) {
            ask(monitor, "system_reset");
        } catch (IOException broken) {
            throw new LabFailed("the guest " + name + " cannot be reset", broken);
        }
    }

    /// Docs: QEMU Machine Protocol. The answer to the command, events before it passed over.
    private static String ask(SocketChannel monitor, String command) throws IOException {
        var reader = new BufferedReader(Channels.newReader(monitor, StandardCharsets.UTF_8));
        expect(reader, "\"QMP\"");
        tell(monitor, "qmp_capabilities");
        expect(reader, "\"return\"");
        tell(monitor, command);
        return expect(reader, "\"return\"");
    }

    private static void tell(SocketChannel monitor, String command) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(("{\"execute\": \"" + command + "\"}\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) monitor.write(bytes);
    }

    /// With a deadline: a QEMU that stands still must not hold us.
    private static String expect(BufferedReader reader, String word) throws IOException {
        var line = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                String read = reader.readLine();
                while (read != null && !read.contains(word) && !read.contains("\"error\"")) read = reader.readLine();
                line.complete(read == null ? "" : read);
            } catch (IOException broken) {
                line.completeExceptionally(broken);
            }
        });
        try {
            String said = line.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (!said.contains(word)) throw new IOException("QEMU's monitor said: " + said);
            return said;
        } catch (ExecutionException | TimeoutException broken) {
            throw new IOException("QEMU's monitor does not answer", broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /// A socket of the guest by way of the process's working directory, because the path of the lab may be longer than a socket's may be.
    SocketChannel open(String socket) throws IOException {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) throw new IOException("the guest " + name + " does not run");
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(Path.of("/proc", Long.toString(process.get().pid()), "cwd", socket)));
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    /// The running process, if there is one.
    Optional<ProcessHandle> process() {
        return processes(name).findFirst();
    }

    boolean runs() {
        return process().isPresent();
    }

    /// Every QEMU whose name begins like this.
    static Stream<ProcessHandle> processes(String name) {
        return ProcessHandle.allProcesses().filter(process -> isNamed(name, LabPrograms.arguments(process)));
    }

    static boolean isNamed(String name, List<String> arguments) {
        int at = arguments.indexOf("-name");
        return arguments.getFirst().endsWith(PROGRAM) && at > 0 && at + 1 < arguments.size() && arguments.get(at + 1).startsWith(name);
    }

    /// Ends every guest of this name: asked first, then killed.
    static void end(String name) throws LabFailed {
        long ask = System.nanoTime() + END.toNanos();
        long kill = ask + END.toNanos();
        processes(name).forEach(ProcessHandle::destroy);
        try {
            while (processes(name).findAny().isPresent()) {
                if (System.nanoTime() > ask) processes(name).forEach(ProcessHandle::destroyForcibly);
                if (System.nanoTime() > kill)
                    throw new LabFailed("a guest does not end: process " + processes(name).map(ProcessHandle::pid).toList());
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted while guests ended", stopped);
        }
    }
}
