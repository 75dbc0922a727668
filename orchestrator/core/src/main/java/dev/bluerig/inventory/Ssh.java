package dev.bluerig.inventory;

import dev.bluerig.source.Problem;
import dev.bluerig.source.Secret;
import java.util.List;
import java.util.Optional;

/// How to log in. Absent fields are filled from `~/.ssh/config` (asked of `ssh -G`), then from ssh-agent and the usual key files.
///
/// `missing`: keys and secrets that the inventory points to and that are not there. They matter to this machine alone, when it is dialled.
public record Ssh(Optional<String> user, Optional<Integer> port, Optional<String> identity, Optional<Secret> passphrase,
                  Optional<Secret> password, Sudo sudo, Optional<Secret> sudoPassword, List<Problem> missing) {
    public Ssh {
        missing = List.copyOf(missing);
    }

    /// Nothing is missing.
    public Ssh(Optional<String> user, Optional<Integer> port, Optional<String> identity, Optional<Secret> passphrase,
               Optional<Secret> password, Sudo sudo, Optional<Secret> sudoPassword) {
        this(user, port, identity, passphrase, password, sudo, sudoPassword, List.of());
    }

    /// True when this field points to something that is not there.
    public boolean misses(String field) {
        return missing.stream().anyMatch(problem -> problem.message().startsWith("`" + field + "`"));
    }

    /// `NONE`: the login user's own rights. `PASSWORDLESS`: sudo -n. `PASSWORD`: sudo with `sudo_password`, else `password`.
    public enum Sudo { NONE, PASSWORDLESS, PASSWORD }
}
