package dev.bluerig.bench.fleet;

/// How a DPU is reached: by an address of its own, or through its host.
public enum Way { DIRECT, HOST }
