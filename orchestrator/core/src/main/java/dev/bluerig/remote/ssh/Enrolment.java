package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.KnownHostsFile;
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.remote.shell.ShellSession;
import dev.bluerig.source.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a machine known: its host key on file, its factory password changed, our public key in its `authorized_keys`. Doing it again
/// changes nothing.
public final class Enrolment {
    /// The person at the keyboard. `cli` implements it; it may also answer from options.
    public interface Person {
        /// Shown once per machine whose key is not on file. `onFile` holds what would be replaced.
        boolean trusts(String machine, PublicKeyText shown, List<KnownHosts.Entry> onFile);

        /// Asked when no key and no password of the inventory is accepted.
        Optional<Secret> password(String machine, String user);

        /// Asked when the machine insists on a new password.
        Optional<Secret> newPassword(String machine, String user);
    }

    private final SshSettings settings;
    private final Person person;
    private final Connector connector;
    private boolean byPassword;

    public Enrolment(SshSettings settings, Person person) {
        this.settings = settings;
        this.person = person;
        this.connector = new Connector(settings, Connector.RetryClock.system());
    }

    /// What was done, one line each, and that no key had to be installed; empty when everything was in place. `replace`: another key on
    /// file may be replaced.
    public List<String> enrol(Machine machine, Optional<Session> viaHost, boolean replace) throws Unreachable {
        var done = new ArrayList<String>();
        DialTarget target = DialTarget.of(machine, settings).asLoginUser();
        Optional<JschTransport> jump = SshDialer.jump(target, viaHost);
        trust(target, jump, replace, done);
        KnownHosts known = SshDialer.known(target);
        try (Session session = login(target, jump, known, done)) {
            install(target, jump, known, session, done);
        }
        return done;
    }

    private void trust(DialTarget target, Optional<JschTransport> jump, boolean replace, List<String> done) throws Unreachable {
        KnownHosts known = SshDialer.known(target);
        HostKeyCheck check = connector.hostKey(target, jump, known);
        PublicKeyText shown = check.shown().orElseThrow();
        var filed = new HostKeysOnFile(known, target);
        KnownHosts.Answer answer = filed.check(shown);
        Optional<Unreachable> refusal = check.refusal(target.where());
        boolean swapped = refusal.filter(why -> why.reason() == ConnectionCode.HOST_SWAPPED).isPresent();
        boolean changed = answer == KnownHosts.Answer.CHANGED || swapped;
        if (answer == KnownHosts.Answer.REVOKED || changed && !replace) throw refusal.orElseThrow();
        if (changed || answer == KnownHosts.Answer.UNKNOWN) {
            if (!person.trusts(target.name(), shown, filed.replaced()))
                throw new Unreachable(ConnectionCode.HOST_KEY_UNKNOWN, target.where() + ": the key " + shown.fingerprint()
                    + " was not accepted");
            file(target, filed.names(), shown, changed);
            done.add((changed ? "host key replaced: " : "host key on file: ") + target.keyName() + " " + shown.type() + " "
                + shown.fingerprint());
        } else if (known.check(target.remembered(), shown) != KnownHosts.Answer.KNOWN && (!target.far() || target.apart())) {
            file(target, List.of(target.remembered()), shown, replace);
            done.add("host key remembered as that of " + target.name());
        }
    }

    /// The old key leaves every file, or it would still be accepted.
    private void file(DialTarget target, List<String> names, PublicKeyText shown, boolean changed) throws Unreachable {
        Path first = target.filing().orElseThrow(() -> new Unreachable(ConnectionCode.HOST_KEY_UNKNOWN,
            target.where()
            + ": UserKnownHostsFile names no file to write its key to; make an empty file known_hosts beside the inventory"));
        try {
            for (String name : names) {
                if (changed) for (Path file : target.knownHosts()) KnownHostsFile.remove(file, name);
                if (SshDialer.known(target).check(name, shown) != KnownHosts.Answer.KNOWN) KnownHostsFile.add(first, name, shown);
            }
        } catch (IOException unwritable) {
            throw new Unreachable(ConnectionCode.HOST_KEY_UNKNOWN, target.where() + ": its key could not be written to " + first + ": "
                + unwritable.getMessage(), unwritable);
        }
    }

    private Session login(DialTarget target, Optional<JschTransport> jump, KnownHosts known, List<String> done) throws Unreachable {
        try {
            return usable(target, jump, known);
        } catch (Unreachable refused) {
            return switch (refused.reason()) {
                case LOGIN_REFUSED, SECRET_MISSING -> withPassword(target, jump, known, done, refused);
                case METHOD_NOT_ALLOWED -> {
                    if (target.password().isPresent()) throw refused;
                    yield withPassword(target, jump, known, done, refused);
                }
                case PASSWORD_EXPIRED -> changed(target, jump, known, done, refused);
                default -> throw refused;
            };
        }
    }

    private Session withPassword(DialTarget target, Optional<JschTransport> jump, KnownHosts known, List<String> done, Unreachable refused)
        throws Unreachable {
        byPassword = true;
        DialTarget armed = target.withPassword(Optional.of(person.password(target.name(), target.user()).orElseThrow(() -> refused)));
        try {
            return usable(armed, jump, known);
        } catch (Unreachable again) {
            if (again.reason() != ConnectionCode.PASSWORD_EXPIRED) throw again;
            return changed(armed, jump, known, done, again);
        }
    }

    private Session changed(DialTarget target, Optional<JschTransport> jump, KnownHosts known, List<String> done, Unreachable expired)
        throws Unreachable {
        byPassword = true;
        Secret old = target.password().or(() -> person.password(target.name(), target.user())).orElseThrow(() -> expired);
        Secret fresh = person.newPassword(target.name(), target.user()).orElseThrow(() -> expired);
        new PasswordChange(connector, settings.connectTimeout()).run(target.withPassword(Optional.of(old)), jump, known, old, fresh);
        done.add("password of " + target.user() + " changed");
        return usable(target.withPassword(Optional.of(fresh)), jump, known);
    }

    /// Logged in, and a program runs: an expired password shows only then.
    private Session usable(DialTarget target, Optional<JschTransport> jump, KnownHosts known) throws Unreachable {
        var session = new ShellSession(connector.connect(target, jump, known), target.elevation(), settings.connectTimeout(),
            ShellSession.LIMIT);
        try {
            session.started().exchange(Exchange.asking(List.of(Command.of("true"))));
            return session;
        } catch (Unreachable unusable) {
            session.close();
            throw unusable;
        }
    }

    private void install(DialTarget target, Optional<JschTransport> jump, KnownHosts known, Session session, List<String> done)
        throws Unreachable {
        Optional<Identity> identity = connector.keys().of(target).stream()
            .filter(key -> !CertifiedKey.isCertificate(PublicKeyText.of(key.getPublicKeyBlob()))).findFirst();
        if (identity.isEmpty()) {
            done.add("no key installed, so `ssh.password` must be the password that is valid now: the inventory names no"
                + " `ssh.identity`, there is no default key and no agent");
            return;
        }
        if (letsIn(target, jump, known, identity.get())) {
            if (!done.isEmpty()) done.add("key " + identity.get().getName() + " lets in already, none installed");
            return;
        }
        if (AuthorizedKeys.install(target.where(), session, PublicKeyText.of(identity.get().getPublicKeyBlob())))
            done.add("key " + identity.get().getName() + " installed for " + target.user());
        proved(target, jump, known, identity.get(), done);
    }

    /// Wherever this sshd has it from: another AuthorizedKeysFile, a command, a certificate's principal. Where it was the only way in, it
    /// has just been proved.
    private boolean letsIn(DialTarget target, Optional<JschTransport> jump, KnownHosts known, Identity key) throws Unreachable {
        boolean only = !byPassword && target.password().isEmpty() && connector.keys().of(target).size() == 1;
        return only || connector.refusal(target, jump, known, key).isEmpty();
    }

    /// An installed key that the machine does not take would lead back here for ever.
    private void proved(DialTarget target, Optional<JschTransport> jump, KnownHosts known, Identity key, List<String> done)
        throws Unreachable {
        Optional<String> refusal = connector.refusal(target, jump, known, key);
        if (refusal.isEmpty()) return;
        String problem = "the key " + key.getName() + " is in authorized_keys of " + target.user() + ", and the machine does not take it"
            + refusal.get();
        if (byPassword && target.password().isEmpty()) throw new Unreachable(ConnectionCode.KEY_NOT_TAKEN, target.where() + ": " + problem);
        done.add(problem + "; so logins go on with "
            + (target.password().isPresent() ? "the password of the inventory" : "the key that let in now"));
    }
}
