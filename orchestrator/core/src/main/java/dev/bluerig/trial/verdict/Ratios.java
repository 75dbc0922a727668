package dev.bluerig.trial.verdict;

/// What offload changes: each figure with the flags on over the same with the flags off; -1 where one of them was not measured.
/// Above 1 is better for `throughput` and `connectionRate`, below 1 for the CPU.
public record Ratios(double throughput, double cpuServer, double cpuClient, double connectionRate) {}
