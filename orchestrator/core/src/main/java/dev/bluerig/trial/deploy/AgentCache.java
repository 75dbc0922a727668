package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings the agent to machines and keeps it there: once per content, found again without upload in one exchange.
///
/// A cache holds `pair-HASH` (whole directories that never change), `runs` (what `InstalledAgent.directory` names), and, while something is
/// brought,
/// `.fresh-*` and `.incoming-*`; see `Installation` for how it stays safe, and `CacheLocation` for where it may lie.
public final class AgentCache {
    private final AgentPackage payload;

    public AgentCache(AgentPackage payload) {
        this.payload = payload;
    }

    /// Finds the agent on the machine, or brings it. `machine` names it in messages.
    public InstalledAgent install(String machine, Session session, AgentCacheOptions options) throws Unreachable, DeploymentFailed {
        return found(machine, session, options).with(options.flags());
    }

    private InstalledAgent found(String machine, Session session, AgentCacheOptions options) throws Unreachable, DeploymentFailed {
        Map<String, Bundle> bundles = Bundle.shipped(payload);
        HostProbe probe = HostProbe.to(machine, session, options, List.copyOf(bundles.values()));
        Optional<Bundle> shipped = options.java().isPresent() ? Optional.empty() : Optional.ofNullable(bundles.get(probe.architecture()));
        if (shipped.isPresent()) return bring(machine, session, probe, shipped.get(), probe.stock(shipped.get()));
        Bundle own = Bundle.own(payload, java(machine, session, options, probe.architecture()));
        return bring(machine, session, probe, own, HostProbe.stock(own, session.exchange(Exchange.asking(own.asking(probe.cache())))));
    }

    private static InstalledAgent bring(String machine, Session session, HostProbe probe, Bundle bundle, HostProbe.CacheState stock)
        throws Unreachable, DeploymentFailed {
        if (stock == HostProbe.CacheState.WHOLE) return bundle.installed(probe.cache(), false);
        String token = "%016x".formatted(new SecureRandom().nextLong());
        return new Installation(machine, session, probe, bundle, stock == HostProbe.CacheState.DAMAGED, token).bring();
    }

    /// A Java of the machine's own that serves: the declared one, or the newest that is found.
    private String java(String machine, Session session, AgentCacheOptions options, String architecture)
        throws Unreachable, DeploymentFailed {
        List<String> candidates = options.java().map(path -> List.of(path, path + "/bin/java")).orElse(List.of());
        if (candidates.isEmpty()) candidates = javas(session);
        List<Reply> replies = session.exchange(Exchange.asking(candidates.stream().map(JavaVersion::asking).toList()));
        var versions = new ArrayList<JavaVersion>();
        for (int i = 0; i < candidates.size(); i++) JavaVersion.of(candidates.get(i), replies.get(i)).ifPresent(versions::add);
        Optional<JavaVersion> newest = versions.stream().filter(JavaVersion::serves).max(Comparator.comparingInt(JavaVersion::feature));
        if (newest.isPresent()) return newest.get().java();
        String wanted = options.java().map(path -> "`pair_java` is " + path)
            .orElse("runtimes are shipped for " + payload.runtimes().keySet());
        throw new DeploymentFailed(DeployCode.NO_JAVA, machine + ": architecture " + architecture + "; " + wanted + "; Java "
            + JavaVersion.LEAST + " or later is wanted, found "
            + (versions.isEmpty() ? "none" : versions.toString()), "");
    }

    private static List<String> javas(Session session) throws Unreachable {
        var found = new ArrayList<>(List.of("java"));
        Reply listed =
            session.exchange(Exchange.asking(List.of(Command.of("find", "/usr/lib/jvm", "-maxdepth", "3", "-path", "*/bin/java"))))
            .getFirst();
        if (listed instanceof Reply.Ran ran)
            ran.out().lines().filter(line -> line.matches("[A-Za-z0-9_./+-]+")).sorted().forEach(found::add);
        return found;
    }

    /// Removes the cache, only what is ours, and says what. While another run is on, everything is kept, and that is said.
    public static List<String> purge(Session session, AgentCacheOptions options) throws Unreachable {
        return Leftovers.purge(session, options);
    }

    /// A run whose agent was killed before it could put back what it had changed.
    ///
    /// - `restored`: the commands that were run for it, and now succeeded; `failed`: those that did not, with what they said.
    public record Leftover(String directory, List<String> restored, List<String> failed) {
        public Leftover {
            restored = List.copyOf(restored);
            failed = List.copyOf(failed);
        }
    }

    /// Finds runs whose agent is gone, runs what they left to restore, and removes them.
    public static List<Leftover> leftovers(Session session, AgentCacheOptions options) throws Unreachable {
        return Leftovers.find(session, options);
    }
}
