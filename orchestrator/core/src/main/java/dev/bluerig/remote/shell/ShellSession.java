package dev.bluerig.remote.shell;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A session over any wire: one resident shell, replaced by another on the same connection when a command had to be ended.
public final class ShellSession implements Session {
    /// Kept of each stream of one command.
    public static final int LIMIT = 8 << 20;
    /// Kept of all commands of one exchange.
    static final int KEPT = 2 * LIMIT;

    private static final Duration UPLOAD_BASE = Duration.ofSeconds(60);
    private static final long UPLOAD_BYTES_PER_SECOND = 100_000;

    private final Transport wire;
    private final ShellStarter starter;
    private final int limit;
    private final ReentrantLock one = new ReentrantLock();
    private Optional<Shell> resident = Optional.empty();
    private final int connections = 1;
    private int execs;
    private int roundTrips;
    private int commands;

    public ShellSession(Transport wire, Elevation elevation, Duration patience, int limit) {
        this.wire = wire;
        this.limit = limit;
        this.starter = new ShellStarter(wire, elevation, patience, limit, new SecureRandom());
    }

    /// Starts the resident shell; its greeting is read with the first exchange.
    public ShellSession started() throws Unreachable {
        one.lock();
        try {
            shell();
            return this;
        } finally {
            one.unlock();
        }
    }

    public Transport wire() {
        return wire;
    }

    @Override
    public List<Reply> exchange(Exchange exchange) throws Unreachable {
        if (exchange.size() == 0) return List.of();
        one.lock();
        try {
            commands += exchange.size();
            var conversation = new Conversation(exchange, KEPT);
            while (!conversation.finished()) {
                roundTrips++;
                Shell shell = shell();
                if (!conversation.over(shell, starter)) drop(shell);
            }
            return conversation.replies();
        } finally {
            execs += starter.takeExecs();
            one.unlock();
        }
    }

    private Shell shell() throws Unreachable {
        if (resident.isEmpty()) {
            resident = Optional.of(starter.resident());
            execs += starter.takeExecs();
        }
        return resident.get();
    }

    private void drop(Shell shell) {
        shell.close();
        resident = Optional.empty();
    }

    @Override
    public Session fresh() throws Unreachable {
        return new ShellSession(wire.again(), starter.elevation(), starter.patience(), limit).started();
    }

    @Override
    public void upload(Path file, String target, String mode) throws Unreachable {
        one.lock();
        try {
            Duration limit = UPLOAD_BASE.plusSeconds(file.toFile().length() / UPLOAD_BYTES_PER_SECOND);
            try {
                wire.upload(file, target, mode, limit);
            } catch (Unreachable refused) {
                if (refused.reason() != ConnectionCode.SESSION_REFUSED) throw refused;
                try (Transport other = wire.again()) {
                    other.upload(file, target, mode, limit);
                }
            }
            execs++;
        } finally {
            one.unlock();
        }
    }

    @Override
    public RunningProgram launch(Command command) throws Unreachable {
        return launch(command, ShellProgram.AFTER_EOF);
    }

    /// `afterEof`: how long `close` lets the program end by itself.
    RunningProgram launch(Command command, Duration afterEof) throws Unreachable {
        return ShellProgram.start(starter, command, afterEof);
    }

    @Override
    public Traffic traffic() {
        one.lock();
        try {
            execs += starter.takeExecs();
            return new Traffic(connections, execs, roundTrips, commands);
        } finally {
            one.unlock();
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
