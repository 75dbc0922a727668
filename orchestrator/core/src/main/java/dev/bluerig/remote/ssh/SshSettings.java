package dev.bluerig.remote.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How this process uses SSH, whatever the machine.
///
/// - `knownHosts`: read in this order, before those of the configuration; files that do not exist are empty. `enrol` writes to the first of
///   all.
/// - `identities`: private keys tried when a machine names none; files that do not exist are left out.
/// - `agent`: the socket of ssh-agent (`SSH_AUTH_SOCK`).
/// - `sshConfig`: the user's configuration file, which need not exist; `ssh -G` fills from it, and from the system's, what the inventory
///   leaves open.
/// - `connectTimeout`: for all of connect, key exchange, login and the shell's greeting.
/// - `dialsPerJump`: connections that may be set up at the same time through one host, or one jump host or proxy of the configuration.
/// - `bootPatience`: how long a machine that is still booting is asked again.
/// - `inventory`: what the inventory is called in known_hosts; empty where the file belongs to one alone.
public record SshSettings(List<Path> knownHosts, List<Path> identities, Optional<Path> agent, Optional<Path> sshConfig,
                          Duration connectTimeout, int dialsPerJump, Duration bootPatience, Optional<String> inventory) {
    private static final Duration BOOT = Duration.ofSeconds(60);

    public SshSettings {
        knownHosts = List.copyOf(knownHosts);
        identities = List.copyOf(identities);
        if (knownHosts.isEmpty() && sshConfig.isEmpty()) throw new IllegalArgumentException("no known_hosts file is named");
        if (dialsPerJump < 1) throw new IllegalArgumentException("dials per jump host: " + dialsPerJump);
    }

    public SshSettings(List<Path> knownHosts, List<Path> identities, Optional<Path> agent, Optional<Path> sshConfig,
        Duration connectTimeout, int dialsPerJump) {
        this(knownHosts, identities, agent, sshConfig, connectTimeout, dialsPerJump, BOOT);
    }

    public SshSettings(List<Path> knownHosts, List<Path> identities, Optional<Path> agent, Optional<Path> sshConfig,
        Duration connectTimeout, int dialsPerJump, Duration bootPatience) {
        this(knownHosts, identities, agent, sshConfig, connectTimeout, dialsPerJump, bootPatience, Optional.empty());
    }

    /// What a user expects: `known_hosts` beside the inventory if there is one, then those of the configuration; the user's agent,
    /// configuration and keys.
    public static SshSettings usual(Path inventory, Path home, Optional<Path> agent) {
        Path ssh = home.resolve(".ssh");
        Path project = inventory.toAbsolutePath().resolveSibling("known_hosts");
        List<Path> known = Files.exists(project) ? List.of(project) : List.of();
        List<Path> keys = Stream.of("id_ed25519", "id_ecdsa", "id_rsa").map(ssh::resolve).toList();
        return new SshSettings(known, keys, agent, Optional.of(ssh.resolve("config")), Duration.ofSeconds(30), 4, BOOT,
            Optional.of(called(inventory.toAbsolutePath().normalize(), known.isEmpty())));
    }

    /// By its file's name, which a project shares; in the user's own file, which all directories share, with a hash of the directory.
    private static String called(Path inventory, boolean everywhere) {
        String name = inventory.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return everywhere ? name + "-" + Integer.toHexString(inventory.getParent().toString().hashCode()) : name;
    }

    /// Nothing but what is said: no agent, no user configuration, no default keys. For labs and tests.
    public static SshSettings only(Path knownHosts) {
        return new SshSettings(List.of(knownHosts), List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30), 4);
    }
}
