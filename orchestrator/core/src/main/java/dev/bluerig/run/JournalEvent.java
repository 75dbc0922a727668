package dev.bluerig.run;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.Described;
import dev.bluerig.source.TrustedText;
import dev.bluerig.task.diff.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One thing that happened in a run, as a line of its journal holds it.
public sealed interface JournalEvent {
    Instant at();

    /// On disk before anything else is done. What is not goes there with the next that is: the replies that it was judged by are there.
    default boolean durable() {
        return switch (this) {
            case TaskEnded _, CellJudged _ -> false;
            case RunBegan _, RemedyBegan _, RemedyEnded _, Armed _, Released _, TrialProgress _, Cleaned _, FlipBegan _, FlipEnded _,
                Purged _, NotPurged _, RunEnded _ -> true;
        };
    }

    /// Where something happened: names, and the place of the task in its file.
    @TrustedText
    record Place(String play, String machine, String task, String at) {}

    /// What a machine answered to one command.
    record LoggedReply(String command, @TrustedText String reply, String out, String err) {
        private static final String HIDDEN = "***";

        static LoggedReply of(Command command, Reply reply) {
            String line = command.toString();
            return switch (reply) {
                case Reply.Ran ran when command.secret() -> new LoggedReply(line, "exit " + ran.status(), HIDDEN, HIDDEN);
                case Reply.Ran(int status, String out, String err) -> new LoggedReply(line, "exit " + status, out, err);
                case Reply.TimedOut _ when command.secret() -> new LoggedReply(line, "timed out", HIDDEN, HIDDEN);
                case Reply.TimedOut(String out, String err) -> new LoggedReply(line, "timed out", out, err);
                case Reply.TooMuch _ -> new LoggedReply(line, "printed too much", "", "");
                case Reply.NotRun() -> new LoggedReply(line, "not run", "", "");
            };
        }
    }

    /// The run begins. `lab`: absent on real machines. `start`: absent in journals from before it was kept.
    @TrustedText
    record RunBegan(Instant at, String id, String mode, String inventory, String playbook, Optional<String> lab,
        Optional<RunStart> start) implements JournalEvent {}

    /// A remedy begins: its first command is sent when this is on disk.
    record RemedyBegan(Instant at, Place place, List<Change> changes, List<String> commands, List<String> undo) implements JournalEvent {
        public RemedyBegan {
            changes = List.copyOf(changes);
            commands = List.copyOf(commands);
            undo = List.copyOf(undo);
        }
    }

    /// The commands of a remedy were answered.
    record RemedyEnded(Instant at, Place place, List<LoggedReply> said) implements JournalEvent {
        public RemedyEnded {
            said = List.copyOf(said);
        }
    }

    /// The machine is about to be made to take the next remedy back by itself `seconds` later, from a directory there.
    record Armed(Instant at, Place place, @TrustedText String directory, long seconds, String why) implements JournalEvent {}

    /// What became of that: disarmed, taken back, or neither.
    record Released(Instant at, Place place, @TrustedText String directory, String how) implements JournalEvent {}

    /// What became of a task on a machine.
    record TaskEnded(Instant at, Place place, TaskResult result) implements JournalEvent {}

    /// A trial began on a pair, or ended there.
    record TrialProgress(Instant at, @TrustedText String trial, @TrustedText String pair,
        @TrustedText String said) implements JournalEvent {
        static final String BEGAN = "began";

        public boolean began() {
            return said.equals(BEGAN);
        }
    }

    /// What a killed run had left on a machine was put back.
    record Cleaned(Instant at, @TrustedText String trial, @TrustedText String pair, String said) implements JournalEvent {}

    /// Flags are switched off when this is on disk; `undo` puts them back.
    record FlipBegan(Instant at, @TrustedText String trial, @TrustedText String pair, @TrustedText String machine, List<Change> changes,
        List<String> commands, List<String> undo) implements JournalEvent {
        public FlipBegan {
            changes = List.copyOf(changes);
            commands = List.copyOf(commands);
            undo = List.copyOf(undo);
        }
    }

    /// The flags of a machine are as they were before the flip, or not.
    record FlipEnded(Instant at, @TrustedText String trial, @TrustedText String pair, String said,
        @TrustedText @Described(value = "Whose flags.", absent = "") String machine,
        @Described(value = "Whether they are back.", absent = "false") boolean back) implements JournalEvent {}

    /// A cell of a trial was judged.
    record CellJudged(Instant at, @TrustedText String trial, @TrustedText String pair, String said) implements JournalEvent {}

    /// What trials had brought to a host was removed.
    record Purged(Instant at, @TrustedText String trial, @TrustedText String pair, String said) implements JournalEvent {}

    /// What trials had brought to a host could not be removed.
    record NotPurged(Instant at, @TrustedText String trial, @TrustedText String pair, String said) implements JournalEvent {}

    /// The run ended, with this exit code of the process.
    record RunEnded(Instant at, int exit) implements JournalEvent {}
}
