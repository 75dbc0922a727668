package dev.bluerig.sim.machine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is wrong with a simulated machine on purpose.
public final class MachineFaults {
    /// What happens once, when a command line that contains the words starts.
    private record Event(String words, Runnable what) {}

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final Map<Object, Connection> connections = new ConcurrentHashMap<>();
    private final Map<String, ProgramFault> programs = new ConcurrentHashMap<>();
    private volatile Optional<Event> event = Optional.empty();
    private volatile Duration clock = Duration.ZERO;
    private volatile int cutAfter = Integer.MAX_VALUE;
    private volatile Optional<String> cutIn = Optional.empty();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean dead;
    private volatile boolean refusing;

    public void miss(String program) {
        missing.add(program);
    }

    public boolean isMissing(String program) {
        return missing.contains(program);
    }

    public void hang(String program) {
        hanging.add(program);
    }

    public void programFault(String program, ProgramFault fault) {
        programs.put(program, fault);
    }

    public ProgramFault programFault(String program) {
        return programs.getOrDefault(program, ProgramFault.NONE);
    }

    /// `what` happens once, before the next command line that contains the words does its work.
    public void once(String words, Runnable what) {
        event = Optional.of(new Event(words, what));
    }

    /// How far its clock is off.
    public void misset(Duration off) {
        clock = off;
    }

    public Duration clock() {
        return clock;
    }

    /// Every connection is cut once, when the program after so many starts.
    public void cutAfter(int programs) {
        cutAfter = programs;
    }

    /// Every connection is cut once, when a command line that contains the words starts.
    public void cutIn(String words) {
        cutIn = Optional.of(words);
    }

    /// Nothing is wrong any more.
    public void heal() {
        missing.clear();
        hanging.clear();
        programs.clear();
        event = Optional.empty();
        clock = Duration.ZERO;
        cutAfter = Integer.MAX_VALUE;
        cutIn = Optional.empty();
        delay = Duration.ZERO;
        dead = false;
        refusing = false;
    }

    public void slow(Duration each) {
        delay = each;
    }

    public void die() {
        dead = true;
    }

    public boolean isDead() {
        return dead;
    }

    public void refuseLogins() {
        refusing = true;
    }

    public boolean refusesLogins() {
        return refusing;
    }

    /// An SSH connection of this machine: the client's address and port as the machine sees them, and how to cut it.
    public record Connection(String peer, Runnable cut) {}

    public void connected(Object key, Connection connection) {
        connections.put(key, connection);
    }

    public void disconnected(Object connection) {
        connections.remove(connection);
    }

    /// Connections that are open now.
    public List<Connection> connections() {
        return List.copyOf(connections.values());
    }

    /// Cuts every connection of this machine, as a crash of its sshd would.
    public void cut() {
        connections.values().forEach(connection -> connection.cut().run());
    }

    void strike(int count, String program, List<String> words, SimProcess process) {
        if (!delay.isZero()) process.pause(delay);
        event.filter(one -> String.join(" ", words).contains(one.words())).ifPresent(one -> {
            event = Optional.empty();
            one.what().run();
        });
        if (count > cutAfter || cutIn.filter(String.join(" ", words)::contains).isPresent()) {
            cutAfter = Integer.MAX_VALUE;
            cutIn = Optional.empty();
            cut();
            throw new Killed(1);
        }
        if (hanging.contains(program)) process.pause(FOR_EVER);
    }
}
