package dev.bluerig.sim.machine;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The process table of a simulated machine.
public final class ProcessTable {
    private final Map<Integer, SimProcess> running = new ConcurrentSkipListMap<>();
    private final AtomicInteger last = new AtomicInteger(1000);

    /// A session leader, as sshd starts one for every exec. `onKill`: what SIGKILL does to it beyond its flag; `onWait`: done before
    /// it or a child of it waits for time to pass.
    public SimProcess lead(String command, Runnable onKill, Runnable onWait) {
        int id = last.incrementAndGet();
        return add(new SimProcess(this, id, 1, id, command, onKill, onWait));
    }

    SimProcess start(int parent, int group, String command, Runnable onWait) {
        return add(new SimProcess(this, last.incrementAndGet(), parent, group, command, () -> { }, onWait));
    }

    private SimProcess add(SimProcess process) {
        running.put(process.id(), process);
        return process;
    }

    void ended(SimProcess process) {
        running.remove(process.id());
    }

    public Map<Integer, SimProcess> running() {
        return Map.copyOf(running);
    }

    /// kill(2): a positive target is one process, a negative one a process group. False: no such process.
    public boolean signal(int target, int number) {
        boolean found = false;
        for (SimProcess process : running.values()) {
            if (target > 0 ? process.id() != target : process.group() != -target) continue;
            found = true;
            if (number != 0) process.signal(number);
        }
        return found;
    }
}
