package dev.bluerig.run;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A session that several machines' threads may use: a DPU's thread asks its host while the host is busy with its own play.
final class SharedSession implements Session {
    private final Session session;
    private final ReentrantLock lock = new ReentrantLock();

    SharedSession(Session session) {
        this.session = session;
    }

    /// The session as its dialer knows it.
    Session own() {
        return session;
    }

    @Override
    public List<Reply> exchange(Exchange exchange) throws Unreachable {
        lock.lock();
        try {
            return session.exchange(exchange);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Session fresh() throws Unreachable {
        return session.fresh();
    }

    @Override
    public void upload(Path file, String target, String mode) throws Unreachable {
        lock.lock();
        try {
            session.upload(file, target, mode);
        } finally {
            lock.unlock();
        }
    }

    /// Not under the lock: a launched program has a channel of its own.
    @Override
    public RunningProgram launch(Command command) throws Unreachable {
        return session.launch(command);
    }

    @Override
    public Traffic traffic() {
        return session.traffic();
    }

    @Override
    public void close() {
        session.close();
    }
}
