package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the user's and the system's `ssh_config` say about one name, as `ssh -G` resolves it; keywords in lower case.
record SshConfig(Map<String, List<String>> values) {
    static final SshConfig NOTHING = new SshConfig(Map.of());

    /// A host name or an address, and nothing that `ssh` or a shell could take for something else.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-"
        + "]{1,15})?");
    private static final List<String> SYSTEM_KNOWN_HOSTS = List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2");

    SshConfig {
        values = Map.copyOf(values);
    }

    /// Nothing without a configuration; of a machine behind its host nothing but where keys are on file: its name means something there,
    /// not here.
    static SshConfig of(Machine machine, Optional<Path> file) throws Unreachable {
        if (file.isEmpty()) return NOTHING;
        if (machine.via().isPresent() || machine.address().isEmpty()) return usual(file.get());
        return of(machine.address().get(), machine.ssh().user(), machine.ssh().port(), file.get());
    }

    static SshConfig of(String name, Optional<String> user, Optional<Integer> port, Path file) throws Unreachable {
        named(name);
        Optional<SshProgram> ssh = SshProgram.of(file);
        return ssh.isEmpty() ? usual(file) : SharedSshConfig.of(ssh.get(), name, user, port);
    }

    static void named(String name) throws Unreachable {
        if (!isName(name))
            throw new Unreachable(ConnectionCode.NAME_UNKNOWN, "not a host name or an address: " + ServerText.shown(name));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// What is known without asking.
    private static SshConfig usual(Path file) {
        String beside = file.resolveSibling("known_hosts").toString();
        return new SshConfig(Map.of("userknownhostsfile", List.of(beside + " " + beside + "2"), "globalknownhostsfile",
            List.of(String.join(" ", SYSTEM_KNOWN_HOSTS))));
    }

    static SshConfig parse(String output) {
        var found = new LinkedHashMap<String, List<String>>();
        for (String line : output.split("\n")) {
            int space = line.indexOf(' ');
            if (space < 0) continue;
            found.computeIfAbsent(line.substring(0, space).toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                .add(line.substring(space + 1).strip());
        }
        found.replaceAll((keyword, values) -> List.copyOf(values));
        return new SshConfig(found);
    }

    List<String> all(String keyword) {
        return values.getOrDefault(keyword, List.of()).stream().filter(value -> !value.equals("none")).toList();
    }

    Optional<String> one(String keyword) {
        return all(keyword).stream().findFirst();
    }

    boolean refuses(String keyword) {
        return one(keyword).filter(value -> value.equals("no") || value.equals("false")).isPresent();
    }

    boolean demands(String keyword) {
        return one(keyword).filter(value -> value.equals("yes") || value.equals("true")).isPresent();
    }

    Optional<String> hostName() {
        return one("hostname").filter(SshConfig::isName);
    }

    Optional<Integer> port() {
        return one("port").filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
    }

    /// How long a TCP connection may take; ssh prints seconds.
    Optional<Duration> connectTimeout() {
        return one("connecttimeout").filter(text -> text.matches("[1-9]\\d{0,5}")).map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    List<Path> usersKnownHosts(SshTokens tokens) {
        return files("userknownhostsfile", tokens);
    }

    List<Path> systemsKnownHosts(SshTokens tokens) {
        return files("globalknownhostsfile", tokens);
    }

    /// Each keyword holds several names; `/dev/null` is how people write that there is none.
    private List<Path> files(String keyword, SshTokens tokens) {
        return all(keyword).stream().flatMap(names -> Stream.of(names.split(" +")))
            .filter(name -> !name.isEmpty() && !name.equals("/dev/null"))
            .map(tokens::path).distinct().toList();
    }
}
