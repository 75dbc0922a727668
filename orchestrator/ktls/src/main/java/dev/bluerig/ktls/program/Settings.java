package dev.bluerig.ktls.program;

import dev.bluerig.ktls.Cipher;
import dev.bluerig.ktls.TlsVersion;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.Role;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The first line: what this end is and does.
///
/// - `bytes`: of each sending direction over all connections, 0 when `seconds` say how long.
record Settings(Role role, InetAddress address, int firstPort, int lastPort, Optional<InetAddress> local, Optional<String> pin, TlsVersion version, Cipher cipher,
                Identity.Kind certificate, boolean kernelTransmit, boolean kernelReceive, int connections, long bytes, long seconds, int write, Source source,
                Direction direction, Mode mode, boolean everyByte, long seed, List<Integer> cpus, List<List<String>> restore, String directory,
                Duration lease, Duration silence) {

    enum Source { SEND, SENDFILE, SENDFILE_ZEROCOPY }

    enum Direction { CLIENT_SENDS, SERVER_SENDS, BOTH }

    enum Mode { STREAM, REQUEST_RESPONSE }

    boolean sends(Role who) {
        return direction == Direction.BOTH || (direction == Direction.CLIENT_SENDS) == (who == Role.CLIENT);
    }

    boolean sends() {
        return sends(role);
    }

    boolean receives() {
        return sends(other());
    }

    Role other() {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }

    /// Payload of one connection, or lane, and direction; as much as fits when `seconds` say how long.
    long share(int connection) {
        if (bytes == 0) return Long.MAX_VALUE;
        return bytes / connections + (connection < bytes % connections ? 1 : 0);
    }
}
