package dev.bluerig.remote.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real ssh-agent with keys of its own.
record SshAgentProcess(Path directory, Path socket, Process process) implements AutoCloseable {
    static SshAgentProcess start(Path directory) throws IOException, InterruptedException {
        Path socket = directory.resolve("agent");
        Process process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        for (int i = 0; i < 500 && !Files.exists(socket); i++) Thread.sleep(10);
        return new SshAgentProcess(directory, socket, process);
    }

    static Path key(Path directory, String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name);
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()), "");
        return file;
    }

    /// Foreign keys, which no server takes.
    SshAgentProcess strangers(int count) throws IOException, InterruptedException {
        var files = new ArrayList<Path>();
        for (int i = 0; i < count; i++) files.add(key(directory, "stranger-" + i));
        return holding(files.toArray(Path[]::new));
    }

    SshAgentProcess holding(Path... keys) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("ssh-add", "-q"));
        for (Path key : keys) words.add(key.toString());
        run(words, socket.toString());
        return this;
    }

    static void run(List<String> words, String agent) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        if (!agent.isEmpty()) builder.environment().put("SSH_AUTH_SOCK", agent);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) throw new IOException(words + ": " + text);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
