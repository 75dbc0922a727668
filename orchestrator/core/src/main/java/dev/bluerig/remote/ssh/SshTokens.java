package dev.bluerig.remote.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens of ssh_config(5), "TOKENS", which `ssh -G` leaves in names of files and in `ProxyCommand`.
///
/// - `host`: after `HostName`; `given`: the name as it was asked for; `alias`: `HostKeyAlias`, else as given.
record SshTokens(String host, String given, String alias, int port, String user) {
    private static final Pattern TOKEN = Pattern.compile("%(.)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /// A token that is not known here stays as it is; so does `%C`, whose text differs between versions of ssh.
    String expanded(String text) {
        return TOKEN.matcher(text).replaceAll(match -> Matcher.quoteReplacement(token(match.group(1)).orElse(match.group())));
    }

    private Optional<String> token(String letter) {
        return switch (letter) {
            case "%" -> Optional.of("%");
            case "h" -> Optional.of(host);
            case "n" -> Optional.of(given);
            case "k" -> Optional.of(alias);
            case "p" -> Optional.of(Integer.toString(port));
            case "r" -> Optional.of(user);
            case "d" -> Optional.of(System.getProperty("user.home"));
            case "u" -> Optional.of(System.getProperty("user.name"));
            case "i" -> here("/proc/self", path -> Files.getAttribute(path, "unix:uid").toString());
            case "l" -> hostname();
            case "L" -> hostname().map(name -> name.split("\\.", 2)[0]);
            default -> Optional.empty();
        };
    }

    private static Optional<String> hostname() {
        return here("/proc/sys/kernel/hostname", path -> Files.readString(path).strip());
    }

    private interface Lookup {
        String at(Path path) throws IOException;
    }

    /// Nothing where this machine does not tell.
    private static Optional<String> here(String file, Lookup lookup) {
        try {
            return Optional.of(lookup.at(Path.of(file)));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException silent) {
            return Optional.empty();
        }
    }

    /// A file's name: tokens, `~` and `${VARIABLE}`.
    Path path(String written) {
        String named = VARIABLE.matcher(written)
            .replaceAll(match -> Matcher.quoteReplacement(System.getenv().getOrDefault(match.group(1), match.group())));
        return DialTarget.expand(expanded(named));
    }
}
