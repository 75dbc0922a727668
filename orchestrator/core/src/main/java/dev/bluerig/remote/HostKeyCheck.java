package dev.bluerig.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.util.Optional;

/// Gives JSch our answer about a host key, and remembers what was shown. JSch must be set to strict checking `yes`: its other settings
/// accept a changed key.
final class HostKeyCheck implements HostKeyRepository {
    private final KnownHosts known;
    private final String name;
    private volatile Optional<PublicKeyText> shown = Optional.empty();
    private volatile KnownHosts.Answer answer = KnownHosts.Answer.UNKNOWN;

    HostKeyCheck(KnownHosts known, String name) {
        this.known = known;
        this.name = name;
    }

    Optional<PublicKeyText> shown() {
        return shown;
    }

    /// Why the key that was shown was not accepted; empty when none was shown or it is known.
    Optional<Unreachable> refusal(String where) {
        return shown.flatMap(key -> switch (answer) {
            case KNOWN -> Optional.empty();
            case UNKNOWN -> Optional.of(new Unreachable(Reason.HOST_KEY_UNKNOWN,
                where + ": shows " + key.type() + " " + key.fingerprint() + "; nothing is on file for " + name));
            case CHANGED -> Optional.of(new Unreachable(Reason.HOST_KEY_CHANGED,
                where + ": shows " + key.type() + " " + key.fingerprint() + "; on file for " + name + " is " + onFile()));
            case REVOKED -> Optional.of(new Unreachable(Reason.HOST_KEY_CHANGED,
                where + ": shows " + key.type() + " " + key.fingerprint() + ", which is marked @revoked at " + revokedAt(key)));
        });
    }

    private String onFile() {
        return known.entries(name).stream().filter(entry -> !entry.revoked())
            .map(entry -> entry.key().type() + " " + entry.key().fingerprint() + " (" + entry.at() + ")")
            .reduce((first, second) -> first + ", " + second).orElse("nothing");
    }

    private String revokedAt(PublicKeyText key) {
        return known.entries(name).stream().filter(entry -> entry.revoked() && entry.key().equals(key)).findFirst().map(KnownHosts.Entry::at).orElse("");
    }

    @Override
    public int check(String host, byte[] blob) {
        PublicKeyText key = PublicKeyText.of(blob);
        answer = known.check(name, key);
        shown = Optional.of(key);
        return switch (answer) {
            case KNOWN -> OK;
            case UNKNOWN -> NOT_INCLUDED;
            case CHANGED, REVOKED -> CHANGED;
        };
    }

    /// JSch asks for these to prefer the key types that are on file.
    @Override
    public HostKey[] getHostKey(String host, String type) {
        return known.entries(name).stream().filter(entry -> !entry.revoked()).flatMap(entry -> hostKey(entry).stream())
            .filter(key -> type == null || key.getType().equals(type)).toArray(HostKey[]::new);
    }

    private Optional<HostKey> hostKey(KnownHosts.Entry entry) {
        try {
            return Optional.of(new HostKey(name, entry.key().blob()));
        } catch (JSchException unsupported) {
            return Optional.empty();
        }
    }

    @Override
    public HostKey[] getHostKey() {
        return getHostKey(name, null);
    }

    @Override
    public void add(HostKey key, UserInfo user) {
        throw new UnsupportedOperationException("keys are filed by enrolment alone");
    }

    @Override
    public void remove(String host, String type) {
        throw new UnsupportedOperationException("keys are removed by enrolment alone");
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        throw new UnsupportedOperationException("keys are removed by enrolment alone");
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "known_hosts";
    }
}
