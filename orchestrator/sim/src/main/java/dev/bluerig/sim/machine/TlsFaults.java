package dev.bluerig.sim.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is wrong with a machine's TLS, card or cable now, and what will go wrong in the middle of a run.
public final class TlsFaults {
    /// So many records of payload later it happens: all connections of a run are open by then.
    private static final int IN_THE_MIDDLE = 24;

    private final Set<TlsFault> now = ConcurrentHashMap.newKeySet();
    private final List<Runnable> pending = new ArrayList<>();
    private int records;
    private volatile Optional<String> foreign = Optional.empty();

    public void add(TlsFault fault) {
        now.add(fault);
    }

    public boolean has(TlsFault fault) {
        return now.contains(fault);
    }

    /// A process that has kernel TLS connections of its own on the same card.
    public void foreign(String process) {
        foreign = Optional.of(process);
    }

    public Optional<String> foreign() {
        return foreign;
    }

    /// Once, in the middle of the next run on this machine.
    public synchronized void inTheMiddle(Runnable what) {
        records = 0;
        pending.add(what);
    }

    /// A record of payload passed.
    public void record() {
        for (Runnable due : due()) due.run();
    }

    private synchronized List<Runnable> due() {
        if (pending.isEmpty() || ++records < IN_THE_MIDDLE) return List.of();
        var due = List.copyOf(pending);
        pending.clear();
        return due;
    }

    synchronized void heal() {
        now.clear();
        foreign = Optional.empty();
        pending.clear();
    }
}
