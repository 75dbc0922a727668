package dev.bluerig.sim.machine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/// A process of a simulated machine: something that can be signalled while it waits.
public final class SimProcess implements AutoCloseable {
    private final ProcessTable table;
    private final int id;
    private final int parent;
    private final int group;
    private volatile String command;
    private final Runnable onKill;
    private final Runnable onWait;
    private int pending;
    private Optional<IntConsumer> handler = Optional.empty();

    SimProcess(ProcessTable table, int id, int parent, int group, String command, Runnable onKill, Runnable onWait) {
        this.table = table;
        this.id = id;
        this.parent = parent;
        this.group = group;
        this.command = command;
        this.onKill = onKill;
        this.onWait = onWait;
    }

    public int id() {
        return id;
    }

    public int group() {
        return group;
    }

    public String command() {
        return command;
    }

    /// As `/proc/PID/stat` begins (proc(5)): pid, command, state, parent, process group, session.
    String stat() {
        String name = command.length() > 15 ? command.substring(0, 15) : command;
        return id + " (" + name + ") S " + parent + " " + group + " " + group + " 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 0 0 0\n";
    }

    /// A child in the same process group.
    public SimProcess child(String name) {
        return table.start(id, group, name, onWait);
    }

    void signal(int number) {
        Optional<IntConsumer> told;
        synchronized (this) {
            told = handler;
            if (pending != 9 && (told.isEmpty() || number == 9)) pending = number;
            notifyAll();
        }
        told.ifPresent(each -> each.accept(number));
        if (number == 9) onKill.run();
    }

    /// The program takes signals itself from now on; it is told of SIGKILL, too, because it must be stopped.
    public synchronized void onSignal(IntConsumer then) {
        handler = Optional.of(then);
    }

    /// execve(2): another program in the same process.
    public void become(String program) {
        command = program;
    }

    /// Takes the signal that is waiting, or 0.
    public synchronized int take() {
        int number = pending;
        pending = 0;
        return number;
    }

    /// Ends this process if a signal is waiting.
    public synchronized void check() {
        if (pending != 0) throw new Killed(pending);
    }

    /// Waits, and is ended by a signal. What was printed so far is sent first.
    public void pause(Duration duration) {
        onWait.run();
        waitFor(duration);
    }

    private synchronized void waitFor(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (true) {
            check();
            long left = end - System.nanoTime();
            if (left <= 0) return;
            try {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException ended) {
                throw new Killed(1);
            }
        }
    }

    @Override
    public void close() {
        table.ended(this);
    }
}
