package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Starts `/bin/sh` on a wire with the rights that are wanted, and explains why it does not start.
///
/// The login shell says a word before it starts anything: what comes without it is an rc file's, or of a program that is no shell. This
/// word and sudo's prompt stand in the list of processes, so they are good for nothing else.
final class ShellStarter {
    /// A connection that stands starts a shell at once, unless the machine is dead.
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /// sudo speaks the account's language (LANG of /etc/default/locale), and what it says is read here. Every login shell can say it so.
    private static final String SUDO = "env LC_ALL=C LANGUAGE=C sudo ";

    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final Duration GLANCE = Duration.ofMillis(10);

    private final Transport wire;
    private final Elevation elevation;
    private final Duration patience;
    private final int kept;
    private final RandomGenerator random;
    private final String began;
    private final AtomicInteger execs = new AtomicInteger();

    ShellStarter(Transport wire, Elevation elevation, Duration patience, int kept, RandomGenerator random) {
        this.wire = wire;
        this.elevation = elevation;
        this.patience = patience;
        this.kept = kept;
        this.random = random;
        this.began = word();
    }

    private String word() {
        return "%016x".formatted(random.nextLong());
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
        shell.send(shell.framing().greeting(shell.announce(AwaitedMarker.Kind.GREETING, false)));
        return shell;
    }

    /// A shell that runs this script and ends.
    Shell running(byte[] script) throws Unreachable {
        Shell shell = start(patience.compareTo(AT_ONCE) < 0 ? patience : AT_ONCE, Optional.empty());
        shell.send(script);
        return shell;
    }

    /// A shell that becomes this program once it has greeted; the receiver gets what the program prints.
    Shell becoming(Command command, Decoder.StreamReceiver receiver) throws Unreachable {
        Shell shell = start(patience, Optional.of(receiver));
        shell.send(shell.framing().becoming(shell.announce(AwaitedMarker.Kind.GREETING, false), command));
        return shell;
    }

    /// The greeting has come: the shell is known, if it is the one that was meant and has the rights that are wanted.
    void greeted(Shell shell, Decoder.Frame frame) throws Unreachable {
        if (!frame.out().contains(began)) throw unusable(new NoShell(sudo(), false, NoShell.Cause.FOREIGN, -1, frame.err()));
        shell.greeted(frame);
        if (sudo() && shell.user().isPresent() && shell.user().getAsLong() != 0)
            throw new Unreachable(ConnectionCode.NOT_ROOT, name() + ": sudo started a shell of user " + shell.user().getAsLong()
                + ", not of root");
    }

    private boolean sudo() {
        return !(elevation instanceof Elevation.None);
    }

    private Shell start(Duration within, Optional<Decoder.StreamReceiver> receiver) throws Unreachable {
        execs.incrementAndGet();
        Framing framing = Framing.random(random);
        var decoder = new Decoder(kept, receiver);
        String first = "echo " + began + ";exec ";
        return switch (elevation) {
            case Elevation.None none -> Shell.start(wire, first + "/bin/sh", framing, decoder, within);
            case Elevation.Passwordless passwordless -> Shell.start(wire, first + SUDO + "-n -- /bin/sh", framing, decoder, within);
            case Elevation.WithPassword with -> asking(first, with, framing, decoder, within);
        };
    }

    private Shell asking(String first, Elevation.WithPassword with, Framing framing, Decoder decoder, Duration within) throws Unreachable {
        String prompt = word();
        String in = word();
        long until = System.nanoTime() + within.toNanos();
        Shell shell = Shell.start(wire, first + SUDO + "-S -p " + prompt + " -- /bin/sh -c 'echo " + in + ";exec /bin/sh'", framing,
            decoder, within);
        Shell.Sudo answer = shell.sudo(prompt, in, 0, until);
        if (answer == Shell.Sudo.ASKS) {
            shell.send((with.password().reveal() + "\n").getBytes(UTF_8));
            answer = shell.sudo(prompt, in, 1, until);
        }
        if (answer == Shell.Sudo.IN) return shell;
        shell.close();                                  // at once: a waiting sudo keeps its lock
        if (answer == Shell.Sudo.ASKS)
            throw new Unreachable(ConnectionCode.SUDO_PASSWORD_WRONG, name() + ": logged in, but sudo asks again: the password is wrong");
        throw unusable(shell, shell.over() || System.nanoTime() < until ? NoShell.Cause.ENDED : NoShell.Cause.SILENT,
            List.of(prompt, "echo " + in + ";"));
    }

    /// Why this shell did not come.
    Unreachable unusable(Shell shell, NoShell.Cause how) {
        return unusable(shell, how, List.of());
    }

    /// `ours`: words of ours that sudo may have printed after us, and which tell nobody anything.
    private Unreachable unusable(Shell shell, NoShell.Cause how, List<String> ours) {
        String out = shell.pendingOut();
        String err = shell.pendingErr();
        String output = err.isBlank() ? out.replace(began, "") : err;
        for (String word : ours) output = output.replace(word, "");
        if (output.isBlank() && cut())
            return new Unreachable(ConnectionCode.CONNECTION_LOST, name() + ": the connection was cut while the shell was starting");
        return unusable(new NoShell(sudo(), out.contains(began), how, shell.status(), output));
    }

    private Unreachable unusable(NoShell found) {
        String text = name() + ": " + found.text(patience.toSeconds());
        if (found.reason() == ConnectionCode.SUDO_MISSING) {
            Optional<String> hidden = ask("echo \"$PATH\";exec /bin/ls -d /usr/bin/sudo /usr/local/bin/sudo /bin/sudo")
                .flatMap(seen -> NoShell.hidden(seen.out()));
            if (hidden.isPresent()) return new Unreachable(ConnectionCode.SHELL_UNUSABLE, text + "; but " + hidden.get());
        }
        if (found.reason() != ConnectionCode.SUDO_PASSWORD_WANTED || !(elevation instanceof Elevation.Passwordless))
            return new Unreachable(found.reason(), text);
        Optional<String> allowed = allowed();
        return allowed.isEmpty() ? new Unreachable(found.reason(), text)
            : new Unreachable(ConnectionCode.SUDO_NOT_FOR_SHELL, text + "; without a password it lets the user run: " + allowed.get());
    }

    /// What sudo lets the user do without a password, when that is something: it asks for one before it refuses what is not on the list.
    private Optional<String> allowed() {
        return ask("exec " + SUDO + "-n -l").filter(seen -> seen.status() == 0).map(seen -> NoShell.granted(seen.out()))
            .filter(granted -> !granted.isEmpty());
    }

    private record Seen(int status, String out) {}

    /// What one more line prints, to explain a failure better.
    private Optional<Seen> ask(String line) {
        try {
            execs.incrementAndGet();
            Shell shell = Shell.start(wire, line, Framing.random(random), new Decoder(kept), AT_ONCE);
            try {
                Optional<Integer> status = shell.await(shell::ended, System.nanoTime() + AT_ONCE.toNanos());
                return status.map(code -> new Seen(code, shell.pendingOut()));
            } finally {
                shell.close();
            }
        } catch (Unreachable lost) {
            return Optional.empty();
        }
    }

    /// The channel's end is told a moment before the connection's end.
    boolean cut() {
        long until = System.nanoTime() + A_MOMENT.toNanos();
        while (wire.alive() && System.nanoTime() < until) LockSupport.parkNanos(GLANCE.toNanos());
        return !wire.alive();
    }
}
