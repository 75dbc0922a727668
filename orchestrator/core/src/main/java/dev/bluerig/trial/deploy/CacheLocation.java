package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a cache lies on a machine, and whether anybody else could change what lies in it.
///
/// The agent is started with root's rights, so whoever can replace a file of the cache, or rename a directory above it, would be root.
/// Hence for root every directory from `/` down must belong to root and be writable by nobody else; one with the sticky bit may stand above
/// (`/tmp`), because nobody can rename another one's directory in it. For other users directories of theirs will do, too, and their own
/// groups may write.
final class CacheLocation {
    /// Root's cache. Others have it in their home directory; a session begins there.
    static final String OF_ROOT = "/var/cache/bluerig";
    static final String OF_OTHERS = ".cache/bluerig";

    private static final int STICKY = 01000;
    private static final int GROUP = 020;
    private static final int ANYBODY = 02;

    private CacheLocation() {}

    /// Caches that may be meant, before it is known whose session it is.
    static List<String> candidates(AgentCacheOptions options) {
        return options.cache().map(List::of).orElse(List.of(OF_ROOT, OF_OTHERS));
    }

    static boolean meant(String candidate, AgentCacheOptions options, long user) {
        return options.cache().isPresent() || candidate.equals(user == 0 ? OF_ROOT : OF_OTHERS);
    }

    /// Two commands; answered by `path` and `objection`.
    static List<Command> asking(String cache) {
        var stat = new ArrayList<>(List.of("stat", "-L", "-c", "%u %g %a %n"));
        stat.addAll(above(cache));
        return List.of(Command.of("readlink", "-m", cache), Command.of(stat));
    }

    /// The cache and every directory above it; of a relative one up to where the session stands.
    private static List<String> above(String cache) {
        var all = new ArrayList<String>();
        String path = cache;
        while (!path.isEmpty()) {
            all.add(path);
            path = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        }
        all.add(cache.startsWith("/") ? "/" : ".");
        return all;
    }

    /// The absolute path without symbolic links; whatever else a machine says is none.
    static Optional<String> path(Reply readlink) {
        return readlink instanceof Reply.Ran ran && ran.ok() ? Optional.of(ran.out().strip()).filter(CacheLocation::isPath)
            : Optional.empty();
    }

    private static boolean isPath(String text) {
        return text.startsWith("/") && text.chars().noneMatch(Character::isISOControl);
    }

    /// Who else could change what lies there; empty when nobody could. What does not exist yet is no objection.
    static Optional<String> objection(String cache, Reply stat, long user) {
        if (!(stat instanceof Reply.Ran ran)) return Optional.of("it cannot be seen whose " + cache + " is");
        return ran.out().lines().map(line -> objection(cache, line.split(" ", 4), user)).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> objection(String cache, String[] seen, long user) {
        if (seen.length < 4 || !seen[0].matches("\\d{1,10}") || !seen[2].matches("[0-7]{1,5}"))
            return Optional.of("stat said " + String.join(" ", seen));
        long owner = Long.parseLong(seen[0]);
        int mode = Integer.parseInt(seen[2], 8);
        boolean sticky = (mode & STICKY) != 0 && !seen[3].equals(cache);
        if (owner != 0 && owner != user) return Optional.of(seen[3] + " belongs to user " + owner);
        if ((mode & ANYBODY) != 0 && !sticky) return Optional.of(seen[3] + " may be written by anybody (mode " + seen[2] + ")");
        if ((mode & GROUP) != 0 && !sticky && user == 0 && !seen[1].equals("0"))
            return Optional.of(seen[3] + " may be written by group " + seen[1] + " (mode " + seen[2] + ")");
        return Optional.empty();
    }
}
