package dev.bluerig.remote.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import dev.bluerig.remote.shell.Pipe;
import dev.bluerig.remote.shell.UninterruptibleWait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of the user's as the connection (ssh_config(5), ProxyCommand). It ends with the connection; its words are kept for when it
/// fails.
final class ProxyProcess implements Proxy {
    private static final int KEPT = 4096;
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final DialRoute.Program program;
    private final ServerGreeting greeting;
    private final StringBuilder stderr = new StringBuilder();
    private final Pipe pipe = new Pipe();
    private volatile Process process;
    private volatile Thread listener;
    private InputStream in;

    ProxyProcess(DialRoute.Program program, ServerGreeting greeting) {
        this.program = program;
        this.greeting = greeting;
    }

    @Override
    public void connect(SocketFactory sockets, String address, int port, int timeout) throws IOException {
        // an interrupt from the keyboard is for bluerig alone; nothing may ask at the terminal
        var words = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        words.addAll(program.words());
        var builder = new ProcessBuilder(words);
        builder.environment().putIfAbsent("SSH_ASKPASS", "/bin/false");
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        process = builder.start();
        // threads of the system: a read from a program's pipe holds its carrier
        listener = Thread.ofPlatform().daemon().start(this::listen);
        Thread.ofPlatform().daemon().start(this::pump);
        in = greeting.watching(pipe.readEnd());
    }

    private void pump() {
        try (InputStream out = process.getInputStream(); OutputStream to = pipe.writeEnd()) {
            out.transferTo(to);
        } catch (IOException ended) {
            pipe.end();
        }
    }

    private void listen() {
        try (InputStream err = process.getErrorStream()) {
            var bytes = new byte[1024];
            for (int count; (count = err.read(bytes)) >= 0; ) {
                synchronized (stderr) {
                    stderr.append(new String(bytes, 0, count, UTF_8));
                    if (stderr.length() > KEPT) stderr.delete(0, stderr.length() - KEPT);
                }
            }
        } catch (IOException ended) {
            // with the program
        }
    }

    /// What it wrote to stderr, and how it ended, when it has ended by itself.
    String words() {
        if (process == null) return "";
        UninterruptibleWait.uninterrupted(() -> listener.join(LAST_WORDS));
        // its streams end a moment before it does
        if (!listener.isAlive()) UninterruptibleWait.uninterrupted(() -> process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS));
        synchronized (stderr) {
            String how = process.isAlive() ? "" : "exit " + process.exitValue();
            String text = ServerText.shown(stderr.toString());
            return how + (how.isEmpty() || text.isEmpty() ? "" : ": ") + text;
        }
    }

    String title() {
        return ServerText.shown(program.title());
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return process.getOutputStream();
    }

    @Override
    public Socket getSocket() {
        return null;                            // JSch's sign for "none"
    }

    /// Its children, too: a shell may stand between.
    @Override
    public void close() {
        Process running = process;
        pipe.end();
        if (running == null) return;
        List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
        all.add(running.toHandle());
        all.forEach(ProcessHandle::destroy);
        Thread.ofVirtual().start(() -> {
            UninterruptibleWait.uninterrupted(() -> running.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS));
            all.forEach(ProcessHandle::destroyForcibly);
        });
    }
}
