package dev.bluerig.ktls;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// TCP with kernel TLS, as an operating system offers it. Implementations: Linux, by its system calls; a simulated lab.
public interface Network {
    /// Failures are those of bind(2) and listen(2): EADDRINUSE, EADDRNOTAVAIL, EACCES.
    Listener listen(InetSocketAddress address, int backlog) throws SystemFailure;

    /// Failures are those of connect(2): ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, and those of bind(2) for `local`.
    Connection connect(Optional<InetSocketAddress> local, InetSocketAddress peer, Duration limit) throws SystemFailure;

    interface Listener extends AutoCloseable {
        InetSocketAddress address();

        /// The next connection; empty when none came within the limit.
        Optional<Connection> accept(Duration limit) throws SystemFailure;

        @Override
        void close();
    }
}
