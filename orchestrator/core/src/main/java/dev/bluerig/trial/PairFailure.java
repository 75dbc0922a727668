package dev.bluerig.trial;

import dev.bluerig.source.Ours;

/// Why a program of the pair ended early: a code of `PairTrouble`, the kernel's error name when it was the kernel (`EADDRINUSE`), and what it said.
public record PairFailure(@Ours String code, @Ours String errno, String message) {}
