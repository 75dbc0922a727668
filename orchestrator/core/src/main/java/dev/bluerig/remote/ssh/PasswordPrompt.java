package dev.bluerig.remote.ssh;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a line of a password dialogue asks for. Wordings: Linux-PAM pam_unix ("Current password:", "New password:", "Retype new password:",
/// older "(current) UNIX password:", "Enter new UNIX password:"), shadow and OpenSSH.
enum PasswordPrompt {
    CURRENT, FRESH, OTHER;

    private static final Pattern NEW = Pattern.compile("new (unix )?password|re-?type|repeat|confirm");
    private static final Pattern CHANGE = Pattern.compile(
        "new (unix )?password|change your password|password (has )?expired|required to change|password change required|must be changed");

    /// What is good for one login alone (pam_google_authenticator "Verification code:", pam_oath "One-time password (OATH) for",
    /// pam_yubico, Duo "Passcode", pam_radius and pam_pkcs11 "PIN"): never answered with the password, which would count as a failed login.
    /// Whatever else is asked without an echo may be a password in another language.
    private static final Pattern CODE = Pattern.compile("verification|one.?time|passcode|\\b(otp|totp|code|token|pin|yubikey|challenge"
        + "|response|2fa|mfa)\\b");

    static boolean wantsCode(String prompt) {
        return CODE.matcher(prompt.toLowerCase(Locale.ROOT)).find();
    }

    static PasswordPrompt of(String prompt) {
        String lower = prompt.toLowerCase(Locale.ROOT);
        if (NEW.matcher(lower).find()) return FRESH;
        return lower.contains("password") ? CURRENT : OTHER;
    }

    static boolean wantsChange(String text) {
        return CHANGE.matcher(text.toLowerCase(Locale.ROOT)).find();
    }
}
