package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.SimMachine;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.session.ServerSession;

/// Who may log in: keys in the account's authorized_keys, and passwords.
final class SimLogins {
    private final MachineDirectory directory;

    SimLogins(MachineDirectory directory) {
        this.directory = directory;
    }

    private Optional<Accounts.Account> account(ServerSession session, String user) {
        SimMachine machine = directory.of(session).machine();
        return machine.faults().refusesLogins() ? Optional.empty() : machine.accounts().find(user);
    }

    boolean key(String user, PublicKey key, ServerSession session) {
        Optional<Accounts.Account> account = account(session, user);
        if (account.isEmpty()) return false;
        String authorized = directory.of(session).machine().files().text(account.get().user().home() + "/.ssh/authorized_keys");
        return authorized.lines().anyMatch(line -> isKey(line, key));
    }

    private static boolean isKey(String line, PublicKey key) {
        if (line.isBlank() || line.startsWith("#")) return false;
        try {
            PublicKey authorized = PublicKeyEntry.parsePublicKeyEntry(line.strip()).resolvePublicKey(null, null, null);
            return KeyUtils.compareKeys(authorized, key);
        } catch (IllegalArgumentException | java.io.IOException | java.security.GeneralSecurityException notAKey) {
            return false;
        }
    }

    boolean password(String user, String password, ServerSession session) {
        return account(session, user).filter(account -> !account.password().isEmpty() && account.password().equals(password)).isPresent();
    }

    boolean expired(String user, ServerSession session) {
        return account(session, user).filter(Accounts.Account::expired).isPresent();
    }

    void change(String user, String password, ServerSession session) {
        directory.of(session).machine().accounts().changePassword(user, password);
    }
}
