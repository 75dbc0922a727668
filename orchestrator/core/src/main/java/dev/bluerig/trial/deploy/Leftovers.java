package dev.bluerig.trial.deploy;

import dev.bluerig.protocol.Lease;
import dev.bluerig.protocol.MalformedLine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.CommandError;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What an agent leaves behind that was killed: its run directory, and changes that it was to put back.
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HEX = "[0-9a-f]".repeat(32);

    private Leftovers() {}

    /// A cache that is ours alone, and the leases in it.
    private record Found(String cache, List<String> directories) {}

    /// Runs what every run left whose agent is gone. A lease that another user wrote, or in a cache that others can write, is not touched:
    /// its commands would run with our rights.
    static List<AgentCache.Leftover> find(Session session, AgentCacheOptions options) throws Unreachable {
        var found = new ArrayList<AgentCache.Leftover>();
        for (Found cache : leases(session, options)) {
            if (cache.directories().isEmpty()) continue;
            var questions = new ArrayList<>(List.of(Command.of("date", "+%s"), Command.of("pgrep", "-f", AgentPackage.PROGRAM)));
            cache.directories().forEach(directory -> questions.add(Command.of("cat", directory + "/" + Lease.FILE)));
            List<Reply> replies = session.exchange(Exchange.asking(questions));
            for (int i = 0; i < cache.directories().size(); i++)
                look(session, cache.directories().get(i), replies.get(i + 2), replies.get(0), replies.get(1), found);
        }
        return found;
    }

    private static void look(Session session, String directory, Reply text, Reply date, Reply alive, List<AgentCache.Leftover> found)
        throws Unreachable {
        if (!(text instanceof Reply.Ran ran && ran.ok())) return;                  // gone in the meantime: it ended by itself
        try {
            Lease lease = Lease.read(directory + "/" + Lease.FILE, ran.out());
            if (gone(lease, date, alive)) found.add(mend(session, directory, lease.restore().stream().map(Command::of).toList()));
        } catch (MalformedLine | IllegalArgumentException strange) {
            found.add(new AgentCache.Leftover(directory, List.of(), List.of("its lease cannot be read: " + strange.getMessage())));
        }
    }

    /// No process of that number runs the agent; where that cannot be asked (no pgrep), its time is over.
    private static boolean gone(Lease lease, Reply date, Reply alive) {
        boolean asked = alive instanceof Reply.Ran ran && (ran.status() == 0 || ran.status() == 1);
        if (asked) return ((Reply.Ran) alive).out().lines().noneMatch(String.valueOf(lease.pid())::equals);
        return date instanceof Reply.Ran now && now.out().strip().matches("\\d{1,12}")
            && lease.over(Instant.ofEpochSecond(Long.parseLong(now.out().strip())));
    }

    private static List<Found> leases(Session session, AgentCacheOptions options) throws Unreachable {
        List<String> candidates = CacheLocation.candidates(options);
        var questions = new ArrayList<>(List.of(Command.of("id", "-u")));
        for (String candidate : candidates) {
            questions.addAll(CacheLocation.asking(candidate));
            questions.add(Command.of("find", candidate + "/runs", "-mindepth", "2", "-maxdepth", "2", "-name", Lease.FILE, "-type", "f",
                "-printf", "%U %p\\n"));
        }
        List<Reply> replies = session.exchange(Exchange.asking(questions));
        long user = replies.getFirst() instanceof Reply.Ran ran && ran.out().strip().matches("\\d{1,10}")
            ? Long.parseLong(ran.out().strip()) : -1;
        var found = new ArrayList<Found>();
        for (int i = 0; i < candidates.size(); i++) {
            String candidate = candidates.get(i);
            List<Reply> there = replies.subList(1 + 3 * i, 4 + 3 * i);
            if (user < 0 || !CacheLocation.meant(candidate, options, user) || CacheLocation.objection(candidate, there.get(1), user)
                .isPresent()) continue;
            String cache = CacheLocation.path(there.getFirst()).orElse(candidate);
            found.add(new Found(cache, directories(there.get(2), user).map(path -> cache + path.substring(candidate.length())).toList()));
        }
        return found;
    }

    private static Stream<String> directories(Reply listed, long user) {
        Stream<String> lines = listed instanceof Reply.Ran ran ? ran.out().lines() : Stream.of();
        return lines.filter(line -> line.startsWith(user + " ") && line.endsWith("/" + Lease.FILE))
            .map(line -> line.substring(line.indexOf(' ') + 1, line.lastIndexOf('/'))).sorted();
    }

    /// Runs every command of `restore`, whatever became of the one before, and removes the run directory when all went well.
    public static AgentCache.Leftover mend(Session session, String directory, List<Command> restore) throws Unreachable {
        List<Command> commands = restore.stream().map(command -> command.within(PATIENCE)).toList();
        List<Reply> replies = session.exchange(Exchange.asking(commands));
        var restored = new ArrayList<String>();
        var failed = new ArrayList<String>();
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            CommandError.failure(command, replies.get(i)).ifPresentOrElse(failed::add, () -> restored.add(command.toString()));
        }
        if (failed.isEmpty()) session.exchange(Exchange.asking(List.of(Command.of("rm", "-rf", "--one-file-system", directory))));
        return new AgentCache.Leftover(directory, restored, failed);
    }

    /// Removes what this class and `Installation` made, by its names, and the directories when nothing else is left in them.
    static List<String> purge(Session session, AgentCacheOptions options) throws Unreachable {
        var said = new ArrayList<String>();
        for (Found found : leases(session, options)) {
            if (!found.directories().isEmpty()) {
                said.add("kept " + found.cache() + ": another run is on, or has left something: " + String.join(", ", found.directories()));
                continue;
            }
            List<Reply> replies = session.exchange(Exchange.asking(List.of(
                Command.of("find", found.cache(), "-mindepth", "1", "-maxdepth", "1", "-type", "d", "(", "-name", "pair-" + HEX, "-o",
                "-name", ".fresh-*", "-o", "-name", ".incoming-*", ")",
                    "-print", "-exec", "rm", "-rf", "--one-file-system", "{}", "+").within(PATIENCE),
                Command.of("find", found.cache() + "/runs", "-mindepth", "1", "-maxdepth", "1", "-type", "d", "-empty", "-mmin", "+60",
                "-delete"),
                Command.of("rmdir", found.cache() + "/runs"), Command.of("rmdir", found.cache()))));
            if (replies.getFirst() instanceof Reply.Ran ran) ran.out().lines().forEach(said::add);
            if (replies.getLast() instanceof Reply.Ran ran && ran.ok()) said.add(found.cache());
        }
        return said;
    }
}
