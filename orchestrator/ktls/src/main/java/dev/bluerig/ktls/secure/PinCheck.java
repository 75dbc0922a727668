package dev.bluerig.ktls.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;

/// Compares the peer's certificate with the fingerprint that came over SSH, and remembers what it found.
final class PinCheck {
    private final Optional<String> pin;
    private Optional<String> wrong = Optional.empty();

    PinCheck(Optional<String> pin) {
        this.pin = pin;
    }

    boolean wanted() {
        return pin.isPresent();
    }

    /// What is wrong with the peer's certificate; empty while nothing is.
    Optional<String> wrong() {
        return wrong;
    }

    /// `missing`: the alert for a peer that shows none.
    void check(Certificate shown, short missing) throws IOException {
        if (pin.isEmpty()) return;
        if (shown.isEmpty()) throw refuse(missing, "the peer showed no certificate, wanted " + pin.get());
        String found = Identity.fingerprint(shown.getCertificateAt(0).getEncoded());
        if (!MessageDigest.isEqual(found.getBytes(StandardCharsets.US_ASCII), pin.get().getBytes(StandardCharsets.US_ASCII)))
            throw refuse(AlertDescription.bad_certificate, "the peer showed certificate " + found + ", wanted " + pin.get());
    }

    private TlsFatalAlert refuse(short alert, String why) {
        wrong = Optional.of(why);
        return new TlsFatalAlert(alert, why);
    }
}
