package dev.bluerig.cli;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What the commands need of the world outside, so that tests can give them another one.
///
/// `home`: where bluerig's own playbooks and templates lie. `directory`: where the user stands.
public record CliContext(Path directory, Path home, Map<String, String> environment, InstantSource clock, RandomGenerator random,
    BooleanSupplier stop, DialerFactory dialing) {
    public CliContext {
        environment = Map.copyOf(environment);
    }

    /// How machines of an inventory are dialled.
    public interface DialerFactory {
        OpenDialer open(Inventory inventory, Path inventoryFile);
    }

    /// A dialer, and what ends it.
    public record OpenDialer(Dialer dialer, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    static CliContext real(InterruptHandler interrupts) {
        Path here = Path.of("");
        Path home = Optional.ofNullable(System.getProperty("bluerig.home")).map(Path::of).orElse(here);
        return new CliContext(here, home, System.getenv(), InstantSource.system(), RandomGenerator.getDefault(), interrupts::stopped,
            CliContext::ssh);
    }

    private static OpenDialer ssh(Inventory inventory, Path inventoryFile) {
        try {
            var dialer = new SshDialer(settings(inventory, inventoryFile));
            return new OpenDialer(dialer, dialer::close);
        } catch (UncheckedIOException unreadable) {
            throw new InvalidInput(Location.file(inventoryFile.toString()), unreadable.getMessage());
        }
    }

    /// A lab brings its own keys and known_hosts; the user's are none of its business.
    static SshSettings settings(Inventory inventory, Path inventoryFile) {
        Path beside = inventoryFile.toAbsolutePath().getParent();
        if (inventory.lab().isPresent()) return SshSettings.only(beside.resolve("known_hosts"));
        Optional<Path> agent = Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")).filter(socket -> !socket.isBlank()).map(Path::of);
        return SshSettings.usual(inventoryFile, Path.of(System.getProperty("user.home")), agent);
    }

    /// Who runs bluerig, and where, as far as that is known: `lab@controller`.
    String user() {
        String user = Stream.of("SUDO_USER", "USER", "LOGNAME").map(environment::get).filter(Objects::nonNull)
            .filter(name -> !name.isBlank()).findFirst()
            .orElse(System.getProperty("user.name"));
        try {
            return user + "@" + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return user;
        }
    }

    void wait(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
