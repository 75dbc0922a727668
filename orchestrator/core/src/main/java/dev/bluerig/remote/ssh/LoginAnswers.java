package dev.bluerig.remote.ssh;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import java.util.Optional;

/// Answers a server's questions at login from what the inventory holds: the password once, by one method, and nothing that would change it.
/// A second try with a wrong password would only count against the account.
final class LoginAnswers implements UserInfo, UIKeyboardInteractive {
    private final Optional<String> password;
    private volatile LoginAttempt tried = new LoginAttempt(false);
    private boolean given;
    private volatile boolean changeWanted;

    LoginAnswers(Optional<String> password) {
        this.password = password;
    }

    /// What the next connection tries is written down there; the password stays given.
    LoginAnswers into(LoginAttempt next) {
        tried = next;
        return this;
    }

    /// True when there is a password that was not given yet.
    boolean untried() {
        return password.isPresent() && !given;
    }

    /// Ends the login at once. JSch's own way to stop answers with an empty password first, and that counts as a failed login.
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoAnswer(String question) {
            super("it asked: " + question.strip());
        }
    }

    /// True when the server wanted a new password.
    boolean changeWanted() {
        return changeWanted;
    }

    @Override
    public String[] promptKeyboardInteractive(String destination, String name, String instruction, String[] prompts, boolean[] echo) {
        if (PasswordPrompt.wantsChange(name + " " + instruction + " " + String.join(" ", prompts))) changeWanted = true;
        if (prompts.length == 0) {
            tried.serverText(name + "\n" + instruction);
            return new String[0];
        }
        if (prompts.length != 1 || echo[0] || changeWanted || PasswordPrompt.wantsCode(prompts[0]) || !give())
            throw new NoAnswer(instruction + String.join(" ", prompts));
        return new String[] {password.orElseThrow()};
    }

    @Override
    public String getPassword() {
        return password.orElse(null);               // asked for only after promptPassword said yes
    }

    @Override
    public String getPassphrase() {
        return null;
    }

    @Override
    public boolean promptPassword(String message) {
        return give();
    }

    private boolean give() {
        boolean first = !given && password.isPresent();
        given = true;
        if (first) tried.passwordGiven();
        return first;
    }

    @Override
    public boolean promptPassphrase(String message) {
        return false;
    }

    @Override
    public boolean promptYesNo(String message) {
        return false;
    }

    @Override
    public void showMessage(String message) {
        tried.serverText(message);
    }
}
