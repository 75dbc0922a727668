package dev.bluerig.ktls.secure;

import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;

/// What one handshake came to, as its callbacks tell it.
final class HandshakeOutcome {
    private Optional<NegotiatedKeys> agreed = Optional.empty();
    private Optional<String> alert = Optional.empty();

    void complete(NegotiatedKeys keys) {
        agreed = Optional.of(keys);
    }

    void alert(short received) {
        alert = Optional.of(AlertDescription.getName(received));
    }

    Optional<NegotiatedKeys> agreed() {
        return agreed;
    }

    /// Name of the last alert of the peer.
    Optional<String> alert() {
        return alert;
    }
}
