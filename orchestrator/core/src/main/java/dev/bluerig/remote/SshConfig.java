package dev.bluerig.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bluerig.inventory.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `~/.ssh/config` says about one name, as `ssh -G` resolves it, as far as the inventory leaves it open.
record SshConfig(Optional<String> hostName, Optional<Integer> port, Optional<String> user, Optional<String> hostKeyAlias, List<Path> identities,
                 boolean identitiesOnly) {
    static final SshConfig NOTHING = new SshConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

    /// A host name or an address, and nothing that `ssh` or a shell could take for something else.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]{1,15})?");

    SshConfig {
        identities = List.copyOf(identities);
    }

    /// Nothing without a configuration file, and nothing for a machine behind its host: its name means something there, not here.
    static SshConfig of(Machine machine, Optional<Path> file) throws Unreachable {
        if (file.isEmpty() || !Files.exists(file.get()) || machine.via().isPresent() || machine.address().isEmpty()) return NOTHING;
        return of(machine.address().get(), file.get());
    }

    /// Asks the `ssh` binary; without one, nothing is known.
    static SshConfig of(String name, Path file) throws Unreachable {
        if (!NAME.matcher(name).matches())
            throw new Unreachable(Reason.NAME_UNKNOWN, "not a host name or an address: " + name);
        Optional<Path> ssh = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, "ssh")).filter(Files::isExecutable).findFirst();
        return ssh.isEmpty() ? NOTHING : parse(name, output(List.of(ssh.get().toString(), "-G", "-F", file.toString(), "--", name)));
    }

    /// `output`: lines `keyword value`, keywords in lower case. ssh prints its defaults too, so only what differs from them is kept.
    static SshConfig parse(String name, String output) {
        var found = new java.util.HashMap<String, String>();
        var identities = new ArrayList<Path>();
        for (String line : output.split("\n")) {
            int space = line.indexOf(' ');
            if (space < 0) continue;
            String keyword = line.substring(0, space).toLowerCase(Locale.ROOT);
            String value = line.substring(space + 1).strip();
            if (keyword.equals("identityfile")) identities.add(Target.expand(value));
            else found.putIfAbsent(keyword, value);
        }
        Optional<String> hostName = Optional.ofNullable(found.get("hostname")).filter(host -> !host.equals(name) && NAME.matcher(host).matches());
        Optional<Integer> port = Optional.ofNullable(found.get("port")).filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
        return new SshConfig(hostName, port, Optional.ofNullable(found.get("user")), Optional.ofNullable(found.get("hostkeyalias")), identities,
            "yes".equals(found.get("identitiesonly")));
    }

    private static String output(List<String> words) throws Unreachable {
        try {
            Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) return text;
            process.destroyForcibly();
            throw new Unreachable(Reason.NAME_UNKNOWN, String.join(" ", words) + ": failed; run it to see why");
        } catch (IOException failed) {
            throw new Unreachable(Reason.NAME_UNKNOWN, String.join(" ", words) + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unreachable(Reason.NAME_UNKNOWN, String.join(" ", words) + ": interrupted", stopped);
        }
    }
}
