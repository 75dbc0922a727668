package dev.bluerig.remote;

import com.jcraft.jsch.Identity;
import dev.bluerig.inventory.Machine;
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

    public Enrolment(SshSettings settings, Person person) {
        this.settings = settings;
        this.person = person;
        this.connector = new Connector(settings);
    }

    /// What was done, one line each; empty when everything was in place. `replace`: another key on file may be replaced.
    public List<String> enrol(Machine machine, Optional<Session> viaHost, boolean replace) throws Unreachable {
        var done = new ArrayList<String>();
        Target target = Target.of(machine, settings).asLoginUser();
        Optional<JschWire> jump = SshDialer.jump(target, viaHost);
        trust(target, jump, replace, done);
        KnownHosts known = SshDialer.known(settings);
        try (Session session = login(target, jump, known, done)) {
            install(target, session, done);
        }
        return done;
    }

    private void trust(Target target, Optional<JschWire> jump, boolean replace, List<String> done) throws Unreachable {
        KnownHosts known = SshDialer.known(settings);
        HostKeyCheck check = connector.hostKey(target, jump, known);
        PublicKeyText shown = check.shown().orElseThrow();
        List<KnownHosts.Entry> onFile = known.entries(target.keyName()).stream().filter(entry -> !entry.revoked()).toList();
        KnownHosts.Answer answer = known.check(target.keyName(), shown);
        if (answer == KnownHosts.Answer.KNOWN) return;
        boolean changed = answer == KnownHosts.Answer.CHANGED;
        if (answer == KnownHosts.Answer.REVOKED || changed && !replace) throw check.refusal(target.where()).orElseThrow();
        if (!person.trusts(target.name(), shown, onFile))
            throw new Unreachable(Reason.HOST_KEY_UNKNOWN, target.where() + ": the key " + shown.fingerprint() + " was not accepted");
        file(target, shown, changed);
        done.add((changed ? "host key replaced: " : "host key on file: ") + target.keyName() + " " + shown.type() + " " + shown.fingerprint());
    }

    /// The old key leaves every file, or it would still be accepted.
    private void file(Target target, PublicKeyText shown, boolean changed) throws Unreachable {
        try {
            if (changed) for (Path file : settings.knownHosts()) KnownHostsFile.remove(file, target.keyName());
            KnownHostsFile.add(settings.knownHosts().getFirst(), target.keyName(), shown);
        } catch (IOException unwritable) {
            throw new Unreachable(Reason.HOST_KEY_UNKNOWN, target.where() + ": its key could not be written to "
                + settings.knownHosts().getFirst() + ": " + unwritable.getMessage(), unwritable);
        }
    }

    private Session login(Target target, Optional<JschWire> jump, KnownHosts known, List<String> done) throws Unreachable {
        try {
            return usable(target, jump, known);
        } catch (Unreachable refused) {
            return switch (refused.reason()) {
                case LOGIN_REFUSED -> withPassword(target, jump, known, done, refused);
                case PASSWORD_EXPIRED -> changed(target, jump, known, done, refused);
                default -> throw refused;
            };
        }
    }

    private Session withPassword(Target target, Optional<JschWire> jump, KnownHosts known, List<String> done, Unreachable refused) throws Unreachable {
        Target armed = target.withPassword(Optional.of(person.password(target.name(), target.user()).orElseThrow(() -> refused)));
        try {
            return usable(armed, jump, known);
        } catch (Unreachable again) {
            if (again.reason() != Reason.PASSWORD_EXPIRED) throw again;
            return changed(armed, jump, known, done, again);
        }
    }

    private Session changed(Target target, Optional<JschWire> jump, KnownHosts known, List<String> done, Unreachable expired) throws Unreachable {
        Secret old = target.password().or(() -> person.password(target.name(), target.user())).orElseThrow(() -> expired);
        Secret fresh = person.newPassword(target.name(), target.user()).orElseThrow(() -> expired);
        new PasswordChange(connector, settings.connectTimeout()).run(target.withPassword(Optional.of(old)), jump, known, old, fresh);
        done.add("password of " + target.user() + " changed");
        return usable(target.withPassword(Optional.of(fresh)), jump, known);
    }

    /// Logged in, and a program runs: an expired password shows only then.
    private Session usable(Target target, Optional<JschWire> jump, KnownHosts known) throws Unreachable {
        var session = new ShellSession(connector.connect(target, jump, known), target.elevation(), settings.connectTimeout(), ShellSession.LIMIT);
        try {
            session.started().exchange(Exchange.asking(List.of(Command.of("true"))));
            return session;
        } catch (Unreachable unusable) {
            session.close();
            throw unusable;
        }
    }

    private void install(Target target, Session session, List<String> done) throws Unreachable {
        Optional<Identity> identity = connector.keys().of(target).stream().findFirst();
        if (identity.isEmpty()) {
            done.add("no key installed, so `ssh.password` must be the password that is valid now: the inventory names no `ssh.identity`, there is no default key and no agent");
            return;
        }
        if (AuthorizedKeys.install(target.where(), session, PublicKeyText.of(identity.get().getPublicKeyBlob())))
            done.add("key " + identity.get().getName() + " installed for " + target.user());
    }
}
