package dev.bluerig.remote.ssh;

import dev.bluerig.source.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /// What to answer, or nothing when the dialogue has gone wrong: the old password is asked for again and again, or the new one was refused.
    Optional<String> answer(String prompt) {
        return switch (Prompt.of(prompt)) {
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

    /// What a line asks for. Wordings: Linux-PAM pam_unix ("Current password:", "New password:", "Retype new password:",
    /// older "(current) UNIX password:", "Enter new UNIX password:"), shadow and OpenSSH.
    enum Prompt {
        CURRENT, FRESH, OTHER;

        private static final Pattern NEW = Pattern.compile("new (unix )?password|re-?type|repeat|confirm");
        private static final Pattern CHANGE = Pattern.compile(
            "new (unix )?password|change your password|password (has )?expired|required to change|password change required|must be changed");

        static Prompt of(String prompt) {
            String lower = prompt.toLowerCase(Locale.ROOT);
            if (NEW.matcher(lower).find()) return FRESH;
            return lower.contains("password") ? CURRENT : OTHER;
        }

        static boolean wantsChange(String text) {
            return CHANGE.matcher(text.toLowerCase(Locale.ROOT)).find();
        }
    }
}
