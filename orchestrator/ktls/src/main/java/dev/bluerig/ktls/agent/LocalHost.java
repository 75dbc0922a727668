package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.Affinity;
import dev.bluerig.ktls.Meter;
import dev.bluerig.ktls.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The machine this JVM runs on.
public record LocalHost(Network network, Meter meter, Affinity affinity, PrintStream complaints) implements AgentHost {
    private static final int TOLD = 400;

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public String architecture() {
        return System.getProperty("os.arch");
    }

    @Override
    public Path write(String directory, String name, ByteBuffer content) throws IOException {
        Path place = Path.of(directory, name);
        Path fresh = Path.of(directory, name + ".new");
        var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS);
        try (FileChannel file = FileChannel.open(fresh, options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (content.hasRemaining()) file.write(content);
        }
        return Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void remove(String directory) throws IOException {
        Path path = Path.of(directory);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) throw new IOException(directory + " is no directory");
        List<Path> entries;
        try (Stream<Path> listed = Files.list(path)) {
            entries = listed.toList();
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                throw new IOException(entry + " is a directory, which the agent never made");
        }
        for (Path entry : entries) Files.deleteIfExists(entry);
        Files.delete(path);
    }

    @Override
    public void run(List<String> command, Duration limit) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile()).start();
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> hear(process.getInputStream()),
            task -> Thread.ofPlatform().daemon().start(task));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("killed after " + limit.toSeconds() + " seconds");
            }
            if (process.exitValue() != 0) throw new IOException("exit " + process.exitValue() + ": " + said.get(1, TimeUnit.SECONDS));
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", early);
        } catch (ExecutionException | TimeoutException mute) {
            throw new IOException("exit " + process.exitValue(), mute);
        }
    }

    /// The beginning; the rest is read, too, so that the command never waits for us.
    private static String hear(InputStream output) {
        try (output) {
            String beginning = new String(output.readNBytes(TOLD), StandardCharsets.UTF_8).strip();
            output.transferTo(OutputStream.nullOutputStream());
            return beginning;
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void complain(String text) {
        complaints.println("bluerig-pair: " + text);
    }
}
