package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.EndpointSettings;

/// Says what a refused call of the system means for the pair.
final class FailureCodes {
    private FailureCodes() {}

    /// connect(2), and bind(2) before it.
    static PairFailed connecting(EndpointSettings settings, SystemFailure refused) {
        AgentCode code = switch (refused.errno()) {
            case "ECONNREFUSED" -> AgentCode.CONNECT_REFUSED;
            case "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN" -> AgentCode.CONNECT_TIMED_OUT;
            case "EADDRNOTAVAIL" -> AgentCode.ADDRESS_NOT_LOCAL;
            case "EMFILE", "ENFILE" -> AgentCode.NO_FILES;
            case "ECONNRESET" -> AgentCode.PEER_STOPPED;
            default -> AgentCode.OTHER;
        };
        String from = settings.local().map(local -> " from " + local.inet().getHostAddress()).orElse("");
        return new PairFailed(code, "cannot connect" + from + " to " + settings.address().inet().getHostAddress() + " port "
            + settings.firstPort(), refused);
    }

    /// bind(2) and listen(2), on all ports of the range; and accept(2).
    static PairFailed listening(EndpointSettings settings, SystemFailure refused) {
        AgentCode code = switch (refused.errno()) {
            case "EADDRINUSE" -> AgentCode.PORT_IN_USE;
            case "EADDRNOTAVAIL" -> AgentCode.ADDRESS_NOT_LOCAL;
            case "EMFILE", "ENFILE" -> AgentCode.NO_FILES;
            default -> AgentCode.OTHER;
        };
        return new PairFailed(code, "cannot listen on " + settings.address().inet().getHostAddress() + " ports " + settings.firstPort()
            + " to " + settings.lastPort(), refused);
    }

    /// Ours, and where.
    static PairFailed bug(Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        return new PairFailed(AgentCode.OTHER, "a fault of the agent: " + bug + (trace.length > 0 ? " at " + trace[0] : ""));
    }
}
