package dev.bluerig.trial;

import dev.bluerig.fact.NicCounters;
import dev.bluerig.fact.TlsCounters;
import dev.bluerig.fact.TlsSockets;
import java.util.Optional;
import java.util.OptionalLong;

/// One half of one end of traffic that is not ours.
record TrafficMatter(WitnessedTraffic.Side side, WitnessedTraffic.Side peer, Half half, Bars bars) {
    Rise kernel(String name) {
        return Heard.rise(name, side.looks().stream().map(Snapshot::tls).toList(), (TlsCounters counters) -> counters.of(name));
    }

    Rise card(String name) {
        return Heard.rise(name, side.looks().stream().map(Snapshot::nic).toList(), (NicCounters counters) -> counters.of(name));
    }

    String named(String what) {
        return (half == Half.TX ? "TlsTx" : "TlsRx") + what;
    }

    /// The gauge of connections that are open now.
    String open(String what) {
        return (half == Half.TX ? "TlsCurrTx" : "TlsCurrRx") + what;
    }

    String bytes() {
        return half == Half.TX ? "tx_tls_encrypted_bytes" : "rx_tls_decrypted_bytes";
    }

    String packets() {
        return half == Half.TX ? "tx_tls_encrypted_packets" : "rx_tls_decrypted_packets";
    }

    String linkBytes() {
        return half == Half.TX ? "tx_bytes" : "rx_bytes";
    }

    String linkPackets() {
        return half == Half.TX ? "tx_packets" : "rx_packets";
    }

    /// Connections that were open before the traffic began: they move the card's counters and not the kernel's.
    Optional<Long> openBefore(String what) {
        return Heard.known(side.looks().getFirst().tls()).map(counters -> counters.of(open(what))).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong);
    }

    String place(TlsSockets.Socket socket) {
        return half == Half.TX ? socket.transmit() : socket.receive();
    }
}
