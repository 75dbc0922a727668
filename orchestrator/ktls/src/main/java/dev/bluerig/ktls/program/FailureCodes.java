package dev.bluerig.ktls.program;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.FailureCode;
import dev.bluerig.ktls.secure.PairFailed;

/// Says what a refused call of the system means for the pair.
final class FailureCodes {
    private FailureCodes() {}

    /// connect(2), and bind(2) before it.
    static PairFailed connecting(Settings settings, SystemFailure refused) {
        FailureCode code = switch (refused.errno()) {
            case "ECONNREFUSED" -> FailureCode.CONNECT_REFUSED;
            case "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN" -> FailureCode.CONNECT_TIMED_OUT;
            case "EADDRNOTAVAIL" -> FailureCode.ADDRESS_NOT_LOCAL;
            case "EMFILE", "ENFILE" -> FailureCode.NO_FILES;
            case "ECONNRESET" -> FailureCode.PEER_STOPPED;
            default -> FailureCode.OTHER;
        };
        String from = settings.local().map(local -> " from " + local.getHostAddress()).orElse("");
        return new PairFailed(code, "cannot connect" + from + " to " + settings.address().getHostAddress() + " port " + settings.firstPort(), refused);
    }

    /// bind(2) and listen(2), on all ports of the range; and accept(2).
    static PairFailed listening(Settings settings, SystemFailure refused) {
        FailureCode code = switch (refused.errno()) {
            case "EADDRINUSE" -> FailureCode.PORT_IN_USE;
            case "EADDRNOTAVAIL" -> FailureCode.ADDRESS_NOT_LOCAL;
            case "EMFILE", "ENFILE" -> FailureCode.NO_FILES;
            default -> FailureCode.OTHER;
        };
        return new PairFailed(code, "cannot listen on " + settings.address().getHostAddress() + " ports " + settings.firstPort() + " to " + settings.lastPort(), refused);
    }

    /// Ours, and where.
    static PairFailed bug(Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        return new PairFailed(FailureCode.OTHER, "a fault of the program: " + bug + (trace.length > 0 ? " at " + trace[0] : ""));
    }
}
