package dev.bluerig.task.link;

import dev.bluerig.fact.link.Link;
import dev.bluerig.task.diff.Change;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words about an address that another link has, and which change to come takes it away from there.
public final class AddressElsewhere {
    private static final Pattern WHERE = Pattern.compile("on (\\S+) of this machine");
    /// As `LinkState` says it: `eno1 address 192.0.2.1/30`, `ens1f0np0 (0000:b1:00.0) address fd00::1/64`.
    private static final Pattern ADDRESS = Pattern.compile("(\\S+)(?: \\(\\S+\\))? address (\\S+)/\\d+");

    /// Of `Task.clears`: whatever link it may be.
    public static final String ANY = "*";

    private AddressElsewhere() {}

    public static String on(Link other) {
        return "on " + other.name() + " of this machine";
    }

    /// Whether a task that could not be judged yet may do so. `cleared`: as `Task.clears` says.
    public static boolean mayBeTakenAway(Change elsewhere, Set<String> cleared) {
        Matcher where = WHERE.matcher(elsewhere.found());
        return cleared.contains(ANY) || where.matches() && cleared.contains(where.group(1));
    }

    /// Whether one of these changes removes this very address from that very link.
    public static boolean isTakenAway(Change elsewhere, List<Change> foreseen) {
        Matcher wanted = ADDRESS.matcher(elsewhere.what());
        Matcher where = WHERE.matcher(elsewhere.found());
        return wanted.matches() && where.matches() && foreseen.stream().anyMatch(change -> {
            Matcher gone = ADDRESS.matcher(change.what());
            return gone.matches() && change.expected().startsWith("absent") && gone.group(1).equals(where.group(1)) && gone.group(2).equals(wanted.group(2));
        });
    }
}
