package dev.bluerig.remote.ssh;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens of ssh_config(5), "TOKENS", which `ssh -G` leaves in names of files and in `ProxyCommand`.
///
/// - `host`: after `HostName`; `given`: the name as it was asked for; `alias`: `HostKeyAlias`, else as given.
record SshTokens(String host, String given, String alias, int port, String user) {
    private static final Pattern TOKEN = Pattern.compile("%(.)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /// A token that is not known here stays as it is.
    String expanded(String text) {
        Map<String, String> values = Map.of("%", "%", "h", host, "n", given, "k", alias, "p", Integer.toString(port), "r", user,
            "d", System.getProperty("user.home"), "u", System.getProperty("user.name"));
        return TOKEN.matcher(text).replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    /// A file's name: tokens, `~` and `${VARIABLE}`.
    Path path(String written) {
        String named = VARIABLE.matcher(written).replaceAll(match -> Matcher.quoteReplacement(System.getenv().getOrDefault(match.group(1), match.group())));
        return DialTarget.expand(expanded(named));
    }
}
