package dev.bluerig.lab.sim.machine;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The process table of a simulated machine.
public final class Processes {
    private final Map<Integer, Process> running = new ConcurrentSkipListMap<>();
    private final AtomicInteger last = new AtomicInteger(1000);

    /// A session leader, as sshd starts one for every exec. `onKill`: what SIGKILL does to it beyond its flag; `onWait`: done before
    /// it or a child of it waits for time to pass.
    public Process lead(String command, Runnable onKill, Runnable onWait) {
        int id = last.incrementAndGet();
        return add(new Process(this, id, 1, id, command, onKill, onWait));
    }

    Process start(int parent, int group, String command, Runnable onWait) {
        return add(new Process(this, last.incrementAndGet(), parent, group, command, () -> { }, onWait));
    }

    private Process add(Process process) {
        running.put(process.id(), process);
        return process;
    }

    void ended(Process process) {
        running.remove(process.id());
    }

    public Map<Integer, Process> running() {
        return Map.copyOf(running);
    }

    /// kill(2): a positive target is one process, a negative one a process group. False: no such process.
    public boolean signal(int target, int number) {
        boolean found = false;
        for (Process process : running.values()) {
            if (target > 0 ? process.id() != target : process.group() != -target) continue;
            found = true;
            if (number != 0) process.signal(number);
        }
        return found;
    }
}
