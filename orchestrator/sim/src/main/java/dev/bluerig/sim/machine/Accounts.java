package dev.bluerig.sim.machine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Who may log in to a simulated machine, and become root there.
public final class Accounts {
    /// What sudo asks of this account.
    public enum Sudo { NONE, PASSWORDLESS, PASSWORD }

    /// `password` empty: no login by password. `expired`: it must be changed first (factory state of a DPU image).
    public record Account(UserAccount user, String password, boolean expired, Sudo sudo) {
        public Account expire() {
            return new Account(user, password, true, sudo);
        }

        public Account withoutSudo() {
            return new Account(user, password, expired, Sudo.NONE);
        }
    }

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Account> spoiled = new ConcurrentHashMap<>();

    public void add(Account account) {
        accounts.put(account.user().name(), account);
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    public void changePassword(String name, String password) {
        accounts.computeIfPresent(name, (same, account) -> new Account(account.user(), password, false, account.sudo()));
    }

    /// Every account as `how` makes it, until healed.
    public void spoil(UnaryOperator<Account> how) {
        spoiled.putAll(accounts);
        accounts.replaceAll((name, account) -> how.apply(account));
    }

    void heal() {
        accounts.putAll(spoiled);
        spoiled.clear();
    }
}
