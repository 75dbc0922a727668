package dev.bluerig.remote.shell;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What a command that failed for want of rights should have been told by: the session is not root's.
final class MissingRights {
    private static final Pattern WANTING = Pattern.compile("permission denied|operation not permitted|must be (?:run as )?root|are you"
        + " root|must be superuser|requires? root|access denied");

    private MissingRights() {}

    /// The complaint, and its cause where that is plain.
    static String noted(String complaint, OptionalLong user) {
        if (user.isEmpty() || user.getAsLong() == 0 || !WANTING.matcher(complaint.toLowerCase(Locale.ROOT)).find()) return complaint;
        return complaint + (complaint.endsWith("\n") ? "" : "\n") + "bluerig: not root: this ran as user " + user.getAsLong()
            + ", because `ssh.sudo` is none";
    }
}
