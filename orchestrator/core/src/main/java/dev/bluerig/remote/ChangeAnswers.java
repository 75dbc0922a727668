package dev.bluerig.remote;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import java.util.Optional;

/// Changes an expired password while logging in by keyboard-interactive.
final class ChangeAnswers implements UserInfo, UIKeyboardInteractive {
    private final PasswordDialogue dialogue;
    private volatile String said = "";

    ChangeAnswers(PasswordDialogue dialogue) {
        this.dialogue = dialogue;
    }

    /// What the server said last, for people.
    String said() {
        return said;
    }

    @Override
    public String[] promptKeyboardInteractive(String destination, String name, String instruction, String[] prompts, boolean[] echo) {
        if (!instruction.isBlank()) said = instruction.strip();
        var answers = new String[prompts.length];
        for (int i = 0; i < prompts.length; i++) {
            Optional<String> answer = dialogue.answer(prompts[i]);
            if (answer.isEmpty()) return null;      // JSch's sign for "stop"
            answers[i] = answer.get();
        }
        return answers;
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
