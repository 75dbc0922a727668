package dev.bluerig.trial.verdict;

/// One run in figures, both ends together.
///
/// - `gigabits`: payload of the better-named direction in Gbit/s, 0 when that direction sent nothing.
/// - `cpuPerGigabyte`: busy CPU seconds of that machine per 10^9 bytes of payload that it sent and received.
/// - `connectionRate`: connections a second in request/response mode, else 0.
/// - `lineShare`: throughput of the busier direction over the port's speed, -1 when the speed is not known.
/// - `retransmits`: share of segments sent again, -1 when not known.
public record Measurement(double seconds, long bytes, double gigabitsToServer, double gigabitsToClient, double cpuPerGigabyteServer,
                          double cpuPerGigabyteClient, double connectionRate, double lineShare, double retransmits) {}
