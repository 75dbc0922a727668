package dev.bluerig.converge;

import dev.bluerig.diagnostic.CodeName;
import java.util.Optional;

/// Why a task was not tried.
public sealed interface SkipReason {
    /// As reports say it.
    String words();

    private static String bracketed(Optional<CodeName> code) {
        return code.map(name -> " (" + name + ")").orElse("");
    }

    /// A task before it on the same machine ended badly.
    record EarlierTask(String task, Optional<CodeName> code) implements SkipReason {
        @Override
        public String words() {
            return "because of " + task + bracketed(code);
        }
    }

    /// The machine is out since an earlier play. `ended`: how that task did, in a word.
    record EarlierPlay(String task, String play, String ended, Optional<CodeName> code) implements SkipReason {
        @Override
        public String words() {
            return "`" + task + "` of the play \"" + play + "\" " + ended + bracketed(code);
        }
    }

    /// Nothing more is begun in this run: the user stopped it, or `code` says what did.
    record Stopped(Optional<CodeName> code) implements SkipReason {
        @Override
        public String words() {
            return code.map(name -> "because of " + name).orElse("interrupted");
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
