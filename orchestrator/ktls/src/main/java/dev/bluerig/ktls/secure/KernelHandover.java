package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;
import java.util.ArrayList;
import java.util.List;

/// Gives the keys to the kernel where that is wanted and possible.
///
/// A direction without keys in the kernel passes bytes as they are, even after TCP_ULP (net/tls/tls_main.c, build_protos: TLS_BASE keeps
/// TCP's own calls; OpenSSL relies on that, too, when it gives the kernel the keys of one direction alone).
record KernelHandover(OutgoingRecords outgoing, IncomingRecords incoming, String reason) {
    private static final String MISSING = "ENOENT";

    static KernelHandover of(Connection connection, TlsRequest wanted, NegotiatedKeys agreed) throws PairFailed {
        List<String> reasons = new ArrayList<>();
        boolean attached = (wanted.kernelTransmit() || wanted.kernelReceive())
            && given(connection::attachTls, "kernel has no TLS (TCP_ULP: ENOENT)", reasons);
        boolean transmit = attached && wanted.kernelTransmit()
            && given(() -> connection.transmitWith(agreed.transmit()), "kernel has no such cipher (TLS_TX: ENOENT)", reasons);
        boolean receive = attached && wanted.kernelReceive()
            && given(() -> connection.receiveWith(agreed.receive()), "kernel has no such cipher (TLS_RX: ENOENT)", reasons);
        return new KernelHandover(transmit ? new OutgoingRecords.ByKernel(connection)
            : new OutgoingRecords.InProgram(connection, new RecordSealer(agreed.transmit())),
            receive ? new IncomingRecords.ByKernel(connection)
            : new IncomingRecords.InProgram(connection, new RecordOpener(agreed.receive())), String.join("; ", reasons));
    }

    private interface KeyInstall {
        void give() throws SystemFailure;
    }

    private static boolean given(KeyInstall install, String missing, List<String> reasons) throws PairFailed {
        try {
            install.give();
            return true;
        } catch (SystemFailure refused) {
            if (!refused.errno().equals(MISSING)) throw new PairFailed(AgentCode.TLS_REFUSED, "the kernel refused the keys", refused);
            reasons.add(missing);
            return false;
        }
    }
}
