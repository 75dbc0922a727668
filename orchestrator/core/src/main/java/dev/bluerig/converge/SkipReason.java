package dev.bluerig.converge;

/// Why a task was not tried.
public sealed interface SkipReason {
    /// As reports say it.
    String words();

    /// A task before it on the same machine ended badly. `ended`: its code in brackets, if it has one.
    record Earlier(String task, String ended) implements SkipReason {
        @Override
        public String words() {
            return "because of " + task + ended;
        }
    }

    /// The machine is out since an earlier play.
    record Out(String task, String play, String ended) implements SkipReason {
        @Override
        public String words() {
            return "`" + task + "` of the play \"" + play + "\" " + ended;
        }
    }

    /// Nothing more is begun in this run, because of the user or of the journal.
    record Stopped(String why) implements SkipReason {
        @Override
        public String words() {
            return why;
        }
    }

    /// In check mode: an earlier play would first make the way to the machine.
    record NotYetReachable(String why) implements SkipReason {
        @Override
        public String words() {
            return "not yet reachable: " + why;
        }
    }
}
