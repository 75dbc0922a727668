package dev.bluerig.remote;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `~/.ssh/config` says about one name, as far as the inventory leaves it open.
record SshConfig(Optional<String> hostName, Optional<Integer> port, Optional<String> user, Optional<String> hostKeyAlias, List<Path> identities,
                 boolean identitiesOnly) {
    static final SshConfig NOTHING = new SshConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

    SshConfig {
        identities = List.copyOf(identities);
    }
}
