package dev.bluerig.run;

import dev.bluerig.converge.Mode;
import dev.bluerig.remote.Session;
import dev.bluerig.source.Described;
import dev.bluerig.source.TrustedText;
import dev.bluerig.trial.run.TrialResult;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One run, complete: what was asked of which machine and what became of it. Reports are made from this alone.
///
/// `by`: the user and machine that started it; `program`: the version of bluerig that ran; both empty in records from before they were
/// kept.
/// `lab`: the lab that stood in for real hardware. `resumes`: the run that this one goes on with.
/// `trials`: in the order of the playbook, pair by pair; only `accept` runs any.
/// `traffic`: what each machine that answered has cost.
public record RunRecord(@TrustedText String id, Mode mode, Instant started, Instant ended,
                        @TrustedText @Described(value = "Who started it, and where.", absent = "") String by,
                        @TrustedText @Described(value = "Which bluerig ran.", absent = "") String program,
                        @TrustedText String inventory, @TrustedText String playbook, @TrustedText Optional<String> lab,
                        @TrustedText Optional<String> resumes,
                        boolean interrupted, List<PlayRecord> plays,
                        @Described(value = "What became of each trial on each pair.", absent = "[]") List<TrialResult> trials,
                        Map<String, Session.Traffic> traffic) {
    public RunRecord {
        plays = List.copyOf(plays);
        trials = List.copyOf(trials);
        traffic = Collections.unmodifiableMap(new LinkedHashMap<>(traffic));
    }

    /// One play: its tasks as rows; every task has the same machines, in the same order.
    public record PlayRecord(@TrustedText String name, @TrustedText String at, List<TaskRecord> tasks) {
        public PlayRecord {
            tasks = List.copyOf(tasks);
        }

        public List<String> machines() {
            return tasks.isEmpty() ? List.of() : List.copyOf(tasks.getFirst().results().keySet());
        }
    }

    /// One task of a play and its result by machine. `escape`: it runs a command of the user's own, so bluerig cannot vouch for it.
    public record TaskRecord(@TrustedText String task, @TrustedText String at, boolean escape, Map<String, TaskResult> results) {
        public TaskRecord {
            results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        }
    }

    public Stream<TaskResult> results() {
        return plays.stream().flatMap(play -> play.tasks().stream()).flatMap(task -> task.results().values().stream());
    }

    public boolean has(OutcomeStatus status) {
        return results().anyMatch(result -> result.outcome() == status);
    }

    /// Every trial showed what it must; what `check` and `apply` leave to `accept`, and what the user's `--limit` leaves out, is not held
    /// against them.
    private boolean accepted() {
        return mode != Mode.ACCEPT || trials.stream().allMatch(trial -> trial.accepted() || trial.leftOut());
    }

    /// What the process says of how it went: the first that applies.
    public ExitCode exit() {
        if (interrupted) return ExitCode.INTERRUPTED;
        if (has(OutcomeStatus.UNREACHABLE) || trials.stream().anyMatch(TrialResult::lost)) return ExitCode.UNREACHABLE;
        if (has(OutcomeStatus.FAILED) || has(OutcomeStatus.UNKNOWN) || !accepted()) return ExitCode.FAILED;
        return has(OutcomeStatus.WOULD_CHANGE) ? ExitCode.CHANGES : ExitCode.DONE;
    }
}
