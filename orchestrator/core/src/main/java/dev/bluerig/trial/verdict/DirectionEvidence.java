package dev.bluerig.trial.verdict;

import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is judged: one direction of one end of the run with the flags on.
public record DirectionEvidence(Evidence whole, Role role, Direction direction, Thresholds thresholds) {
    /// TLS 1.2 with AES-GCM: header 5, explicit nonce 8, tag 16 bytes (RFC 5246, RFC 5288).
    private static final int RECORD_OVERHEAD = 29;
    /// Most plaintext of a record (RFC 5246, 6.2.1).
    static final int LARGEST_RECORD = 1 << 14;

    public EndObservation end() {
        return whole.on().of(role);
    }

    EndObservation peer() {
        return whole.on().of(role == Role.SERVER ? Role.CLIENT : Role.SERVER);
    }

    /// The payload at this end.
    TransferTotals carried() {
        return end().pair().of(direction);
    }

    /// The same payload at the other end.
    TransferTotals opposite() {
        return peer().pair().of(direction == Direction.TX ? Direction.RX : Direction.TX);
    }

    TransferTotals sent() {
        return direction == Direction.TX ? carried() : opposite();
    }

    TransferTotals received() {
        return direction == Direction.RX ? carried() : opposite();
    }

    /// Connections of ours on this cable; in request/response mode every one that was opened.
    public long connections() {
        return Math.max(whole.load().connections(), end().pair().usage().handshakes());
    }

    /// As the sender counted them, and never fewer than the payload needs.
    long records() {
        long payload = carried().bytes();
        long counted = sent().records();
        long size = counted > 0 ? LARGEST_RECORD : Math.min(LARGEST_RECORD, whole.load().write().bytes());
        return Math.max(counted, Math.ceilDiv(payload, size));
    }

    /// Bytes of the payload's records on the wire.
    long wire() {
        return carried().bytes() + RECORD_OVERHEAD * records();
    }

    /// What each connection carries besides payload: a greeting of 16 bytes and close_notify, 2 bytes (docs/pair-protocol.md).
    long besides() {
        return (2 * RECORD_OVERHEAD + 16 + 2) * connections();
    }

    public List<EndSnapshot> snapshots() {
        return List.of(end().before(), end().during(), end().after());
    }

    public CounterDelta kernel(String name) {
        return Readings.rise(name, snapshots().stream().map(EndSnapshot::tls).toList(), (TlsCounters counters) -> counters.of(name));
    }

    public CounterDelta card(String name) {
        return Readings.rise(name, snapshots().stream().map(EndSnapshot::nic).toList(), (NicCounters counters) -> counters.of(name));
    }

    /// What the counter did until the payload was through and everything was still open: what moves later is not the payload.
    CounterDelta kernelByThen(String name) {
        return Readings.rise(name, byThen().stream().map(EndSnapshot::tls).toList(), (TlsCounters counters) -> counters.of(name));
    }

    CounterDelta cardByThen(String name) {
        return Readings.rise(name, byThen().stream().map(EndSnapshot::nic).toList(), (NicCounters counters) -> counters.of(name));
    }

    private List<EndSnapshot> byThen() {
        return List.of(end().before(), end().during());
    }

    /// In a stream all connections are open while `during` is looked at.
    boolean stream() {
        return whole.load().mode() == LoadSettings.Mode.STREAM;
    }

    /// Connections of ours of which some sample places this direction there.
    long connectionsIn(TlsConf place) {
        return end().pair().samples().stream().filter(sample -> sample.of(direction).ifKnown().equals(Optional.of(place)))
            .map(ConnectionSample::connection).distinct().count();
    }

    /// `TlsTxDevice` from `Device`, of this direction.
    public String named(String what) {
        return (direction == Direction.TX ? "TlsTx" : "TlsRx") + what;
    }

    /// The same of a gauge.
    String open(String what) {
        return (direction == Direction.TX ? "TlsCurrTx" : "TlsCurrRx") + what;
    }

    /// The card's sum of bytes that it handled (never the rows of single rings).
    public String bytes() {
        return direction == Direction.TX ? "tx_tls_encrypted_bytes" : "rx_tls_decrypted_bytes";
    }

    public String packets() {
        return direction == Direction.TX ? "tx_tls_encrypted_packets" : "rx_tls_decrypted_packets";
    }

    /// Every place that any sample names for this direction.
    public Set<TlsConf> places() {
        var places = EnumSet.noneOf(TlsConf.class);
        end().pair().samples().forEach(sample -> sample.of(direction).ifKnown().ifPresent(places::add));
        return places;
    }

    public boolean inProgram() {
        return places().equals(Set.of(TlsConf.PROGRAM));
    }

    /// The run with the flags off, judged for itself.
    Optional<DirectionEvidence> flipped() {
        return whole.off()
            .map(off ->
            new DirectionEvidence(new Evidence(whole.cable(), whole.load(), whole.alongside(), off, Optional.empty(), List.of(),
            Optional.empty()), role, direction, thresholds));
    }
}
