package dev.bluerig.converge;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.fact.Facts;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.CommandError;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.Task;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// An armed remedy: the machine is made to take it back by itself; remedy; new connections; asking again over them; disarmed over them.
/// Whatever goes wrong in between, the machine takes it back, and that is looked at.
final class ArmedMending {
    private static final Duration BETWEEN_DIALS = Duration.ofSeconds(1);
    /// That long after its time the machine has begun.
    private static final Duration GRACE = Duration.ofSeconds(5);
    /// And that long after, the commands that put back are over: each has a limit of its own.
    private static final Duration WORK = Duration.ofSeconds(120);

    private final Facts facts;
    private final Convergence.Terms terms;
    private final Arming arming;
    private final ConvergenceListener watcher;
    private final int index;
    private final Task<?> task;
    private final Mending mending;

    ArmedMending(Facts facts, Convergence.Terms terms, Arming arming, ConvergenceListener watcher, int index, Task<?> task) {
        this.facts = facts;
        this.terms = terms;
        this.arming = arming;
        this.watcher = watcher;
        this.index = index;
        this.task = task;
        this.mending = new Mending(facts, terms, watcher, index, task);
    }

    /// `why`: what the guard says, and what else is told. `cleared`: commands that remove what is told by it.
    Outcome act(ArmedChange change, Diff.Mendable mendable, String why, List<Command> cleared) {
        arming.ready();
        watcher.armed(index, change, why);
        Duration begun;
        try {
            var failed = failed(Stream.concat(cleared.stream(), change.arming().stream()).toList());
            if (failed.isPresent()) {
                watcher.released(index, change, "not armed");
                return new Outcome.Failed(Failure.of(EngineCode.ARM_FAILED, mendable.changes(), failed.get(), ""), false);
            }
            begun = arming.now();
        } catch (Unreachable lost) {
            return new Outcome.Lost(Mending.lost(lost), false);
        }
        String trouble = remedy(change, mendable).or(() -> reached(change, begun)).orElse("");
        if (trouble.isEmpty()) {
            trouble = confirmed(change, mendable).orElse("");
            if (trouble.isEmpty()) {
                watcher.released(index, change, "disarmed over a new connection");
                return new Outcome.Changed(mendable.changes(), "armed for " + change.after().toSeconds()
                    + " s, seen over a new connection, disarmed; " + why);
            }
        }
        return takenBack(change, mendable, begun, trouble);
    }

    /// Between the commands stands a look at the lease: what takes them back may have come. A connection that is lost or falls silent by
    /// them is no failure yet. Says what failed.
    private Optional<String> remedy(ArmedChange change, Diff.Mendable mendable) {
        var steps = new ArrayList<Command>();
        for (Command command : mendable.remedy().commands()) steps.addAll(List.of(change.stillArmed(), command));
        watcher.acting(index, mendable);
        try {
            var replies = facts.ask(steps, task.brings(), Set.of());
            var own = new ArrayList<Reply>();
            for (int i = 1; i < replies.size(); i += 2) own.add(replies.get(i));
            watcher.acted(index, own);
            return own.stream().anyMatch(Reply.TimedOut.class::isInstance) ? Optional.empty() : Mending.firstFailure(mendable, own);
        } catch (Unreachable cut) {
            return Optional.empty();
        }
    }

    /// Over new connections, by everybody who answered before, as long as there is time. Says why not.
    private Optional<String> reached(ArmedChange change, Duration begun) {
        boolean renewed = false;
        while (true) {
            try {
                if (!renewed) arming.renew();
                renewed = true;
                arming.renewOthers();
                boolean late = arming.now().minus(begun).compareTo(change.after()) >= 0;
                return late ? Optional.of("no new connection in time") : Optional.empty();
            } catch (Unreachable dead) {
                String why = "no new connection: " + dead.reason() + ": " + dead.getMessage();
                if (arming.now().minus(begun).compareTo(change.after()) >= 0) return Optional.of(why);
                if (!Mending.waited(terms.pause(), BETWEEN_DIALS)) return Optional.of("interrupted; " + why);
            }
        }
    }

    /// Says why not.
    private Optional<String> confirmed(ArmedChange change, Diff.Mendable mendable) {
        try {
            mending.again();
            if (mending.verify(mendable) instanceof Outcome.Failed failed) return Optional.of(told(failed.failure()));
            return failed(List.of(change.disarming())).map(why -> "not disarmed in time: " + why);
        } catch (Unreachable lost) {
            return Optional.of("the new connection was lost: " + lost.getMessage());
        }
    }

    private static String told(Failure failure) {
        return failure.code().name() + (failure.detail().isEmpty() ? "" : ": " + failure.detail()) + failure.changes().stream()
            .map(each -> "; " + each.what() + ": expected " + each.expected() + ", found " + each.found()).reduce("", String::concat);
    }

    /// Asks for it at once where that goes; else its time comes.
    private Outcome takenBack(ArmedChange change, Diff.Mendable mendable, Duration begun, String trouble) {
        Duration most = change.after().plus(GRACE).plus(WORK);
        boolean asked = false;
        boolean dead = false;
        String last = "";
        while (arming.now().minus(begun).compareTo(most) < 0) {
            try {
                if (dead) arming.renew();
                dead = false;
                if (!asked) facts.ask(List.of(change.firing()), Set.of(), Set.of());
                asked = true;
                var seen = facts.ask(List.of(change.result()), Set.of(), Set.of()).getFirst();
                if (seen instanceof Reply.Ran ran && ran.ok()) return looked(change, mendable, trouble, ran.out().strip());
                last = "it is not put back yet";
            } catch (Unreachable lost) {
                dead = true;
                last = lost.reason() + ": " + lost.getMessage();
            }
            if (!Mending.waited(terms.pause(), BETWEEN_DIALS)) return notBack(change, mendable.changes(), trouble, "interrupted");
        }
        return notBack(change, mendable.changes(), trouble, last);
    }

    private Outcome looked(ArmedChange change, Diff.Mendable mendable, String trouble, String result) {
        try {
            mending.again();
            Diff now = Mending.judge(facts, task);
            if (!(now instanceof Diff.Mendable back && back.changes().equals(mendable.changes())))
                return notBack(change, now instanceof Diff.Mendable other ? other.changes() : List.of(), trouble, result
                    + "; the task finds otherwise than before: " + words(now));
            facts.ask(List.of(change.forgetting()), Set.of(), Set.of());
            watcher.released(index, change, "taken back: " + result);
            return new Outcome.Failed(Failure.of(EngineCode.ARMED_REVERTED, mendable.changes(), trouble + "; " + result, ""), true);
        } catch (Unreachable lost) {
            return notBack(change, mendable.changes(), trouble, lost.getMessage());
        }
    }

    private static String words(Diff now) {
        return switch (now) {
            case Diff.Same _ -> "it is as wanted";
            case Diff.NotApplicable(String why) -> why;
            case Diff.Unmet unmet -> told(Failure.of(unmet));
            case Diff.Mendable _ -> "other changes";
            case Diff.Unknown(String why) -> why;
        };
    }

    private Outcome notBack(ArmedChange change, List<Change> changes, String trouble, String last) {
        watcher.released(index, change, "not known to be taken back: " + last);
        return new Outcome.Failed(Failure.of(EngineCode.ARMED_NOT_REVERTED, changes, trouble + "; then: " + last + " (" + change.directory()
            + ")", ""), true);
    }

    private Optional<String> failed(List<Command> commands) throws Unreachable {
        var replies = facts.ask(commands, Set.of(), Set.of());
        for (int i = 0; i < replies.size(); i++) {
            var why = CommandError.failure(commands.get(i), replies.get(i));
            if (why.isPresent()) return why;
        }
        return Optional.empty();
    }
}
