package dev.bluerig.remote;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import java.util.Optional;

/// Answers a server's questions at login from what the inventory holds: the password once, and nothing that would change it.
final class LoginAnswers implements UserInfo, UIKeyboardInteractive {
    private final Optional<String> password;
    private int asked;
    private volatile boolean changeWanted;

    LoginAnswers(Optional<String> password) {
        this.password = password;
    }

    /// True when the server wanted a new password.
    boolean changeWanted() {
        return changeWanted;
    }

    @Override
    public String[] promptKeyboardInteractive(String destination, String name, String instruction, String[] prompts, boolean[] echo) {
        if (PasswordPrompt.wantsChange(name + " " + instruction + " " + String.join(" ", prompts))) changeWanted = true;
        boolean once = prompts.length == 1 && !echo[0] && asked++ == 0;
        if (prompts.length == 0) return new String[0];
        return once && !changeWanted && password.isPresent() ? new String[] {password.get()} : null;
    }

    @Override
    public String getPassword() {
        return null;
    }

    @Override
    public String getPassphrase() {
        return null;
    }

    @Override
    public boolean promptPassword(String message) {
        return false;
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
    public void showMessage(String message) {}
}
