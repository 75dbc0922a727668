package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.source.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inventory entries for tests.
public final class SshMachines {
    private SshMachines() {}

    public static Machine host(String name, String address, Ssh ssh) {
        return new Machine(name, Machine.Kind.HOST, List.of(), Optional.of(address), ssh, List.of(), Optional.empty(), Optional.empty(),
            Optional.empty(),
            Optional.empty(), Map.of());
    }

    public static Machine dpu(String name, String host, String far, Ssh ssh) {
        return new Machine(name, Machine.Kind.DPU, List.of(), Optional.empty(), ssh, List.of(), Optional.of(host), Optional.empty(),
            Optional.of(new Machine.Via(new LinkName("tmfifo_net0"), new Cidr("192.168.100.1/30"), far)), Optional.empty(), Map.of());
    }

    public static Ssh key(String user, int port, Path identity) {
        return new Ssh(Optional.of(user), Optional.of(port), Optional.of(identity.toString()), Optional.empty(), Optional.empty(),
            Ssh.Sudo.NONE, Optional.empty());
    }

    public static Ssh password(String user, int port, String password) {
        return new Ssh(Optional.of(user), Optional.of(port), Optional.empty(), Optional.empty(), Optional.of(new Secret(password)),
            Ssh.Sudo.NONE, Optional.empty());
    }

    public static Ssh sudo(Ssh ssh, Ssh.Sudo sudo, Optional<String> password) {
        return new Ssh(ssh.user(), ssh.port(), ssh.identity(), ssh.passphrase(), ssh.password(), sudo, password.map(Secret::new));
    }
}
