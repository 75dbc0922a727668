package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Logger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one connection really offered at login, and what the server said meanwhile: JSch tells neither.
final class LoginAttempt {
    private final boolean asksFirst;
    private final Set<String> offered = new HashSet<>();
    private final List<String> banners = new ArrayList<>();
    private boolean signed;
    private boolean password;
    private final List<String> lastWords = new ArrayList<>();
    private Optional<List<String>> allowed = Optional.empty();
    private boolean ended;
    private boolean undecided;
    private boolean accepted;

    /// `asksFirst`: a key is signed only when the server has said that it would take it.
    LoginAttempt(boolean asksFirst) {
        this.asksFirst = asksFirst;
    }

    boolean asksFirst() {
        return asksFirst;
    }

    Identity watching(Identity key) {
        return new RecordedIdentity(key);
    }

    synchronized void passwordGiven() {
        password = true;
    }

    /// A banner (RFC 4252, 5.4). After a key or password that was right it is why the account is not let in.
    synchronized void serverText(String text) {
        if (!text.isBlank()) (sure() ? lastWords : banners).add(text);
    }

    /// The server's list of ways that can continue.
    synchronized void allowed(List<String> methods) {
        allowed = Optional.of(List.copyOf(methods));
    }

    /// The server ended the connection before everything was tried.
    synchronized void endedEarly() {
        ended = true;
    }

    synchronized int keys() {
        return offered.size();
    }

    synchronized boolean password() {
        return password;
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized Optional<List<String>> allowed() {
        return allowed;
    }

    synchronized String banner() {
        return ServerText.shown(String.join("\n", banners));
    }

    synchronized String lastWords() {
        return ServerText.shown(String.join("\n", lastWords));
    }

    /// True when the server had something that it could not have refused: a password, or a key that it had said it would take.
    synchronized boolean sure() {
        return password || asksFirst && signed;
    }

    /// True when a key was accepted, if only as one of several ways that are wanted together.
    synchronized boolean keyTaken() {
        return asksFirst && signed;
    }

    /// JSch says of every signature that was refused that it was ("auth failure"), and nothing of a partial success: it goes on with what
    /// is wanted as well.
    Logger listening() {
        return new Logger() {
            @Override
            public boolean isEnabled(int level) {
                return true;
            }

            @Override
            public void log(int level, String message) {
                if (message.endsWith(" auth failure")) judged(false);
                else if (message.startsWith("Authentications that can continue")) judged(true);
            }
        };
    }

    /// What became of the last signature, when there was one: refused, or the login went on behind it.
    synchronized void judged(boolean wentOn) {
        accepted |= undecided && wentOn;
        undecided = false;
    }

    /// True when a key was accepted and did not suffice.
    synchronized boolean accepted() {
        return accepted;
    }

    private final class RecordedIdentity implements Identity {
        private final Identity key;

        RecordedIdentity(Identity key) {
            this.key = key;
        }

        @Override
        public byte[] getPublicKeyBlob() {
            byte[] blob = key.getPublicKeyBlob();
            synchronized (LoginAttempt.this) {
                offered.add(Base64.getEncoder().encodeToString(blob));
            }
            return blob;
        }

        @Override
        public byte[] getSignature(byte[] data) {
            return key.getSignature(data);
        }

        @Override
        public byte[] getSignature(byte[] data, String algorithm) {
            byte[] signature = key.getSignature(data, algorithm);
            synchronized (LoginAttempt.this) {
                signed = true;
                undecided = signature != null;
            }
            return signature;
        }

        @Override
        public boolean setPassphrase(byte[] passphrase) throws JSchException {
            return key.setPassphrase(passphrase);
        }

        @Override
        public String getAlgName() {
            return key.getAlgName();
        }

        @Override
        public String getName() {
            return key.getName();
        }

        @Override
        public boolean isEncrypted() {
            return key.isEncrypted();
        }

        @Override
        public void clear() {
            key.clear();
        }
    }
}
