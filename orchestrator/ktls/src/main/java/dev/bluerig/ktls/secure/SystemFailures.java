package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;

/// What a refused call of the operating system means for a connection.
final class SystemFailures {
    private SystemFailures() {}

    static PairFailed of(String what, SystemFailure failure) {
        return new PairFailed(code(failure.errno()), what, failure);
    }

    /// A kernel that opens the records says EBADMSG for a wrong tag, EMSGSIZE and EINVAL for a header that is none (net/tls/tls_sw.c,
    /// tls_rx_msg_size).
    static PairFailed opening(SystemFailure failure) {
        return switch (failure.errno()) {
            case "EBADMSG", "EMSGSIZE", "EINVAL" ->
                new PairFailed(AgentCode.RECORD_CORRUPT, "a record cannot be opened by the kernel", failure);
            default -> of("receiving failed", failure);
        };
    }

    /// Where the kernel opens the records, one of the peer's that cannot be opened becomes the error of the socket (tls_err_abort in
    /// net/tls/tls_sw.c), and whoever calls next is told of it: the sender, when both directions are at work.
    static PairFailed sending(SystemFailure failure) {
        if (failure.errno().equals("EBADMSG"))
            return new PairFailed(AgentCode.RECORD_CORRUPT, "a record of the peer cannot be opened by the kernel, so nothing can be"
                + " sent any more", failure);
        return of("sending failed", failure);
    }

    private static AgentCode code(String errno) {
        return switch (errno) {
            case "ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNABORTED", "EHOSTUNREACH", "ENETUNREACH", "ENETRESET",
                "ESHUTDOWN" -> AgentCode.PEER_STOPPED;
            default -> AgentCode.OTHER;
        };
    }
}
