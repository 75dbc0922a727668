package dev.bluerig.sim.machine;

import java.util.Optional;

/// A TCP socket as `ss` shows it at this moment.
///
/// - `process`, `pid`: who has it open.
/// - `tls`: what `ss` says of kernel TLS on it; empty while it has none.
public record TcpSocket(State state, String local, String peer, String process, int pid, Optional<Tls> tls) {
    public enum State { LISTEN, ESTAB }

    /// `cipher` as ss names it (`aes-gcm-128`); `receive`, `transmit`: `hw`, `sw`, `none` (iproute2 misc/ss.c tcp_tls_conf).
    public record Tls(String version, String cipher, String receive, String transmit) {
        public String text() {
            return "tcp-ulp-tls version: " + version + " cipher: " + cipher + " rxconf: " + receive + " txconf: " + transmit;
        }
    }
}
