package dev.bluerig.trial.agent;

import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.Flow;
import dev.bluerig.protocol.Role;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Both programs of one run, and why it fails, if so: events and the time go in, the next state comes out. Knows no
/// thread and reads no clock; times are nanoseconds of the driver's.
///
/// - `causes`: of both ends, in the order they came to be known, one for each end at most.
/// - `playedAt`: when payload was to begin; `movedAt`: when there was more of it the last time.
/// - `defect`: of the driver itself.
record PairState(AgentPairSettings settings, PairEnd server, PairEnd client, List<FailureCause> causes, long playedAt, long movedAt,
                 Optional<IllegalStateException> defect) {
    PairState {
        causes = List.copyOf(causes);
    }

    static PairState started(AgentPairSettings settings, String server, String client, long now) {
        var first = PairEnd.started(Role.SERVER, server, settings.load(), now);
        var second = PairEnd.started(Role.CLIENT, client, settings.load(), now);
        return new PairState(settings, first, second, List.of(), now, now, Optional.empty());
    }

    PairEnd of(Role role) {
        return switch (role) {
            case SERVER -> server;
            case CLIENT -> client;
        };
    }

    boolean all(Predicate<PairEnd> wanted) {
        return wanted.test(server) && wanted.test(client);
    }

    PairState received(Role role, AgentEvent event, long now) {
        AgentState before = of(role).state();
        PairState same = with(role, end -> end.in(before, now));
        return switch (before.after(event)) {
            case AgentState.Step.Next(AgentState next) -> with(role, end -> end.in(next, now)).moved(progress().moved(), now);
            case AgentState.Step.Violation(DriverCode code, String message) -> same.fails(role, code, message);
            case AgentState.Step.Failed(AgentFailure failure) -> same.fails(cause(role, failure));
        };
    }

    private PairState moved(long before, long now) {
        return progress().moved() == before ? this : new PairState(settings, server, client, causes, playedAt, now, defect);
    }

    /// A line that is not one of the protocol, of a program that goes on.
    PairState garbled(Role role, String why, long now) {
        return with(role, end -> end.in(new PairEnd.ProcessState.Garbled(), now)).fails(role, DriverCode.PROGRAM_GARBLED, why);
    }

    /// It said more than is kept, and its channel is closed.
    PairState flooded(Role role, String why, long now) {
        return with(role, end -> end.in(new PairEnd.ProcessState.Lost(), now)).fails(role, DriverCode.PROGRAM_GARBLED, why);
    }

    /// `lastWords`: half a line that it said before, or nothing.
    PairState exited(Role role, int status, String err, String lastWords, long now) {
        String stderr = err.strip();
        boolean died = !of(role).closing() && cause(role).isEmpty() && of(role).state().events().result().isEmpty();
        var exited = with(role, end -> end.in(new PairEnd.ProcessState.Exited(status, stderr, died), now));
        return died ? exited.fails(role, DriverCode.PROGRAM_DIED, PairEnd.ending(status, stderr, lastWords)) : exited;
    }

    /// Nothing comes from its machine any more.
    PairState lost(Role role, Unreachable lost, long now) {
        return with(role, end -> end.in(new PairEnd.ProcessState.Lost(), now)).untold(role, lost);
    }

    /// Nothing can be said to its machine any more.
    PairState untold(Role role, Unreachable lost) {
        return fails(FailureCause.lost(of(role).machine(), role, lost));
    }

    PairState closing(Role role) {
        return with(role, PairEnd::closed);
    }

    PairState broken(IllegalStateException bug) {
        return defect.isPresent() ? this : new PairState(settings, server, client, causes, playedAt, movedAt, Optional.of(bug));
    }

    PairState playing(long now) {
        return new PairState(settings, server, client, causes, now, now, defect);
    }

    /// While payload is awaited: fails when a program says nothing any more, nothing moves between them, or they go on past their time.
    PairState awaitingPayload(long now) {
        Duration patience = settings.patience();
        boolean opening = server.state().opening() || client.state().opening();
        Duration limit = opening ? patience.plus(AgentPairSettings.OPENING) : patience;
        PairState judged = this;
        for (PairEnd end : List.of(server, client))
            if (end.state().phase() != AgentState.Phase.EXCHANGED && now - end.lastEventAt() > limit.toNanos())
                judged = judged.silent(end.role(), "progress", Duration.ofNanos(now - end.lastEventAt()));
        if (!judged.failed() && !opening && now - movedAt > patience.toNanos()) return judged.fails(Role.CLIENT, DriverCode.PAYLOAD_STALLED,
            "no byte moved for " + Duration.ofNanos(now - movedAt).toSeconds() + " s; so far " + progress());
        if (!judged.failed() && now - playedAt > settings.longest().toNanos()) return judged.fails(Role.CLIENT, DriverCode.PROGRAM_OVERDUE,
            "not all payload was through after " + settings.longest().toSeconds() + " s; so far " + progress());
        return judged;
    }

    /// It owed an event, and time is up.
    PairState silent(Role role, String wanted, Duration since) {
        return fails(role, DriverCode.PROGRAM_SILENT,
            "`" + wanted + "` was awaited, and nothing was heard for " + since.toSeconds() + " s");
    }

    private PairState fails(Role role, DriverCode code, String message) {
        return fails(cause(role, new AgentFailure(code, "", message)));
    }

    private FailureCause cause(Role role, AgentFailure failure) {
        return new FailureCause(of(role).machine(), role, failure, Optional.empty());
    }

    /// What is said first of an end counts.
    private PairState fails(FailureCause cause) {
        if (cause(cause.role()).isPresent() || of(cause.role()).closing()) return this;
        var more = new ArrayList<>(causes);
        more.add(cause);
        return new PairState(settings, server, client, more, playedAt, movedAt, defect);
    }

    private Optional<FailureCause> cause(Role role) {
        return causes.stream().filter(cause -> cause.role() == role).findFirst();
    }

    boolean failed() {
        return !causes.isEmpty();
    }

    /// Nothing that may still arrive changes what the cause is.
    boolean settled() {
        return causes.stream().anyMatch(cause -> cause.rank() == 0) || all(end -> end.over() || cause(end.role()).isPresent());
    }

    /// The program could not clean up: it said nothing of its end, or had to be killed.
    boolean killed(Role role) {
        return of(role).over() ? of(role).uncleanly() : cause(role).flatMap(FailureCause::lost).isEmpty();
    }

    AgentPair.Progress progress() {
        AgentEvent.Progress ofServer = server.state().events().progress();
        AgentEvent.Progress ofClient = client.state().events().progress();
        return new AgentPair.Progress(Math.max(ofServer.seconds(), ofClient.seconds()), ofServer.sent(), ofServer.received(),
            ofClient.sent(), ofClient.received());
    }

    AgentPair.Reports reports() {
        return new AgentPair.Reports(report(server, client), report(client, server));
    }

    private AgentReport report(PairEnd end, PairEnd other) {
        return end.state().report(intact(end.state(), other.state()), cause(end.role()).map(FailureCause::failure));
    }

    /// The digest of what one end sent must be that of what the other received; who compares every byte has one.
    private static boolean intact(AgentState receiver, AgentState sender) {
        var received = receiver.events().result().map(AgentEvent.Result::received);
        var sent = sender.events().result().map(AgentEvent.Result::sent);
        var digests = Stream.of(received, sent).flatMap(Optional::stream).map(Flow::digest).filter(digest -> !digest.isEmpty());
        return digests.distinct().count() < 2;
    }

    List<String> complaints() {
        return Stream.of(server, client).filter(end -> !end.stderr().isEmpty()).map(end -> end.machine() + ": " + end.stderr()).toList();
    }

    private PairState with(Role role, UnaryOperator<PairEnd> change) {
        return switch (role) {
            case SERVER -> new PairState(settings, change.apply(server), client, causes, playedAt, movedAt, defect);
            case CLIENT -> new PairState(settings, server, change.apply(client), causes, playedAt, movedAt, defect);
        };
    }
}
