package dev.bluerig.remote.ssh;

import dev.bluerig.source.Secret;
import java.util.Optional;

/// The other half of a password change, prompt by prompt. No I/O.
final class PasswordDialogue {
    private static final int FRESH = 2;             // the new password and its repetition

    private final Secret old;
    private final Secret fresh;
    private int current;
    private int given;

    PasswordDialogue(Secret old, Secret fresh) {
        this.old = old;
        this.fresh = fresh;
    }

    /// What to answer, or nothing when the dialogue has gone wrong: the old password is asked for again and again, or the new one was
    /// refused.
    Optional<String> answer(String prompt) {
        return switch (PasswordPrompt.of(prompt)) {
            // login asks once, and the change asks for the current password once more
            case CURRENT -> current++ < 2 ? Optional.of(old.reveal()) : Optional.empty();
            case FRESH -> given++ < FRESH ? Optional.of(fresh.reveal()) : Optional.empty();
            case OTHER -> Optional.empty();
        };
    }

    /// True when the new password was given, perhaps repeated, and not asked for again.
    boolean changed() {
        return given > 0 && given <= FRESH;
    }

    boolean began() {
        return given > 0;
    }
}
