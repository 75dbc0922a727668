package dev.bluerig.remote.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.PublicKeyText;
import java.util.List;
import java.util.Optional;

/// Gives JSch our answer about a host key, and remembers what was shown. JSch must be set to strict checking `yes`: its other settings
/// accept a changed key.
final class HostKeyCheck implements HostKeyRepository {
    private final HostKeysOnFile filed;
    private final String name;
    private final String machine;
    private final boolean certificates;
    private volatile Optional<PublicKeyText> shown = Optional.empty();
    private volatile KnownHosts.Answer answer = KnownHosts.Answer.UNKNOWN;

    HostKeyCheck(KnownHosts known, DialTarget target) {
        this(known, target, true);
    }

    private HostKeyCheck(KnownHosts known, DialTarget target, boolean certificates) {
        this.filed = new HostKeysOnFile(known, target);
        this.name = target.keyName();
        this.machine = target.name();
        this.certificates = certificates;
    }

    /// Asks for the key itself, whoever vouches for it.
    static HostKeyCheck ofKeys(KnownHosts known, DialTarget target) {
        return new HostKeyCheck(known, target, false);
    }

    Optional<PublicKeyText> shown() {
        return shown;
    }

    /// Why the key that was shown was not accepted; empty when none was shown or it is known.
    Optional<Unreachable> refusal(String where) {
        return shown.flatMap(key -> swapped(where, key).or(() -> switch (answer) {
            case KNOWN -> Optional.empty();
            case UNKNOWN -> Optional.of(new Unreachable(ConnectionCode.HOST_KEY_UNKNOWN,
                where + ": shows " + key.type() + " " + key.fingerprint() + "; nothing is on file for " + name + filed.also()
                + others(key)));
            case CHANGED -> Optional.of(new Unreachable(ConnectionCode.HOST_KEY_CHANGED,
                where + ": shows " + key.type() + " " + key.fingerprint() + "; on file for " + name + " is " + onFile()));
            case REVOKED -> Optional.of(new Unreachable(ConnectionCode.HOST_KEY_CHANGED,
                where + ": shows " + key.type() + " " + key.fingerprint() + ", which is marked @revoked at " + revokedAt(key)));
        }));
    }

    /// The address is known, and yet it is another machine's: this one is on file with another key, and that one with this.
    private Optional<Unreachable> swapped(String where, PublicKeyText key) {
        if (answer == KnownHosts.Answer.REVOKED || answer == KnownHosts.Answer.UNKNOWN || others(key).isEmpty()) return Optional.empty();
        return Optional.of(new Unreachable(ConnectionCode.HOST_SWAPPED, where + ": shows " + key.type() + " " + key.fingerprint()
            + others(key)));
    }

    /// Says whose key it is when this machine has another on file and other machines have this one; machines made from one image may share
    /// a key.
    private String others(PublicKeyText key) {
        List<KnownHosts.Entry> own = filed.own();
        if (own.isEmpty() || own.stream().anyMatch(entry -> entry.key().equals(key))) return "";
        List<String> others = filed.machinesWith(key);
        return others.isEmpty() ? "" : ", the key on file for " + String.join(", ", others) + "; on file for " + machine + " is "
            + own.getFirst().key().fingerprint()
            + " (" + own.getFirst().at() + ")";
    }

    private String onFile() {
        return filed.entries().stream().filter(KnownHosts.Entry::plain)
            .map(entry -> entry.key().type() + " " + entry.key().fingerprint() + " (" + entry.at() + ")")
            .reduce((first, second) -> first + ", " + second).orElse("nothing");
    }

    private String revokedAt(PublicKeyText key) {
        return filed.entries().stream().filter(entry -> entry.revoked() && entry.key().equals(key)).findFirst().map(KnownHosts.Entry::at)
            .orElse("");
    }

    @Override
    public int check(String host, byte[] blob) {
        PublicKeyText key = PublicKeyText.of(blob);
        answer = filed.check(key);
        shown = Optional.of(key);
        return switch (answer) {
            case KNOWN -> others(key).isEmpty() ? OK : CHANGED;
            case UNKNOWN -> NOT_INCLUDED;
            case CHANGED, REVOKED -> CHANGED;
        };
    }

    /// JSch asks for these to prefer the key types that are on file.
    @Override
    public HostKey[] getHostKey(String host, String type) {
        return filed.entries().stream().filter(KnownHosts.Entry::plain).flatMap(entry -> hostKey(entry).stream())
            .filter(key -> type == null || key.getType().equals(type)).toArray(HostKey[]::new);
    }

    /// True when a certificate may stand for this machine.
    boolean hasAuthority() {
        return certificates && filed.entries().stream().anyMatch(entry -> entry.mark() == KnownHosts.Marker.AUTHORITY);
    }

    private Optional<HostKey> hostKey(KnownHosts.Entry entry) {
        String marker = switch (entry.mark()) {
            case PLAIN -> "";
            case REVOKED -> "@revoked";
            case AUTHORITY -> "@cert-authority";
        };
        try {
            // our matcher has matched the name already
            return Optional.of(new HostKey(marker, entry.plain() ? name : "*", HostKey.GUESS, entry.key().blob(), null));
        } catch (JSchException unsupported) {
            return Optional.empty();
        }
    }

    /// Authorities and revoked keys as well: JSch looks for them here when it is shown a certificate.
    @Override
    public HostKey[] getHostKey() {
        return filed.entries().stream().flatMap(entry -> hostKey(entry).stream()).toArray(HostKey[]::new);
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
