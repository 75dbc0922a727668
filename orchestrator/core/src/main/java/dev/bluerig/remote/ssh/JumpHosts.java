package dev.bluerig.remote.ssh;

import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `ProxyJump`, followed as ssh itself does it (ssh.c): the last host of the list is logged in to by an `ssh` that forwards its stdin and
/// stdout, through the hosts before it. So each jump host has its own configuration, keys, certificates and jumps.
final class JumpHosts {
    private static final int DEEPEST = 16;
    private static final Pattern HOP = Pattern.compile("(?:ssh://)?(?:(.+)@)?(\\[[^\\]]+\\]|[^:]+|[0-9A-Fa-f:]+)(?::(\\d{1,5}))?/?");

    private JumpHosts() {}

    record Hop(Optional<String> user, String host, Optional<Integer> port) {
        static Hop of(String written) throws Unreachable {
            Matcher match = HOP.matcher(written);
            if (!match.matches())
                throw new Unreachable(ConnectionCode.CONFIG_NOT_FOLLOWED, "a jump host that cannot be read: " + ServerText.shown(written));
            String host = match.group(2).replaceAll("[\\[\\]]", "");
            SshConfig.named(host);
            return new Hop(Optional.ofNullable(match.group(1)), host, Optional.ofNullable(match.group(3)).map(Integer::valueOf));
        }

        String text() {
            return user.map(name -> name + "@").orElse("") + host + port.map(number -> ":" + number).orElse("");
        }
    }

    static List<String> words(SshProgram ssh, String list, String address, int port) throws Unreachable {
        int comma = list.lastIndexOf(',');
        Hop last = Hop.of(list.substring(comma + 1));
        var words = new ArrayList<>(ssh.words());
        words.addAll(List.of("-o", "BatchMode=yes"));
        last.user.ifPresent(user -> words.addAll(List.of("-l", user)));
        last.port.ifPresent(number -> words.addAll(List.of("-p", number.toString())));
        if (comma > 0) words.addAll(List.of("-J", list.substring(0, comma)));
        words.addAll(List.of("-W", "[" + address + "]:" + port, "--", last.host));
        return words;
    }

    /// ssh follows a circle for ever, one process after the other; so it is looked for first. Only the first host of a list is reached by
    /// its own jumps.
    static void uncircled(Path file, String name, Optional<String> firstList) throws Unreachable {
        Set<String> seen = new LinkedHashSet<>(List.of(name));
        Optional<String> list = firstList;
        while (list.isPresent()) {
            Hop first = Hop.of(list.get().split(",")[0]);
            if (!seen.add(first.text()) || seen.size() > DEEPEST)
                throw new Unreachable(ConnectionCode.CONFIG_NOT_FOLLOWED, "ProxyJump goes round in a circle: "
                    + String.join(" through ", seen) + " through " + first.text());
            list = SshConfig.of(first.host, first.user, first.port, file).one("proxyjump");
        }
    }
}
