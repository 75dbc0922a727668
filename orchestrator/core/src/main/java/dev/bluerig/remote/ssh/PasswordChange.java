package dev.bluerig.remote.ssh;

import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.shell.Transport;
import dev.bluerig.source.Secret;
import java.time.Duration;
import java.util.Optional;

/// Gives an account whose password has expired a new one. Servers ask for it in the login itself, or (OpenSSH, method `password`) after it,
/// and then only on a terminal.
record PasswordChange(Connector connector, Duration patience) {
    void run(DialTarget target, Optional<JschTransport> jump, KnownHosts known, Secret old, Secret fresh) throws Unreachable {
        var dialogue = new PasswordDialogue(old, fresh);
        var answers = new ChangeAnswers(dialogue, old);
        try (Transport wire = connector.change(target, jump, known, answers)) {
            if (dialogue.changed() && wire.alive()) return;
            if (dialogue.began()) throw refused(target, answers.instructions());
        } catch (Unreachable refused) {
            if (dialogue.began()) throw refused(target, answers.instructions());
            if (refused.reason() != ConnectionCode.LOGIN_REFUSED) throw refused;
        }
        onTerminal(target, jump, known, new PasswordDialogue(old, fresh));
    }

    private void onTerminal(DialTarget target, Optional<JschTransport> jump, KnownHosts known, PasswordDialogue dialogue)
        throws Unreachable {
        try (JschTransport wire = connector.connect(target, jump, known)) {
            PasswordTerminal.Ended talk = wire.talk("exec /bin/true", dialogue::answer, patience);
            if (talk.status() != 0 || !dialogue.changed()) throw refused(target, talk.last());
        }
    }

    private static Unreachable refused(DialTarget target, String instructions) {
        return new Unreachable(ConnectionCode.PASSWORD_EXPIRED, target.where() + ": the new password was not accepted"
            + (instructions.isBlank() ? "" : "; it said: " + instructions));
    }
}
