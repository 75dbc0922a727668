package dev.bluerig.run;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One session per machine for the whole run, dialled when first needed; a machine that did not answer is not dialled again. Where a change
/// must be seen from outside, it is dialled anew.
public final class Connections implements AutoCloseable {
    private final Inventory inventory;
    private final Dialer dialer;
    private final Map<String, Dialled> dialled = new ConcurrentHashMap<>();

    public Connections(Inventory inventory, Dialer dialer) {
        this.inventory = inventory;
        this.dialer = dialer;
    }

    private sealed interface Answer {
        record Open(SharedSession session) implements Answer {}

        record Closed(Unreachable why) implements Answer {}
    }

    /// The first to come dials; the others wait for its answer.
    private final class Dialled {
        private final Machine machine;
        private Optional<Answer> answer = Optional.empty();

        Dialled(Machine machine) {
            this.machine = machine;
        }

        synchronized Answer answer() {
            if (answer.isEmpty()) answer = Optional.of(dial(machine));
            return answer.get();
        }

        /// None while nobody asked, and where our own code threw: neither counting nor closing is to dial.
        synchronized Optional<Answer> given() {
            return answer;
        }
    }

    /// Through the host's session where that is the way; the host is dialled on demand.
    public Session to(Machine machine) throws Unreachable {
        return open(machine);
    }

    /// The session as its dialer knows it, for who must hand it back to that dialer. Not for several threads.
    public Session own(Machine machine) throws Unreachable {
        return open(machine).own();
    }

    /// Dials again, a DPU through its host's session. What was handed out before goes on over the new connection.
    void renew(Machine machine) throws Unreachable {
        var session = open(machine);
        session.renew(dialer.dial(machine, way(machine)));
    }

    private SharedSession open(Machine machine) throws Unreachable {
        return switch (dialled.computeIfAbsent(machine.name(), any -> new Dialled(machine)).answer()) {
            case Answer.Open(SharedSession session) -> session;
            case Answer.Closed(Unreachable why) -> throw why;
        };
    }

    private Answer dial(Machine machine) {
        try {
            return new Answer.Open(new SharedSession(dialer.dial(machine, way(machine))));
        } catch (Unreachable why) {
            return new Answer.Closed(why);
        }
    }

    private Optional<Session> way(Machine machine) throws Unreachable {
        if (machine.via().isEmpty()) return Optional.empty();
        Machine host = host(machine);
        try {
            return Optional.of(open(host).own());
        } catch (Unreachable dead) {
            throw new Unreachable(ConnectionCode.HOST_UNREACHABLE, host.name() + ": " + dead.reason() + ": " + dead.getMessage(), dead);
        }
    }

    private Machine host(Machine machine) {
        return inventory.hostOf(machine).orElseThrow(() -> new IllegalStateException(machine.name() + " has a way but no host"));
    }

    /// What each machine that answered has cost so far.
    public Map<String, Session.Traffic> traffic() {
        var traffic = new LinkedHashMap<String, Session.Traffic>();
        inventory.machines().keySet().forEach(name -> Optional.ofNullable(dialled.get(name)).flatMap(Dialled::given).ifPresent(answer -> {
            if (answer instanceof Answer.Open(SharedSession session)) traffic.put(name, session.traffic());
        }));
        return Collections.unmodifiableMap(traffic);
    }

    /// DPUs before the hosts that they are reached through.
    @Override
    public void close() {
        dialled.values().stream().filter(each -> each.machine.via().isPresent()).forEach(this::close);
        dialled.values().stream().filter(each -> each.machine.via().isEmpty()).forEach(this::close);
    }

    private void close(Dialled each) {
        each.given().ifPresent(answer -> {
            if (answer instanceof Answer.Open(SharedSession session)) session.close();
        });
    }
}
