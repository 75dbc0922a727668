package dev.bluerig.trial.agent;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.source.TrustedText;

/// Why a program of the pair ended early: whose code, the kernel's error name when it was the kernel (`EADDRINUSE`), and what it said.
public record AgentFailure(@TrustedText CodeName code, @TrustedText String errno, String message) {
    public AgentFailure(Code code, String errno, String message) {
        this(CodeName.of(code), errno, message);
    }
}
