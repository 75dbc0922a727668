package dev.bluerig.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Starts `/bin/sh` on a wire with the rights that are wanted, and explains why it does not start.
final class ShellStarter {
    /// A connection that stands starts a shell at once, unless the machine is dead.
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final Duration GLANCE = Duration.ofMillis(10);

    private final Wire wire;
    private final Elevation elevation;
    private final Duration patience;
    private final int kept;
    private final RandomGenerator random;
    private final AtomicInteger execs = new AtomicInteger();

    ShellStarter(Wire wire, Elevation elevation, Duration patience, int kept, RandomGenerator random) {
        this.wire = wire;
        this.elevation = elevation;
        this.patience = patience;
        this.kept = kept;
        this.random = random;
    }

    Elevation elevation() {
        return elevation;
    }

    Duration patience() {
        return patience;
    }

    String name() {
        return wire.name();
    }

    boolean alive() {
        return wire.alive();
    }

    int takeExecs() {
        return execs.getAndSet(0);
    }

    /// A shell whose greeting is on its way.
    Shell resident() throws Unreachable {
        Shell shell = start(patience, Optional.empty());
        shell.send(shell.framing().greeting());
        return shell;
    }

    /// A shell that runs this script and ends.
    Shell running(byte[] script) throws Unreachable {
        Shell shell = start(patience.compareTo(AT_ONCE) < 0 ? patience : AT_ONCE, Optional.empty());
        shell.send(script);
        return shell;
    }

    /// A shell that becomes this program once it has greeted; the heir hears the program.
    Shell becoming(Command command, Decoder.Heir heir) throws Unreachable {
        Shell shell = start(patience, Optional.of(heir));
        shell.send(shell.framing().becoming(command));
        return shell;
    }

    private Shell start(Duration within, Optional<Decoder.Heir> heir) throws Unreachable {
        execs.incrementAndGet();
        Framing framing = Framing.random(random);
        var decoder = new Decoder(framing, kept, heir);
        return switch (elevation) {
            case Elevation.None none -> Shell.start(wire, "exec /bin/sh", framing, decoder, within);
            case Elevation.Passwordless passwordless -> Shell.start(wire, "exec sudo -n -- /bin/sh", framing, decoder, within);
            case Elevation.WithPassword with -> asking(with, framing, decoder, within);
        };
    }

    private Shell asking(Elevation.WithPassword with, Framing framing, Decoder decoder, Duration within) throws Unreachable {
        String prompt = framing.token();
        long until = System.nanoTime() + within.toNanos();
        Shell shell = Shell.start(wire, "exec sudo -S -p " + prompt + " -- /bin/sh -c 'echo " + prompt + "; exec /bin/sh'", framing, decoder, within);
        Shell.Sudo answer = shell.sudo(prompt, 0, until);
        if (answer == Shell.Sudo.ASKS) {
            shell.send((with.password().reveal() + "\n").getBytes(UTF_8));
            answer = shell.sudo(prompt, 1, until);
        }
        if (answer == Shell.Sudo.IN) return shell;
        String said = shell.pendingErr().replace(prompt, "").strip();
        shell.close();                                  // at once: a waiting sudo keeps its lock
        throw unusable(said.isEmpty() && answer == Shell.Sudo.ASKS ? "the password is wrong" : said);
    }

    /// Why there is no shell, from what was printed instead.
    Unreachable unusable(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        String shown = said.isBlank() ? "it ended without a word" : "it said: " + lastLines(said);
        if (lower.contains("password change required") || lower.contains("password has expired") || lower.contains("change your password"))
            return new Unreachable(Reason.PASSWORD_EXPIRED, name() + ": logged in, but no program may run before the password is changed; " + shown);
        if (said.isBlank() && cut()) return new Unreachable(Reason.CONNECTION_LOST, name() + ": the connection was cut while the shell was starting");
        if (elevation instanceof Elevation.None)
            return new Unreachable(Reason.SHELL_UNUSABLE, name() + ": logged in, but `exec /bin/sh` did not start a shell; " + shown);
        return new Unreachable(Reason.SUDO_REFUSED, name() + ": logged in, but sudo did not start a shell; " + shown);
    }

    /// The channel's end is told a moment before the connection's end.
    boolean cut() {
        long until = System.nanoTime() + A_MOMENT.toNanos();
        while (wire.alive() && System.nanoTime() < until) LockSupport.parkNanos(GLANCE.toNanos());
        return !wire.alive();
    }

    private static String lastLines(String said) {
        String[] lines = said.strip().split("\\R");
        var text = new StringBuilder();
        for (int i = Math.max(0, lines.length - 3); i < lines.length; i++) text.append(text.isEmpty() ? "" : " / ").append(lines[i].strip());
        return text.length() > 300 ? text.substring(0, 300) + "..." : text.toString();
    }
}
