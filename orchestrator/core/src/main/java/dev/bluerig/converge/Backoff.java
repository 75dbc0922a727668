package dev.bluerig.converge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long to wait between looks while a remedy settles: a quarter second, doubling to two seconds, never more in all than given.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(2);

    private Backoff() {}

    static List<Duration> within(Duration settle) {
        var waits = new ArrayList<Duration>();
        Duration wait = FIRST;
        for (Duration left = settle; left.isPositive(); left = left.minus(wait), wait = longer(wait))
            waits.add(wait.compareTo(left) < 0 ? wait : left);
        return waits;
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(MOST) < 0 ? twice : MOST;
    }
}
