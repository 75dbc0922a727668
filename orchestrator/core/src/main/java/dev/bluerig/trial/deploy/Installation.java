package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.CommandError;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings one bundle to one machine. A file is uploaded as the login user, and started as root, so this is how nobody can put another one
/// in its place:
///
/// 1. `.incoming-*` is a directory inside the cache (where only the session's user may write) that belongs to the login user alone, mode
///    0700, made under a random name by a `mkdir` that fails when it exists. Nothing is ever written to `/tmp`.
/// 2. What arrived is first copied to `.fresh-*`, which the login user cannot write, and *the copy's* SHA-256 must be the one that the
///    controller knows. From then on only the copy is touched.
/// 3. It is unpacked beside, made to belong to the session's user, readable by all and writable by nobody else, started once, synced, and
///    renamed to its place as a whole. When two runs do this at once, one rename finds the place taken; both then use what is there.
final class Installation {
    private static final Duration UNPACKING = Duration.ofMinutes(2);
    private static final int NOT_EXECUTABLE = 126;

    private final String machine;
    private final Session session;
    private final HostProbe probe;
    private final Bundle bundle;
    private final boolean damaged;
    private final String fresh;
    private final String incoming;

    /// `damaged`: something lies in its place that is not whole. `token`: 16 hex digits that nobody can guess.
    Installation(String machine, Session session, HostProbe probe, Bundle bundle, boolean damaged, String token) {
        this.machine = machine;
        this.session = session;
        this.probe = probe;
        this.bundle = bundle;
        this.damaged = damaged;
        this.fresh = probe.cache() + "/.fresh-" + token;
        this.incoming = probe.cache() + "/.incoming-" + token;
    }

    InstalledAgent bring() throws Unreachable, DeploymentFailed {
        try {
            prepare();
            upload();
            return unpack();
        } catch (DeploymentFailed failed) {
            session.exchange(Exchange.asking(List.of(clean())));
            throw failed;
        } catch (Unreachable failed) {
            if (failed.reason() == ConnectionCode.TIMED_OUT) throw failed;          // nobody answers there
            try {
                session.exchange(Exchange.asking(List.of(clean())));
            } catch (Unreachable lost) {
                failed.addSuppressed(lost);                 // what lies there is removed by a delivery of another day
            }
            throw failed;
        }
    }

    private void prepare() throws Unreachable, DeploymentFailed {
        var steps =
            new ArrayList<>(List.of(Command.of("mkdir", "-p", probe.cache()), Command.of("mkdir", "-m", "0755", fresh),
            Command.of("mkdir", "-m", "0700", incoming)));
        if (probe.login() != probe.user()) steps.add(Command.of("chown", "-h", String.valueOf(probe.login()), incoming));
        if (bundle.runtime().isPresent())
            steps.addAll(List.of(Command.of("cp", "/bin/true", fresh + "/true"), Command.of(fresh + "/true")));
        var questions = new ArrayList<>(DiskSpace.asking(probe.cache()));
        questions.add(old());
        List<Reply> replies = session.exchange(new Exchange(steps, questions));
        Optional<DiskSpace> space = DiskSpace.of(replies.get(steps.size()), replies.get(steps.size() + 1));
        for (int i = 0; i < steps.size(); i++) if (!ok(replies.get(i))) throw failure(steps.get(i), replies.get(i), space);
        if (space.isPresent() && space.get().free() < bundle.space()) throw full(space.get());
    }

    /// What a delivery left that was cut off: of yesterday, so that it is not one of now.
    private Command old() {
        return Command.of("find", probe.cache(), "-mindepth", "1", "-maxdepth", "1", "-type", "d", "(", "-name", ".fresh-*", "-o", "-name",
            ".incoming-*", ")", "-mmin", "+1440",
            "-exec", "rm", "-rf", "{}", "+");
    }

    private Command clean() {
        return Command.of("rm", "-rf", fresh, incoming);
    }

    private void upload() throws Unreachable, DeploymentFailed {
        try {
            session.upload(bundle.payload().program().file(), incoming + "/" + AgentPackage.PROGRAM, "0600");
            if (bundle.runtime().isPresent()) session.upload(bundle.runtime().get().file(), incoming + "/" + Bundle.RUNTIME, "0600");
        } catch (Unreachable refused) {
            if (refused.reason() != ConnectionCode.UPLOAD_REFUSED) throw refused;
            var questions = new ArrayList<>(DiskSpace.asking(probe.cache()));
            questions.add(clean());
            List<Reply> replies = session.exchange(Exchange.asking(questions));
            Optional<DiskSpace> space = DiskSpace.of(replies.get(0), replies.get(1));
            if (space.isPresent() && space.get().free() < bundle.space()) throw full(space.get());
            throw refused;
        }
    }

    private InstalledAgent unpack() throws Unreachable, DeploymentFailed {
        List<Command> steps = unpacking();
        var questions = new ArrayList<>(List.of(clean()));
        questions.addAll(bundle.asking(probe.cache()));
        questions.addAll(DiskSpace.asking(probe.cache()));
        List<Reply> replies = session.exchange(new Exchange(steps, questions));
        int after = steps.size() + 1;
        if (HostProbe.stock(bundle, replies.subList(after, after + 2)) == HostProbe.CacheState.WHOLE)
            return bundle.installed(probe.cache(), true);
        Optional<DiskSpace> space = DiskSpace.of(replies.get(after + 2), replies.get(after + 3));
        for (int i = 0; i < steps.size(); i++) if (!ok(replies.get(i))) throw failure(steps.get(i), replies.get(i), space);
        throw new DeploymentFailed(DeployCode.PAYLOAD_DAMAGED, machine + ": " + bundle.directory(probe.cache())
            + " is in its place and does not work: " + complaint(questions.get(1), replies.get(after)) + "; "
            + complaint(questions.get(2), replies.get(after + 1)), "");
    }

    private List<Command> unpacking() {
        String tree = fresh + "/tree";
        var steps = new ArrayList<Command>();
        var sums = new StringBuilder();
        for (String file : bundle.runtime().isPresent() ? List.of(AgentPackage.PROGRAM, Bundle.RUNTIME) : List.of(AgentPackage.PROGRAM)) {
            steps.add(Command.of("install", "-m", "0600", incoming + "/" + file, fresh + "/" + file).within(UNPACKING));
            sums.append(file.equals(AgentPackage.PROGRAM) ? bundle.payload().program().sha256() : bundle.runtime().orElseThrow().sha256())
                .append("  ").append(fresh).append('/').append(file).append('\n');
        }
        steps.add(Command.of("sha256sum", "-c").reading(sums.toString()).within(UNPACKING));
        steps.add(Command.of("mkdir", "-m", "0755", tree));
        if (bundle.runtime().isPresent())
            steps.add(Command.of("tar", "-x", "-z", "-f", fresh + "/" + Bundle.RUNTIME, "-C", tree, "--no-same-owner").within(UNPACKING));
        steps.add(Command.of("mv", fresh + "/" + AgentPackage.PROGRAM, tree + "/" + AgentPackage.PROGRAM));
        steps.add(Command.of("chmod", "-R", "u=rwX,go=rX", tree));
        steps.add(JavaVersion.asking(bundle.java(tree)));
        steps.add(Command.of("sync", "-f", tree).within(UNPACKING));
        if (damaged) steps.add(Command.of("mv", "-T", bundle.directory(probe.cache()), fresh + "/damaged"));
        steps.add(Command.of("mv", "-T", tree, bundle.directory(probe.cache())));
        return steps;
    }

    private DeploymentFailed failure(Command step, Reply reply, Optional<DiskSpace> space) {
        String complaint = complaint(step, reply);
        String where = space.map(found -> "; " + found).orElse("");
        if (complaint.contains("No space left") || complaint.contains("quota exceeded"))
            return space.map(this::full).orElseGet(() -> new DeploymentFailed(DeployCode.CACHE_FULL, machine + ": " + complaint, ""));
        boolean started = step.words().getFirst().startsWith(fresh);
        if (started && reply instanceof Reply.Ran ran && ran.status() == NOT_EXECUTABLE && space.filter(DiskSpace::noexec).isPresent())
            return new DeploymentFailed(DeployCode.CACHE_NOEXEC, machine + ": nothing may be started from " + probe.cache() + ": "
                + space.get() + " is mounted noexec", "");
        if (started && reply instanceof Reply.Ran ran && ran.status() == NOT_EXECUTABLE && ran.err().contains("ermission denied"))
            return new DeploymentFailed(DeployCode.CACHE_NOEXEC, machine + ": nothing may be started from " + probe.cache() + where
                + "; it is not mounted noexec, so a policy forbids it: " + complaint, "");
        if (step.words().getFirst().equals("sha256sum") && reply instanceof Reply.Ran ran && ran.status() == 1)
            return new DeploymentFailed(DeployCode.PAYLOAD_DAMAGED, machine + ": what arrived is not what was sent (SHA-256): "
                + ran.out().strip(), "");
        if (started) return new DeploymentFailed(DeployCode.PAYLOAD_DAMAGED, machine + ": " + complaint, "");
        return new DeploymentFailed(DeployCode.CACHE_UNWRITABLE, machine + ": " + complaint + where, "");
    }

    private DeploymentFailed full(DiskSpace space) {
        return new DeploymentFailed(DeployCode.CACHE_FULL, machine + ": " + probe.cache() + " needs " + mebibytes(bundle.space()) + ", "
            + mebibytes(space.free()) + " are free on " + space, "");
    }

    private static String mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1 >> 20) + " MiB";
    }

    private static boolean ok(Reply reply) {
        return reply instanceof Reply.Ran ran && ran.ok();
    }

    /// Of a command that failed, or of one that ended well and did not print what it should.
    private static String complaint(Command command, Reply reply) {
        return CommandError.failure(command, reply)
            .orElseGet(() -> command + (reply instanceof Reply.Ran ran ? ": " + ran.out().strip() : ""));
    }
}
