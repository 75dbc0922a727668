package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one exchange tells of a machine: who we are there, its architecture, where the cache lies, and which bundles it holds whole.
///
/// - `user`: of the session; 0 is root.
/// - `login`: whose rights an upload has; the same, unless sudo is between.
record HostProbe(String architecture, long user, long login, String cache, Map<String, CacheState> held) {
    /// What of a bundle lies in a cache.
    enum CacheState { ABSENT, DAMAGED, WHOLE }

    /// uname -m, id -u, printenv SUDO_UID.
    private static final List<Command> SELF =
        List.of(Command.of("uname", "-m"), Command.of("id", "-u"), Command.of("printenv", "SUDO_UID"));

    private static final int NO_SUCH_PROGRAM = 127;

    static HostProbe to(String machine, Session session, AgentCacheOptions options, List<Bundle> bundles)
        throws Unreachable, DeploymentFailed {
        return to(machine, session, options, bundles, false);
    }

    /// `followed`: a symbolic link led here. A path without symbolic links has none the next moment, unless somebody plays with them.
    private static HostProbe to(String machine, Session session, AgentCacheOptions options, List<Bundle> bundles, boolean followed)
        throws Unreachable, DeploymentFailed {
        List<String> candidates = CacheLocation.candidates(options);
        var commands = new ArrayList<>(SELF);
        for (String candidate : candidates) {
            commands.addAll(CacheLocation.asking(candidate));
            for (Bundle bundle : bundles) commands.addAll(bundle.asking(candidate));
        }
        List<Reply> replies = session.exchange(Exchange.asking(commands));
        long user = number(machine, replies.get(1));
        int each = (commands.size() - SELF.size()) / candidates.size();
        for (int i = 0; i < candidates.size(); i++) {
            int from = SELF.size() + i * each;
            if (CacheLocation.meant(candidates.get(i), options, user))
                return of(machine, session, bundles, candidates.get(i), followed, replies, replies.subList(from, from + each));
        }
        throw new IllegalStateException("no cache is meant for user " + user);
    }

    private static HostProbe of(String machine, Session session, List<Bundle> bundles, String candidate, boolean followed,
        List<Reply> self, List<Reply> there)
        throws Unreachable, DeploymentFailed {
        String path = CacheLocation.path(there.getFirst()).orElse("");
        // behind a symbolic link other directories stand above it
        boolean elsewhere = candidate.startsWith("/") && !path.isEmpty() && !path.equals(candidate);
        if (elsewhere && !followed) return to(machine, session, AgentCacheOptions.cache(path), bundles, true);
        long user = number(machine, self.get(1));
        Optional<String> objection = path.isEmpty()
            ? Optional.of("it cannot be made: a directory above it is missing or not to be entered")
            : elsewhere ? Optional.of("its symbolic links change while they are read, from " + candidate)
            : CacheLocation.objection(candidate, there.get(1), user);
        if (objection.isPresent())
            throw new DeploymentFailed(DeployCode.CACHE_UNWRITABLE, machine + ": the cache " + (path.isEmpty() ? candidate : path) + ": "
                + objection.get(), "");
        var held = new HashMap<String, CacheState>();
        for (int i = 0; i < bundles.size(); i++)
            held.put(bundles.get(i).name(), stock(bundles.get(i), there.subList(2 + 2 * i, 4 + 2 * i)));
        return new HostProbe(text(machine, self.getFirst()), user, user == 0 ? login(self.get(2)) : user, path, held);
    }

    CacheState stock(Bundle bundle) {
        return held.getOrDefault(bundle.name(), CacheState.ABSENT);
    }

    /// From the replies to `Bundle.asking`: whole when the agent is the one that is meant and its Java runs.
    static CacheState stock(Bundle bundle, List<Reply> replies) {
        boolean there = replies.getFirst() instanceof Reply.Ran hash && hash.ok();
        boolean same = replies.getFirst() instanceof Reply.Ran hash && hash.out().startsWith(bundle.payload().program().sha256());
        if (there && same && JavaVersion.of("", replies.getLast()).filter(JavaVersion::serves).isPresent()) return CacheState.WHOLE;
        boolean started = bundle.runtime().isPresent() && replies.getLast() instanceof Reply.Ran java && java.status() != NO_SUCH_PROGRAM;
        return there || started ? CacheState.DAMAGED : CacheState.ABSENT;
    }

    private static long login(Reply sudo) {
        return sudo instanceof Reply.Ran ran && ran.ok() && ran.out().strip().matches("\\d{1,10}") ? Long.parseLong(ran.out().strip()) : 0;
    }

    private static long number(String machine, Reply reply) throws DeploymentFailed {
        String text = text(machine, reply);
        if (text.matches("\\d{1,10}")) return Long.parseLong(text);
        throw new DeploymentFailed(DeployCode.CACHE_UNWRITABLE, machine + ": `id -u` said " + text, "");
    }

    private static String text(String machine, Reply reply) throws DeploymentFailed {
        if (reply instanceof Reply.Ran ran && ran.ok()) return ran.out().strip();
        throw new DeploymentFailed(DeployCode.CACHE_UNWRITABLE, machine + ": cannot see who and where we are: " + reply, "");
    }
}
