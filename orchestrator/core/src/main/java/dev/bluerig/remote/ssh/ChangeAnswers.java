package dev.bluerig.remote.ssh;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import dev.bluerig.source.Secret;
import java.util.Optional;

/// Changes an expired password while logging in, by keyboard-interactive or by the change request of method `password` (RFC 4252, 8).
final class ChangeAnswers implements UserInfo, UIKeyboardInteractive {
    private final PasswordDialogue dialogue;
    private final Secret old;
    private volatile String instructions = "";
    private int asked;

    ChangeAnswers(PasswordDialogue dialogue, Secret old) {
        this.dialogue = dialogue;
        this.old = old;
    }

    /// The last instructions of the server, for people.
    String instructions() {
        return instructions;
    }

    @Override
    public String[] promptKeyboardInteractive(String destination, String name, String instruction, String[] prompts, boolean[] echo) {
        if (!instruction.isBlank()) instructions = instruction.strip();
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
        return old.reveal();
    }

    @Override
    public String getPassphrase() {
        return null;
    }

    @Override
    public boolean promptPassword(String message) {
        return asked++ == 0;
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
