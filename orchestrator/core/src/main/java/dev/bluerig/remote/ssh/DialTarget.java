package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.shell.Elevation;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything needed to dial one machine, with nothing left open.
///
/// - `keyName`: under which its host key is on file; `alias`: the name that its certificate must hold, when it is not the address.
/// - `knownHosts`: files in the order they are read; `filing`: the one that `enrol` writes to, never the system's.
/// - `methods`: what the user's configuration leaves of the ways to log in, in its order.
/// - `missing`: secrets that the inventory points to and that are not there.
/// - `far`: reached from its host, not from here; `inventory`: what tells the machines of its inventory from those of others in
///   known_hosts.
record DialTarget(String name, String keyName, Optional<String> alias, String address, int port, String user, DialRoute route,
    OfferableKeys ring, List<Path> knownHosts,
              Optional<Path> filing, List<String> methods, Optional<Secret> password, Elevation elevation, List<Problem> missing,
              boolean far, Optional<String> inventory) {
    private static final List<String> METHODS = List.of("publickey", "password", "keyboard-interactive");

    DialTarget {
        knownHosts = List.copyOf(knownHosts);
        methods = List.copyOf(methods);
        missing = List.copyOf(missing);
    }

    static DialTarget of(Machine machine, SshSettings settings) throws Unreachable {
        try {
            return of(machine, settings, SshConfig.of(machine, settings.sshConfig()));
        } catch (Unreachable unclear) {
            throw new Unreachable(unclear.reason(), machine.name() + ": " + unclear.getMessage(), unclear);
        }
    }

    /// `config`: what the user's configuration says of the address, or nothing.
    static DialTarget of(Machine machine, SshSettings settings, SshConfig config) throws Unreachable {
        Ssh ssh = machine.ssh();
        String wanted = machine.via().map(Machine.Via::far).or(machine::address).orElseThrow(
            () -> new IllegalArgumentException(machine.name() + " has neither an address nor a way through its host"));
        boolean far = machine.via().isPresent();
        String address = config.hostName().orElse(wanted);
        int port = ssh.port().or(config::port).orElse(22);
        String user = ssh.user().or(() -> config.one("user")).orElse(System.getProperty("user.name"));
        boolean sudoLess = ssh.sudo() == Ssh.Sudo.PASSWORD && !user.equals("root")
            && (ssh.misses("sudo_password") || ssh.sudoPassword().isEmpty() && ssh.misses("password"));
        if (sudoLess) throw new Unreachable(ConnectionCode.SECRET_MISSING, "sudo needs a password" + withoutSecrets(ssh.missing()));
        Optional<String> alias = config.one("hostkeyalias");
        String keyName = far ? machine.name() : alias.orElse(KnownHosts.name(address, port));
        var tokens = new SshTokens(address, wanted, alias.orElse(wanted), port, user);
        return new DialTarget(machine.name(), keyName, alias, address, port, user, DialRoute.of(config, settings.sshConfig(), tokens),
            OfferableKeys.of(ssh, settings, config, tokens),
            knownHosts(settings, config, tokens), Stream.concat(settings.knownHosts().stream(), config.usersKnownHosts(tokens).stream())
            .findFirst(), methods(config), ssh.password(), elevation(ssh, user), ssh.missing(), far, settings.inventory());
    }

    private static List<Path> knownHosts(SshSettings settings, SshConfig config, SshTokens tokens) {
        return Stream.of(settings.knownHosts(), config.usersKnownHosts(tokens), config.systemsKnownHosts(tokens)).flatMap(List::stream)
            .distinct().toList();
    }

    /// `no` takes a way away; `PreferredAuthentications` orders and restricts.
    private static List<String> methods(SshConfig config) {
        List<String> allowed = METHODS.stream().filter(method -> !config.refuses(switch (method) {
            case "publickey" -> "pubkeyauthentication";
            case "password" -> "passwordauthentication";
            default -> "kbdinteractiveauthentication";
        })).toList();
        return config.one("preferredauthentications").map(text -> List.of(text.split(",")).stream().filter(allowed::contains).toList())
            .orElse(allowed);
    }

    DialTarget withPassword(Optional<Secret> other) {
        return new DialTarget(name, keyName, alias, address, port, user, route, ring, knownHosts, filing, methods, other, elevation,
            missing, far, inventory);
    }

    /// Without sudo: for what belongs to the login user.
    DialTarget asLoginUser() {
        return new DialTarget(name, keyName, alias, address, port, user, route, ring, knownHosts, filing, methods, password,
            new Elevation.None(), missing, far, inventory);
    }

    private static Elevation elevation(Ssh ssh, String user) {
        if (user.equals("root")) return new Elevation.None();
        return switch (ssh.sudo()) {
            case NONE -> new Elevation.None();
            case PASSWORDLESS -> new Elevation.Passwordless();
            case PASSWORD -> ssh.sudoPassword().or(ssh::password).<Elevation>map(Elevation.WithPassword::new)
                .orElseGet(Elevation.Passwordless::new);
        };
    }

    static Path expand(String file) {
        return file.startsWith("~/") ? Path.of(System.getProperty("user.home")).resolve(file.substring(2)) : Path.of(file);
    }

    /// Under which the machine itself is on file, whatever its address.
    String remembered() {
        return KnownHosts.machine(inventory, name);
    }

    /// True of one that has no address of its own to be on file under, where its inventory is told from others.
    boolean apart() {
        return far && inventory.isPresent();
    }

    /// For messages.
    String where() {
        return name + " (" + user + "@" + address + (port == 22 ? "" : ":" + port) + ")";
    }

    /// What the inventory points to and is not there, for messages; empty when nothing is missing.
    String withoutSecrets() {
        return withoutSecrets(missing);
    }

    private static String withoutSecrets(List<Problem> missing) {
        return missing.isEmpty() ? "" : "; not there: "
            + String.join(", ", missing.stream().map(problem -> problem.at() + ": " + problem.message()).toList());
    }
}
