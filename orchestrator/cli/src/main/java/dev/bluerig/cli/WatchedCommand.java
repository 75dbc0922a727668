package dev.bluerig.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The command that is looked at: it has the terminal, and it ends by itself, by its time, or by the user.
record WatchedCommand(List<String> command, Optional<Integer> seconds, CliContext context) {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration USUAL = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    /// So many looks a second apart, then fewer: what was seen is kept until the end.
    private static final int CLOSE = 120;
    private static final long MERCY_SECONDS = 5;

    /// `exit`: the command's own; 0 when there was none. `stopped`: its time was over, or the user's patience.
    record Ended(int exit, boolean stopped, double seconds) {}

    /// `observe` is called while it runs, at longer and longer intervals. Throws `IOException` when it cannot be started.
    Ended run(Runnable observe) throws IOException {
        Instant began = context.clock().instant();
        if (command.isEmpty()) return new Ended(0, watch(observe, began), since(began));
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            boolean stopped = accompany(process, observe, began);
            if (stopped) end(process);
            return new Ended(process.waitFor(), stopped, since(began));
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            throw new IllegalStateException("nobody interrupts the main thread", interrupted);
        }
    }

    private boolean accompany(Process process, Runnable observe, Instant began) throws InterruptedException {
        for (int looks = 0; !process.waitFor(interval(looks, began).toMillis(), TimeUnit.MILLISECONDS); looks++) {
            if (over(began)) return true;
            observe.run();
        }
        return false;
    }

    private boolean watch(Runnable observe, Instant began) {
        try {
            for (int looks = 0; !over(began); looks++) {
                context.wait(interval(looks, began));
                observe.run();
            }
            return context.stop().getAsBoolean();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts the main thread", interrupted);
        }
    }

    private Duration interval(int looks, Instant began) {
        Duration usual = looks == 0 ? FIRST : looks < CLOSE ? USUAL : LONG;
        Duration left = seconds.map(Duration::ofSeconds).orElse(usual)
            .minus(seconds.isPresent() ? Duration.between(began, context.clock().instant()) : Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left.compareTo(usual) < 0 ? left : usual;
    }

    private boolean over(Instant began) {
        return context.stop().getAsBoolean() || seconds.filter(most -> since(began) >= most).isPresent();
    }

    private double since(Instant began) {
        return Duration.between(began, context.clock().instant()).toMillis() / 1000.0;
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(MERCY_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}
