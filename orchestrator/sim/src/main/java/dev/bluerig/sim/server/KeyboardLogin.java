package dev.bluerig.sim.server;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.AbstractUserAuthFactory;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.session.ServerSession;

/// `keyboard-interactive` as sshd with PAM does it: the password, and when it has expired the current one, the new one, and the new one
/// again, each in a round of its own.
final class KeyboardLogin extends AbstractUserAuth {
    private enum PromptStage { PASSWORD, CURRENT, NEW, AGAIN }

    private static final int TRIES = 3;   // MAX_PASSWD_TRIES of pam_unix, support.h

    private final SimLogins logins;
    private int tries;
    private PromptStage round = PromptStage.PASSWORD;
    private String fresh = "";

    private KeyboardLogin(SimLogins logins) {
        super("keyboard-interactive");
        this.logins = logins;
    }

    static final class Factory extends AbstractUserAuthFactory {
        private final SimLogins logins;

        Factory(SimLogins logins) {
            super("keyboard-interactive");
            this.logins = logins;
        }

        @Override
        public UserAuth createUserAuth(ServerSession session) {
            return new KeyboardLogin(logins);
        }
    }

    @Override
    protected Boolean doAuth(Buffer buffer, boolean init) throws Exception {
        if (init) {
            buffer.getString();   // language
            buffer.getString();   // submethods
            return ask("", "Password: ");
        }
        int kind = buffer.getUByte();
        if (kind != SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE || buffer.getInt() != 1) return false;
        return answer(buffer.getString());
    }

    private Boolean answer(String text) throws Exception {
        ServerSession session = getServerSession();
        switch (round) {
            case PASSWORD -> {
                if (!logins.password(getUsername(), text, session)) return false;
                if (!logins.expired(getUsername(), session)) return true;
                round = PromptStage.CURRENT;
                return ask("You are required to change your password immediately (administrator enforced).", "Current password: ");
            }
            case CURRENT -> {
                if (!logins.password(getUsername(), text, session)) return false;
                round = PromptStage.NEW;
                return ask("", "New password: ");
            }
            case NEW -> {
                if (logins.password(getUsername(), text, session)) return again("The password has not been changed.");
                if (text.length() < 6) return again("You must choose a longer password.");   // pam_unix
                fresh = text;
                round = PromptStage.AGAIN;
                return ask("", "Retype new password: ");
            }
            case AGAIN -> {
                if (!text.equals(fresh)) return false;
                logins.change(getUsername(), fresh, session);
                return true;
            }
        }
        return false;
    }

    private Boolean again(String refusal) throws Exception {
        return ++tries == TRIES ? Boolean.FALSE : ask(refusal, "New password: ");
    }

    /// A further round: the answer to "are you in" is not known yet, which MINA wants as null.
    private Boolean ask(String instruction, String prompt) throws Exception {
        var challenge = new InteractiveChallenge();
        challenge.setInteractionName("");
        challenge.setInteractionInstruction(instruction);
        challenge.setLanguageTag("");
        challenge.addPrompt(prompt, false);
        ServerSession session = getServerSession();
        Buffer request = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST);
        challenge.append(request);
        session.writePacket(request);
        return null;
    }
}
