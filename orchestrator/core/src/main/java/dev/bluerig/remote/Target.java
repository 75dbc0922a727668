package dev.bluerig.remote;

import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.source.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Everything needed to dial one machine, with nothing left open.
///
/// - `keyName`: under which its host key is on file.
/// - `identities`: private keys to try; `named`: the inventory names them, so they must be usable; `only`: none of the agent's others.
/// - `far`: reached from its host, not from here.
record Target(String name, String keyName, String address, int port, String user, List<Path> identities, boolean named, boolean only,
              Optional<Secret> passphrase, Optional<Secret> password, Elevation elevation, boolean far) {
    Target {
        identities = List.copyOf(identities);
    }

    static Target of(Machine machine, SshSettings settings) throws Unreachable {
        return of(machine, settings, SshConfig.of(machine, settings.sshConfig()));
    }

    /// `config`: what `~/.ssh/config` says of the address, or nothing.
    static Target of(Machine machine, SshSettings settings, SshConfig config) {
        Ssh ssh = machine.ssh();
        String wanted = machine.via().map(Machine.Via::far).or(machine::address).orElseThrow(
            () -> new IllegalArgumentException(machine.name() + " has neither an address nor a way through its host"));
        boolean far = machine.via().isPresent();
        String address = far ? wanted : config.hostName().orElse(wanted);
        int port = ssh.port().or(config::port).orElse(22);
        String user = ssh.user().or(config::user).orElse(System.getProperty("user.name"));
        String keyName = far ? machine.name() : config.hostKeyAlias().orElse(KnownHosts.name(address, port));
        List<Path> identities = ssh.identity().map(file -> List.of(expand(file)))
            .orElseGet(() -> config.identities().isEmpty() ? settings.identities() : config.identities());
        boolean named = ssh.identity().isPresent();
        boolean only = named || config.identitiesOnly();
        return new Target(machine.name(), keyName, address, port, user, identities, named, only, ssh.passphrase(), ssh.password(), elevation(ssh, user), far);
    }

    Target withPassword(Optional<Secret> other) {
        return new Target(name, keyName, address, port, user, identities, named, only, passphrase, other, elevation, far);
    }

    /// Without sudo: for what belongs to the login user.
    Target asLoginUser() {
        return new Target(name, keyName, address, port, user, identities, named, only, passphrase, password, new Elevation.None(), far);
    }

    private static Elevation elevation(Ssh ssh, String user) {
        if (user.equals("root")) return new Elevation.None();
        return switch (ssh.sudo()) {
            case NONE -> new Elevation.None();
            case PASSWORDLESS -> new Elevation.Passwordless();
            case PASSWORD -> ssh.sudoPassword().or(ssh::password).<Elevation>map(Elevation.WithPassword::new).orElseGet(Elevation.Passwordless::new);
        };
    }

    static Path expand(String file) {
        return file.startsWith("~/") ? Path.of(System.getProperty("user.home")).resolve(file.substring(2)) : Path.of(file);
    }

    /// For messages.
    String where() {
        return name + " (" + user + "@" + address + (port == 22 ? "" : ":" + port) + ")";
    }
}
