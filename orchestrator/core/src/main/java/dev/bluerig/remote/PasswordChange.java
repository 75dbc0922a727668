package dev.bluerig.remote;

import dev.bluerig.source.Secret;
import java.time.Duration;
import java.util.Optional;

/// Gives an account whose password has expired a new one. Servers ask for it in the login itself, or (OpenSSH, method `password`) after it,
/// and then only on a terminal.
record PasswordChange(Connector connector, Duration patience) {
    void run(Target target, Optional<JschWire> jump, KnownHosts known, Secret old, Secret fresh) throws Unreachable {
        var dialogue = new PasswordDialogue(old, fresh);
        var answers = new ChangeAnswers(dialogue, old);
        try (Wire wire = connector.change(target, jump, known, answers)) {
            if (dialogue.changed() && wire.alive()) return;
            if (dialogue.began()) throw refused(target, answers.said());
        } catch (Unreachable refused) {
            if (dialogue.began()) throw refused(target, answers.said());
            if (refused.reason() != Reason.LOGIN_REFUSED) throw refused;
        }
        onTerminal(target, jump, known, new PasswordDialogue(old, fresh));
    }

    private void onTerminal(Target target, Optional<JschWire> jump, KnownHosts known, PasswordDialogue dialogue) throws Unreachable {
        try (JschWire wire = connector.connect(target, jump, known)) {
            Terminal.Talk talk = wire.talk("exec /bin/true", dialogue::answer, patience);
            if (talk.status() != 0 || !dialogue.changed()) throw refused(target, talk.last());
        }
    }

    private static Unreachable refused(Target target, String said) {
        return new Unreachable(Reason.PASSWORD_EXPIRED, target.where() + ": the new password was not accepted"
            + (said.isBlank() ? "" : "; it said: " + said));
    }
}
