package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// A program in the place of a shell that has greeted.
///
/// JSch hands over the bytes of all channels on one thread, so a channel cannot be held back alone: what is not listened to is kept up to a
/// limit, and beyond it the program is closed (`TooMuch`).
final class ShellProgram implements RunningProgram {
    private static final Duration WRITE = Duration.ofSeconds(30);
    /// To put things back after EOF takes a while: a card's offload flags are changed by setting up its queues anew.
    static final Duration AFTER_EOF = Duration.ofSeconds(15);
    private static final Duration AT_ONCE = Duration.ofMillis(300);
    private static final Duration AFTER_TERM = Duration.ofSeconds(5);
    private static final Duration AFTER_KILL = Duration.ofSeconds(3);

    private final ShellStarter starter;
    private final Shell shell;
    private final LineSplitter lines;
    private final Duration afterEof;
    private final long greetBefore;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean spoken;

    private ShellProgram(ShellStarter starter, Shell shell, LineSplitter lines, Duration afterEof) {
        this.starter = starter;
        this.afterEof = afterEof;
        this.shell = shell;
        this.lines = lines;
        this.greetBefore = System.nanoTime() + starter.patience().toNanos();
    }

    static ShellProgram start(ShellStarter starter, Command command, Duration afterEof) throws Unreachable {
        if (!command.stdin().isEmpty())
            throw new IllegalArgumentException("a program that is talked to gets its stdin line by line: " + command);
        var lines = new LineSplitter();
        return new ShellProgram(starter, starter.becoming(command, lines), lines, afterEof);
    }

    /// What was found under the shell's lock; the end is looked at without it.
    private sealed interface Event {
        record Output(ProgramEvent event) implements Event {}

        record Exited(int status) implements Event {}

        /// Time is up, and not even the shell has greeted.
        record NoGreeting() implements Event {}
    }

    @Override
    public ProgramEvent next(Duration patience) throws Unreachable {
        long until = System.nanoTime() + patience.toNanos();
        return switch (shell.await(this::found, shell.pid() == 0 ? Math.min(until, greetBefore) : until).orElseGet(this::silence)) {
            case Event.Output(ProgramEvent.TooMuch tooMuch) -> {
                close(AT_ONCE);
                yield tooMuch;
            }
            case Event.Output(ProgramEvent event) -> event;
            case Event.Exited(int status) -> over(status);
            case Event.NoGreeting _ -> {
                close(AT_ONCE);
                throw starter.unusable(shell, NoShell.Cause.SILENT);
            }
        };
    }

    private Event silence() {
        return shell.pid() == 0 && System.nanoTime() >= greetBefore ? new Event.NoGreeting()
            : new Event.Output(new ProgramEvent.TimedOut());
    }

    /// Under the shell's lock.
    private Optional<Integer> end() {
        if (shell.pid() == 0) shell.frame().ifPresent(shell::greeted);
        return shell.ended();
    }

    private Optional<Event> found() {
        Optional<Integer> end = end();
        Optional<String> line = lines.next();
        if (line.isPresent()) return line.map(this::line);
        if (lines.tooMuch().isPresent()) return lines.tooMuch().map(why -> new Event.Output(new ProgramEvent.TooMuch(starter.name() + ": "
            + why)));
        if (end.isPresent()) return lines.rest().map(this::line).or(() -> end.map(Event.Exited::new));
        return Optional.empty();
    }

    private Event line(String text) {
        spoken = true;
        return new Event.Output(new ProgramEvent.Line(text));
    }

    private ProgramEvent over(int status) throws Unreachable {
        if (shell.pid() == 0) throw starter.unusable(shell, NoShell.Cause.ENDED);
        if (status < 0 && starter.cut())
            throw new Unreachable(ConnectionCode.CONNECTION_LOST, starter.name() + ": the connection was cut while a program ran");
        return shell.await(() -> Optional.of(new ProgramEvent.Ended(status, lines.complaint())), System.nanoTime()).orElseThrow();
    }

    @Override
    public void tell(String line) throws Unreachable {
        if (!spoken)
            throw new IllegalStateException("nothing may be told to a program before its first line was heard: the shell that starts it"
                + " reads ahead");
        if (line.indexOf('\n') >= 0) throw new IllegalArgumentException("one line, found " + line.lines().count());
        sendLock.lock();
        try {
            shell.send((line + "\n").getBytes(UTF_8), WRITE);
        } finally {
            sendLock.unlock();
        }
        if (!starter.alive())
            throw new Unreachable(ConnectionCode.CONNECTION_LOST, starter.name() + ": the connection was cut while a program ran");
    }

    @Override
    public void stop() {
        close(Duration.ZERO);
    }

    @Override
    public void close() {
        close(afterEof);
    }

    private void close(Duration patience) {
        if (closed.getAndSet(true)) return;
        shell.finish();
        if (!ended(patience) && !ended("TERM", AFTER_TERM)) ended("KILL", AFTER_KILL);
        shell.close();
    }

    /// True when there is nothing left to end: the program is over, or the machine is lost.
    private boolean ended(Duration within) {
        long until = System.nanoTime() + within.toNanos();
        while (starter.alive() && System.nanoTime() < until) {
            long nextPoll = Math.min(until, System.nanoTime() + Duration.ofMillis(500).toNanos());
            if (shell.await(this::end, nextPoll).isPresent()) return true;
        }
        return !starter.alive();
    }

    private boolean ended(String signal, Duration within) {
        if (shell.pid() == 0) return true;                  // never greeted: what there is ends with its channel
        try {
            Shell second = starter.running(Framing.ending(shell.pid(), signal));
            boolean gone = ended(within);
            second.close();
            return gone;
        } catch (Unreachable lost) {
            return true;
        }
    }
}
