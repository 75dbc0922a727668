package dev.bluerig.guard;

import dev.bluerig.fact.way.LoginFile;
import dev.bluerig.task.diff.Deed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Edits of files of the way in that surely leave it open: what stood there stays, and what comes only gives more, or is no matter of
/// logging in.
final class KeptGrants {
    /// Of sshd_config(5): how long silence may last, what is logged and shown.
    private static final Set<String> HARMLESS = Set.of("clientaliveinterval", "clientalivecountmax", "tcpkeepalive", "loglevel",
        "syslogfacility", "printmotd", "printlastlog", "x11forwarding", "x11displayoffset", "usedns", "acceptenv");

    /// `lab ALL=(ALL) NOPASSWD: ALL`: of several rules that match, sudo takes the last, so a rule that asks for no password takes nothing.
    private static final Pattern GRANT =
        Pattern.compile("%?[A-Za-z_][A-Za-z0-9_.-]*\\s+[A-Z0-9_a-z.-]+\\s*=\\s*(\\([A-Za-z0-9_, :-]*\\))?\\s*"
        + "NOPASSWD:\\s*[A-Za-z0-9_/.,* =+-]+");

    private KeptGrants() {}

    static boolean in(LoginFile kind, Deed.WriteFile write) {
        return switch (kind) {
            case SERVER -> stays(write) && added(write).stream().allMatch(KeptGrants::harmless);
            case SUDO -> isClosed(write.mode()) && isRoots(write.owner()) && stays(write)
                && added(write).stream().allMatch(line -> GRANT.matcher(line).matches());
            case KEYS -> isClosed(write.mode()) && stays(write);
            case ACCOUNTS, SERVER_PARTS, FIREWALL -> false;
        };
    }

    private static boolean harmless(String line) {
        return HARMLESS.contains(line.split("[\\s=]", 2)[0].toLowerCase(Locale.ROOT));
    }

    /// Nobody but the owner may write to it, or its reader refuses it; the owner may read it.
    private static boolean isClosed(String mode) {
        int bits = Integer.parseInt(mode, 8);
        return (bits & 022) == 0 && (bits & 0400) != 0;
    }

    private static boolean isRoots(String owner) {
        return owner.isEmpty() || owner.equals("root") || owner.startsWith("root:");
    }

    private static boolean stays(Deed.WriteFile write) {
        var now = lines(write.content());
        return now.containsAll(lines(write.before().orElse(""))) && (write.before().isEmpty() || inOrder(write, now));
    }

    private static boolean inOrder(Deed.WriteFile write, List<String> now) {
        int next = 0;
        var old = lines(write.before().orElse(""));
        for (String line : now) if (next < old.size() && line.equals(old.get(next))) next++;
        return next == old.size();
    }

    private static List<String> added(Deed.WriteFile write) {
        var old = lines(write.before().orElse(""));
        return lines(write.content()).stream().filter(line -> !old.contains(line)).toList();
    }

    /// Comments and empty lines say nothing; `#include` of old sudo does, and is left in.
    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && (!line.startsWith("#") || line.startsWith("#include")))
            .toList();
    }
}
