package dev.bluerig.inventory;

import dev.bluerig.source.Secret;
import java.util.Optional;

/// How to log in. Absent fields are filled from `~/.ssh/config` (asked of `ssh -G`), then from ssh-agent and the usual key files.
public record Ssh(Optional<String> user, Optional<Integer> port, Optional<String> identity, Optional<Secret> passphrase,
                  Optional<Secret> password, Sudo sudo, Optional<Secret> sudoPassword) {
    /// `NONE`: the login user's own rights. `PASSWORDLESS`: sudo -n. `PASSWORD`: sudo with `sudo_password`, else `password`.
    public enum Sudo { NONE, PASSWORDLESS, PASSWORD }
}
