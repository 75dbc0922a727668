package dev.bluerig.trial;

/// Why a program of the pair ended early: a code of `PairTrouble`, the kernel's error name when it was the kernel (`EADDRINUSE`), and what it said.
public record PairFailure(String code, String errno, String message) {}
