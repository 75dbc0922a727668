package dev.bluerig.trial.agent;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.source.TrustedText;

/// Why a program of the pair ended early: whose code, the kernel's error name when it was the kernel (`EADDRINUSE`), and what it said.
public record AgentFailure(@TrustedText CodeName code, @TrustedText String errno, String message) {
    public AgentFailure(Code code, String errno, String message) {
        this(CodeName.of(code), errno, message);
    }

    public AgentFailure(AgentCode code, String errno, String message) {
        this(new ExplainedAgentCode(code), errno, message);
    }

    public boolean is(AgentCode wanted) {
        return code.is(new ExplainedAgentCode(wanted));
    }
}
