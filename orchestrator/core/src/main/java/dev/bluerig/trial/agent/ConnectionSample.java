package dev.bluerig.trial.agent;

import dev.bluerig.fact.Reading;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.spec.Direction;

/// One connection at one time, as its own program saw it.
///
/// - `when`: `OPENED` right after the keys were handed over, `CLOSING` right before the connection is closed, `ASKED` in between.
/// - `transmit`, `receive`: unknown with the reason when the program may not ask the kernel (sock_diag needs CAP_NET_ADMIN).
/// - `version`, `cipher`: what was negotiated.
/// - `transmitted`, `received`: the live record sequence numbers, -1 when the kernel does not hold them.
public record ConnectionSample(int connection, AgentEvent.When when, Reading<TlsConf> transmit, Reading<TlsConf> receive,
                               String version, String cipher, long transmitted, long received) {
    public Reading<TlsConf> of(Direction direction) {
        return direction == Direction.TX ? transmit : receive;
    }
}
