package dev.bluerig.trial.agent;

import java.time.Duration;

/// How long the driver of a pair waits for what no setting of the run bounds.
///
/// - `listening`: for an event of a program, before it asks again.
/// - `lastWords`: after a line that is not one of the protocol, and after the program was closed, for the program's end to arrive.
/// - `settling`: after one end has failed, for the other one's event, which may still be on its way and can be the cause.
/// - `restoring`: for a program that has told its result to put back what it changed; a command has 10 s on the machine.
record DriverTiming(WaitClock clock, Duration listening, Duration lastWords, Duration settling, Duration restoring) {
    static DriverTiming by(WaitClock clock) {
        return new DriverTiming(clock, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(20));
    }
}
