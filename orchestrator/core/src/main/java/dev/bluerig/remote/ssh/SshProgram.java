package dev.bluerig.remote.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The user's own `ssh`: it alone reads `ssh_config` as it is meant (Match, Include, tokens, the system's file), and goes through jump
/// hosts.
///
/// `file`: the user's configuration. For `~/.ssh/config` itself ssh is asked without `-F`, or it would leave out the system's file.
record SshProgram(Path binary, Path file) {
    /// Nothing when there is no `ssh` to ask.
    static Optional<SshProgram> of(Path file) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, "ssh")).filter(Files::isExecutable).findFirst()
            .map(binary -> new SshProgram(binary, file));
    }

    /// `ssh -F FILE`, to be followed by what is wanted of it.
    List<String> words() {
        var words = new ArrayList<>(List.of(binary.toString()));
        boolean own = file.equals(Path.of(System.getProperty("user.home"), ".ssh", "config"));
        if (!own) words.addAll(List.of("-F", file.toString()));
        return words;
    }

    /// What it would do for this name: lines `keyword value`. `user` and `port` as the inventory gives them, for `Match` and tokens.
    String settings(String name, Optional<String> user, Optional<Integer> port) throws Unreachable {
        var words = new ArrayList<>(words());
        words.add("-G");
        user.ifPresent(text -> words.addAll(List.of("-l", text)));
        port.ifPresent(number -> words.addAll(List.of("-p", number.toString())));
        words.addAll(List.of("--", name));
        return output(words);
    }

    /// What ssh does by itself.
    String untouched() throws Unreachable {
        return output(List.of(binary.toString(), "-F", "/dev/null", "-G", "--", "localhost"));
    }

    private static String output(List<String> words) throws Unreachable {
        String asked = String.join(" ", words);
        try {
            Process process = new ProcessBuilder(words).start();
            process.getOutputStream().close();
            CompletableFuture<String> complaints = text(process.getErrorStream());
            CompletableFuture<String> text = text(process.getInputStream());
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);
            if (ended && process.exitValue() == 0) return text.join();
            if (!ended) process.destroyForcibly();   // closes what was not read yet
            throw new Unreachable(ConnectionCode.CONFIG_NOT_FOLLOWED, asked + ": failed: " + ServerText.shown(complaints.join()));
        } catch (IOException failed) {
            throw new Unreachable(ConnectionCode.CONFIG_NOT_FOLLOWED, asked + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unreachable(ConnectionCode.CONFIG_NOT_FOLLOWED, asked + ": interrupted", stopped);
        }
    }

    private static CompletableFuture<String> text(InputStream in) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                text.complete(new String(in.readAllBytes(), UTF_8));
            } catch (IOException cut) {
                text.complete("");
            }
        });
        return text;
    }
}
