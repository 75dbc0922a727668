package dev.bluerig.trial.verdict;

import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.evidence.WitnessedTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import java.util.Optional;
import java.util.OptionalLong;

/// One direction of one end of traffic that is not ours.
record TrafficEvidence(WitnessedTraffic.ObservedEnd side, WitnessedTraffic.ObservedEnd peer, Direction direction, Thresholds thresholds) {
    CounterDelta kernel(String name) {
        return Readings.rise(name, side.snapshots().stream().map(EndSnapshot::tls).toList(), (TlsCounters counters) -> counters.of(name));
    }

    CounterDelta card(String name) {
        return Readings.rise(name, side.snapshots().stream().map(EndSnapshot::nic).toList(), (NicCounters counters) -> counters.of(name));
    }

    String named(String what) {
        return (direction == Direction.TX ? "TlsTx" : "TlsRx") + what;
    }

    /// The gauge of connections that are open now.
    String open(String what) {
        return (direction == Direction.TX ? "TlsCurrTx" : "TlsCurrRx") + what;
    }

    String bytes() {
        return direction == Direction.TX ? "tx_tls_encrypted_bytes" : "rx_tls_decrypted_bytes";
    }

    String packets() {
        return direction == Direction.TX ? "tx_tls_encrypted_packets" : "rx_tls_decrypted_packets";
    }

    String linkBytes() {
        return direction == Direction.TX ? "tx_bytes" : "rx_bytes";
    }

    String linkPackets() {
        return direction == Direction.TX ? "tx_packets" : "rx_packets";
    }

    /// Connections that were open before the traffic began: they move the card's counters and not the kernel's.
    Optional<Long> openBefore(String what) {
        return side.snapshots().getFirst().tls().ifKnown().map(counters -> counters.of(open(what))).filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong);
    }

    String place(TlsSockets.Socket socket) {
        return direction == Direction.TX ? socket.transmit() : socket.receive();
    }
}
