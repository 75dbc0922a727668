package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    /// Seen on Linux 6.1 with a card that spoils what it sends: the sender of the receiving end heard of it first.
    @ParameterizedTest
    @CsvSource({"EBADMSG, RECORD_CORRUPT", "ECONNRESET, PEER_STOPPED", "EPIPE, PEER_STOPPED", "EMSGSIZE, OTHER", "EINVAL, OTHER",
        "ENOBUFS, OTHER"})
    void of_sending(String errno, AgentCode code) {
        PairFailed failed = SystemFailures.sending(new SystemFailure("send", errno));
        assertEquals(code, failed.code());
        assertEquals(errno, failed.errno());
    }

    @ParameterizedTest
    @CsvSource({"EBADMSG, RECORD_CORRUPT", "EMSGSIZE, RECORD_CORRUPT", "EINVAL, RECORD_CORRUPT", "ECONNRESET, PEER_STOPPED",
        "ENOMEM, OTHER"})
    void of_receiving(String errno, AgentCode code) {
        assertEquals(code, SystemFailures.opening(new SystemFailure("recvmsg", errno)).code());
    }
}
