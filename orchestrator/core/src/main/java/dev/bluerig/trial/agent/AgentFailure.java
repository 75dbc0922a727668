package dev.bluerig.trial.agent;

import dev.bluerig.source.TrustedText;

/// Why a program of the pair ended early: a code of `AgentCode`, the kernel's error name when it was the kernel (`EADDRINUSE`), and what it said.
public record AgentFailure(@TrustedText String code, @TrustedText String errno, String message) {}
