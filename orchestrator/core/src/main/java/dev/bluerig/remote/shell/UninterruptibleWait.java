package dev.bluerig.remote.shell;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A wait that an interrupt does not cut short: an interrupt inside JSch on a virtual thread would close the socket.
public final class UninterruptibleWait {
    private UninterruptibleWait() {}

    public interface BlockingCall {
        boolean await() throws InterruptedException;
    }

    /// Waits once; an interrupt is remembered for the caller and ends this one wait early.
    public static void uninterrupted(BlockingCall waiting) {
        boolean interrupted = Thread.interrupted();
        try {
            waiting.await();
        } catch (InterruptedException early) {
            interrupted = true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /// Does the work on a thread of its own and waits for it. When time is up, `cancel` must make the work fail; its result is then
    /// dropped and the answer is empty.
    public static <T> Optional<T> within(Duration limit, Callable<T> work, Runnable cancel) throws ExecutionException {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {   // whatever it is belongs to the waiting thread
                result.completeExceptionally(failure);
            }
        });
        long until = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return Optional.of(result.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS));
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (TimeoutException late) {
                    cancel.run();
                    return Optional.empty();
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
