package dev.bluerig.lab.sim.machine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who may log in to a simulated machine, and become root there.
public final class Accounts {
    /// What sudo asks of this account.
    public enum Sudo { NONE, PASSWORDLESS, PASSWORD }

    /// `password` empty: no login by password. `expired`: it must be changed first (factory state of a DPU image).
    public record Account(User user, String password, boolean expired, Sudo sudo) {}

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    public void add(Account account) {
        accounts.put(account.user().name(), account);
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    public void changePassword(String name, String password) {
        accounts.computeIfPresent(name, (same, account) -> new Account(account.user(), password, false, account.sudo()));
    }
}
