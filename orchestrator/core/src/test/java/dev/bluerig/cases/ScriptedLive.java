package dev.bluerig.cases;

import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// A program on a fake machine that plays a script: says lines, waits for lines, ends. What it hears beside the script is an error, except
/// `{"command":"alive"}`, which is counted. When its stdin is closed it ends with status 2, whatever the script says.
public final class ScriptedLive implements RunningProgram {
    private sealed interface Step {
        record Says(String line) implements Step {}

        record Hears(String fragment) implements Step {}

        record Gives(ProgramEvent heard) implements Step {}

        record Awaits(BooleanSupplier sight) implements Step {}

        record Does(Runnable what) implements Step {}

        record Loses(Unreachable lost) implements Step {}
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Deque<String> unheard = new ArrayDeque<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile Optional<ProgramEvent> over = Optional.empty();
    private volatile boolean idle;
    private int renewals;
    private boolean spoken;
    private boolean closed;

    public ScriptedLive says(String... lines) {
        Arrays.stream(lines).map(Step.Says::new).forEach(steps::add);
        return this;
    }

    /// Waits for a line that holds this.
    public ScriptedLive hears(String fragment) {
        steps.add(new Step.Hears(fragment));
        return this;
    }

    /// Waits until this is to be seen.
    public ScriptedLive awaits(BooleanSupplier sight) {
        steps.add(new Step.Awaits(sight));
        return this;
    }

    /// Before the next line.
    public ScriptedLive does(Runnable what) {
        steps.add(new Step.Does(what));
        return this;
    }

    public ScriptedLive ends(int status, String err) {
        return gives(new ProgramEvent.Ended(status, err));
    }

    public ScriptedLive gives(ProgramEvent heard) {
        steps.add(new Step.Gives(heard));
        return this;
    }

    /// The machine is lost.
    public ScriptedLive loses(Unreachable lost) {
        steps.add(new Step.Loses(lost));
        return this;
    }

    /// Says this after the script, and returns when it was dealt with: it is listened to again, or closed. From another thread.
    public synchronized void nudge(String line) {
        says(line);
        idle = false;
        notifyAll();
        while (!idle && !closed && over.isEmpty()) pause(5_000_000);
    }

    @Override
    public synchronized ProgramEvent next(Duration patience) throws Unreachable {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            if (over.isPresent()) return over.get();
            if (closed) return end(new ProgramEvent.Ended(2, ""));
            switch (Optional.ofNullable(steps.peek())) {
                case Optional<Step> it when it.isPresent() && it.get() instanceof Step.Says(String line) -> {
                    steps.remove();
                    spoken = true;
                    return new ProgramEvent.Line(line);
                }
                case Optional<Step> it when it.isPresent() && it.get() instanceof Step.Gives(ProgramEvent heard) -> {
                    steps.remove();
                    return heard instanceof ProgramEvent.Ended || heard instanceof ProgramEvent.TooMuch ? end(heard) : heard;
                }
                case Optional<Step> it when it.isPresent() && it.get() instanceof Step.Awaits(BooleanSupplier sight) -> {
                    if (sight.getAsBoolean()) steps.remove();
                    else pause(5_000_000);
                }
                case Optional<Step> it when it.isPresent() && it.get() instanceof Step.Does(Runnable what) -> {
                    steps.remove();
                    what.run();
                }
                case Optional<Step> it when it.isPresent() && it.get() instanceof Step.Loses(Unreachable lost) -> throw lost;
                case Optional<Step> it when it.isPresent() && it.get() instanceof Step.Hears(String fragment) && !unheard.isEmpty() -> {
                    steps.remove();
                    String line = unheard.remove();
                    if (!line.contains(fragment)) throw new AssertionError("the program waits for " + fragment + " and was told " + line);
                }
                case Optional<Step> waiting -> {
                    if (waiting.isEmpty() && !unheard.isEmpty())
                        throw new AssertionError("the script is over and the program was told " + unheard);
                    if (waiting.isEmpty()) {
                        idle = true;
                        notifyAll();
                    }
                    long left = until - System.nanoTime();
                    if (left <= 0) return new ProgramEvent.TimedOut();
                    pause(left);
                }
            }
        }
    }

    private ProgramEvent end(ProgramEvent how) {
        over = Optional.of(how);
        notifyAll();
        return how;
    }

    private void pause(long nanos) {
        try {
            wait(Math.max(1, nanos / 1_000_000));
        } catch (InterruptedException interrupted) {
            throw new AssertionError("nobody interrupts a test", interrupted);
        }
    }

    @Override
    public synchronized void tell(String line) {
        if (!spoken) throw new AssertionError("told before its first line was heard: " + line);
        if (closed) throw new AssertionError("told after it was closed: " + line);
        if (line.contains("\"alive\"")) {
            renewals++;
        } else {
            unheard.add(line);
            told.add(line);
        }
        notifyAll();
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Everything that it was told, without the renewals.
    public synchronized List<String> told() {
        return List.copyOf(told);
    }

    /// Whether a line with this was told. Not synchronized, because scripts look at each other.
    public boolean heard(String fragment) {
        return told.stream().anyMatch(line -> line.contains(fragment));
    }

    /// Whether all that it says was dealt with, and it waits. Not synchronized, either.
    public boolean idle() {
        return idle;
    }

    /// Whether it has ended.
    public boolean done() {
        return over.isPresent();
    }

    public synchronized int renewals() {
        return renewals;
    }

    public synchronized boolean closed() {
        return closed;
    }
}
