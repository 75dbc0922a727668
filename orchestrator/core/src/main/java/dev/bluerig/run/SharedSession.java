package dev.bluerig.run;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/// A session that several machines' threads may use: a DPU's thread asks its host while the host is busy with its own play.
final class SharedSession implements Session {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Session> former = new CopyOnWriteArrayList<>();
    private volatile Session session;

    SharedSession(Session session) {
        this.session = session;
    }

    /// From now on it is this one. What was opened through the former one lives on with it until the end.
    void renew(Session fresh) {
        former.add(session);
        session = fresh;
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
        return former.stream().map(Session::traffic).reduce(session.traffic(), Traffic::plus);
    }

    @Override
    public void close() {
        session.close();
        former.forEach(Session::close);
    }
}
