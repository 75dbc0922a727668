package dev.bluerig.remote.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Local processes in place of a machine: the resident shell's protocol against real shells, without SSH.
final class LocalTransport implements Transport {
    private final List<String> shell;
    private final int chunk;
    private final List<Process> started = new ArrayList<>();
    private final StringBuffer printed = new StringBuffer();

    /// `chunk`: output arrives in pieces of at most so many bytes.
    LocalTransport(List<String> shell, int chunk) {
        this.shell = shell;
        this.chunk = chunk;
    }

    /// Everything that was started has printed, as it came; of both streams in pieces between each other.
    String printed() {
        return printed.toString();
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Running start(String request, Listener listener, Duration limit) {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", request.replace("/bin/sh", String.join(" ", shell))).start();
            started.add(process);
            Thread out = pump(process.getInputStream(), listener::out);
            Thread err = pump(process.getErrorStream(), listener::err);
            Thread.ofVirtual().start(() -> {
                try {
                    process.waitFor();
                    out.join();
                    err.join();
                } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                }
                listener.ended(process.exitValue());
            });
            return running(process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Running running(Process process) {
        return new Running() {
            @Override
            public void write(byte[] bytes, Duration limit) {
                try {
                    process.getOutputStream().write(bytes);
                    process.getOutputStream().flush();
                } catch (IOException gone) {
                    // the listener hears that it ended
                }
            }

            @Override
            public void finish() {
                try {
                    process.getOutputStream().close();
                } catch (IOException gone) {
                    // the listener hears that it ended
                }
            }

            @Override
            public void close() {
                process.destroyForcibly();
            }
        };
    }

    private Thread pump(InputStream in, ChannelOutput.ChunkReceiver to) {
        return Thread.ofVirtual().start(() -> {
            var bytes = new byte[chunk];
            try (in) {
                for (int count; (count = in.read(bytes)) >= 0; ) {
                    printed.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
                    to.take(bytes, 0, count);
                }
            } catch (IOException gone) {
                // a killed process's pipe
            }
        });
    }

    @Override
    public void upload(Path file, String target, String mode, Duration limit) {
        try {
            Files.copy(file, Path.of(target), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Transport again() {
        return new LocalTransport(shell, chunk);
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void close() {
        for (Process process : started) process.destroyForcibly();
    }
}
