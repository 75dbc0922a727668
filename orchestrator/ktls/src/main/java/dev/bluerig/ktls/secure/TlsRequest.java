package dev.bluerig.ktls.secure;

import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/// How one connection is to be secured: exactly this version and cipher are offered.
///
/// - `peerPin`: SHA-256 of the peer's certificate, lower-case hex. Absent: any server is believed, and a server asks for no client
///   certificate; for foreign peers (openssl) in tests alone.
/// - `kernelTransmit`, `kernelReceive`: give the keys of that direction to the kernel.
public record TlsRequest(Role role, TlsVersion version, Cipher cipher, Identity own, Optional<String> peerPin, boolean kernelTransmit,
    boolean kernelReceive) {
    private static final Pattern PIN = Pattern.compile("[0-9a-f]{64}");

    public TlsRequest {
        if (peerPin.filter(pin -> !PIN.matcher(pin).matches()).isPresent())
            throw new IllegalArgumentException("a pin is the SHA-256 of a certificate in 64 lower-case hex digits, found " + peerPin.get());
    }
}
