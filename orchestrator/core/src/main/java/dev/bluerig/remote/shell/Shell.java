package dev.bluerig.remote.shell;

import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One `/bin/sh` on one channel: sends scripts, waits for what comes of them. Knows no exchange.
final class Shell implements AutoCloseable {
    sealed interface Event {
        record Answered(Decoder.Frame frame) implements Event {}

        /// The shell waits for the payload of this command.
        record Ready() implements Event {}

        /// The running command prints more than is kept.
        record Overflowing() implements Event {}

        record Ended() implements Event {}

        record Silent() implements Event {}
    }

    private static final Duration WRITE = Duration.ofSeconds(60);

    private final Framing framing;
    private final Decoder decoder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;
    private int status = -1;
    private Optional<RuntimeException> broken = Optional.empty();
    private int readySeen = -1;
    private int overflowSeen = -1;
    private Transport.Running running;
    private Optional<Transport> own = Optional.empty();
    private volatile long pid;
    private volatile OptionalLong user = OptionalLong.empty();
    private int numbered;

    private Shell(Framing framing, Decoder decoder) {
        this.framing = framing;
        this.decoder = decoder;
    }

    /// Starts the program; what it says is seen by `next`. Where the server opens no second channel (MaxSessions 1), on a connection of its
    /// own.
    static Shell start(Transport wire, String request, Framing framing, Decoder decoder, Duration patience) throws Unreachable {
        var shell = new Shell(framing, decoder);
        try {
            shell.running = wire.start(request, shell.listener(), patience);
        } catch (Unreachable refused) {
            if (refused.reason() != ConnectionCode.SESSION_REFUSED) throw refused;
            Transport other = wire.again();
            shell.own = Optional.of(other);
            try {
                shell.running = other.start(request, shell.listener(), patience);
            } catch (Unreachable again) {
                other.close();
                throw again;
            }
        }
        return shell;
    }

    Framing framing() {
        return framing;
    }

    /// The shell's process id, 0 before its greeting.
    long pid() {
        return pid;
    }

    /// Whose rights it has, 0 is root's; empty before its greeting, or where the machine did not say.
    OptionalLong user() {
        return user;
    }

    /// The number of the command that is announced next.
    int nextNumber() {
        return numbered;
    }

    /// Announces a command that is about to be sent and gives its half of the token. The first is the greeting.
    String announce(AwaitedMarker.Kind kind, boolean payload) {
        lock.lock();
        try {
            String own = framing.fresh();
            decoder.await(new AwaitedMarker(numbered++, framing.mark(own), kind, payload));
            return own;
        } finally {
            lock.unlock();
        }
    }

    /// How many bytes of output are kept from here on.
    void allow(int bytes) {
        lock.lock();
        try {
            decoder.allow(bytes);
        } finally {
            lock.unlock();
        }
    }

    int room() {
        return locked(decoder::room);
    }

    void greeted(Decoder.Frame frame) {
        String[] words = frame.label().split(" ", -1);
        if (words.length > 1 && !words[1].isEmpty()) user = OptionalLong.of(Long.parseLong(words[1]));
        pid = Long.parseLong(words[0]);
    }

    void send(byte[] script) throws Unreachable {
        send(script, WRITE);
    }

    void send(byte[] script, Duration limit) throws Unreachable {
        running.write(script, limit);
    }

    /// Sends a payload while others wait for what comes of it; a command that does not read it runs into its deadline.
    void feed(byte[] payload, Duration limit) {
        Thread.ofVirtual().start(() -> {
            try {
                running.write(payload, limit);
            } catch (Unreachable cut) {
                // nobody reads it: the deadline or the end of the channel says so to whoever waits
            }
        });
    }

    /// What happens next to command `id`, no later than `until` (nanoseconds of `System.nanoTime`).
    Event next(int id, long until) {
        lock.lock();
        try {
            while (true) {
                if (broken.isPresent()) throw broken.get();
                Optional<Decoder.Frame> frame = decoder.poll();
                if (frame.isPresent()) return new Event.Answered(frame.get());
                if (decoder.ready(id) && readySeen != id) {
                    readySeen = id;
                    return new Event.Ready();
                }
                if (decoder.overflowing() && overflowSeen != id) {
                    overflowSeen = id;
                    return new Event.Overflowing();
                }
                if (ended) return new Event.Ended();
                long left = until - System.nanoTime();
                if (left <= 0) return new Event.Silent();
                UninterruptibleWait.uninterrupted(() -> changed.await(left, TimeUnit.NANOSECONDS));
            }
        } finally {
            lock.unlock();
        }
    }

    /// The first thing that `seen` finds, looked for under the lock that output arrives under; empty when time is up.
    <T> Optional<T> await(Supplier<Optional<T>> seen, long until) {
        lock.lock();
        try {
            while (true) {
                if (broken.isPresent()) throw broken.get();
                Optional<T> found = seen.get();
                if (found.isPresent()) return found;
                long left = until - System.nanoTime();
                if (left <= 0) return Optional.empty();
                UninterruptibleWait.uninterrupted(() -> changed.await(left, TimeUnit.NANOSECONDS));
            }
        } finally {
            lock.unlock();
        }
    }

    /// For `await` alone.
    Optional<Decoder.Frame> frame() {
        return decoder.poll();
    }

    /// For `await` alone: the exit status, -1 when none was told.
    Optional<Integer> ended() {
        return ended ? Optional.of(status) : Optional.empty();
    }

    boolean over() {
        return locked(() -> ended);
    }

    /// The exit status of what was started, -1 while it runs or when none was told.
    int status() {
        return locked(() -> status);
    }

    void finish() {
        running.finish();
    }

    enum Sudo { ASKS, IN, REFUSES }

    /// What sudo does next, when it has asked for the password so many times already. `prompt` is what it asks with on stderr, `in` what
    /// the program it starts prints on stdout. They are no secrets: every user of the machine can see them.
    Sudo sudo(String prompt, String in, int asked, long until) {
        lock.lock();
        try {
            while (true) {
                if (decoder.lastOut().contains(in)) return Sudo.IN;
                String complained = decoder.lastErr();
                if (NoShell.expired(complained)) return Sudo.REFUSES;        // it goes on to ask for a new password
                if (count(complained, prompt) > asked) return Sudo.ASKS;
                long left = until - System.nanoTime();
                if (ended || left <= 0) return Sudo.REFUSES;
                UninterruptibleWait.uninterrupted(() -> changed.await(left, TimeUnit.NANOSECONDS));
            }
        } finally {
            lock.unlock();
        }
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) count++;
        return count;
    }

    String pendingOut() {
        return locked(decoder::pendingOut);
    }

    String pendingErr() {
        return locked(decoder::pendingErr);
    }

    /// As it is between two arrivals of output.
    private <T> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        running.close();
        own.ifPresent(Transport::close);
    }

    private Transport.Listener listener() {
        return new Transport.Listener() {
            @Override
            public void out(byte[] bytes, int offset, int length) {
                change(() -> decoder.out(bytes, offset, length));
            }

            @Override
            public void err(byte[] bytes, int offset, int length) {
                change(() -> decoder.err(bytes, offset, length));
            }

            @Override
            public void ended(int with) {
                change(() -> {
                    status = with;
                    ended = true;
                });
            }
        };
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
        } catch (RuntimeException bug) {
            broken = Optional.of(bug);
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }
}
