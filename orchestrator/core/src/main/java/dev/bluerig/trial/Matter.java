package dev.bluerig.trial;

import dev.bluerig.fact.NicCounters;
import dev.bluerig.fact.TlsCounters;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is judged: one half of one end of the run with the flags on.
record Matter(Evidence evidence, Role role, Half half, Bars bars) {
    /// TLS 1.2 with AES-GCM: header 5, explicit nonce 8, tag 16 bytes (RFC 5246, RFC 5288).
    private static final int RECORD_OVERHEAD = 29;
    /// Most plaintext of a record (RFC 5246, 6.2.1).
    static final int LARGEST_RECORD = 1 << 14;

    End end() {
        return evidence.on().of(role);
    }

    End peer() {
        return evidence.on().of(role == Role.SERVER ? Role.CLIENT : Role.SERVER);
    }

    /// The payload at this end.
    Transfer carried() {
        return end().pair().of(half);
    }

    /// The same payload at the other end.
    Transfer opposite() {
        return peer().pair().of(half == Half.TX ? Half.RX : Half.TX);
    }

    Transfer sent() {
        return half == Half.TX ? carried() : opposite();
    }

    Transfer received() {
        return half == Half.RX ? carried() : opposite();
    }

    /// Connections of ours on this cable; in request/response mode every one that was opened.
    long connections() {
        return Math.max(evidence.load().connections(), end().pair().usage().handshakes());
    }

    /// As the sender counted them, and never fewer than the payload needs.
    long records() {
        long payload = carried().bytes();
        long counted = sent().records();
        long size = counted > 0 ? LARGEST_RECORD : Math.min(LARGEST_RECORD, evidence.load().write().bytes());
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

    List<Snapshot> moments() {
        return List.of(end().before(), end().during(), end().after());
    }

    Rise kernel(String name) {
        return Heard.rise(name, moments().stream().map(Snapshot::tls).toList(), (TlsCounters counters) -> counters.of(name));
    }

    Rise card(String name) {
        return Heard.rise(name, moments().stream().map(Snapshot::nic).toList(), (NicCounters counters) -> counters.of(name));
    }

    /// What the counter did until the payload was through and everything was still open: what moves later is not the payload.
    Rise kernelByThen(String name) {
        return Heard.rise(name, byThen().stream().map(Snapshot::tls).toList(), (TlsCounters counters) -> counters.of(name));
    }

    Rise cardByThen(String name) {
        return Heard.rise(name, byThen().stream().map(Snapshot::nic).toList(), (NicCounters counters) -> counters.of(name));
    }

    private List<Snapshot> byThen() {
        return List.of(end().before(), end().during());
    }

    /// In a stream all connections are open while `during` is looked at.
    boolean stream() {
        return evidence.load().mode() == Load.Mode.STREAM;
    }

    /// Connections of ours of which some sample places this half there.
    long connectionsIn(Place place) {
        return end().pair().samples().stream().filter(sample -> Heard.known(sample.of(half)).equals(Optional.of(place))).map(Sample::connection).distinct().count();
    }

    /// `TlsTxDevice` from `Device`, of this half.
    String named(String what) {
        return (half == Half.TX ? "TlsTx" : "TlsRx") + what;
    }

    /// The same of a gauge.
    String open(String what) {
        return (half == Half.TX ? "TlsCurrTx" : "TlsCurrRx") + what;
    }

    /// The card's sum of bytes that it handled (never the rows of single rings: domain facts 2.5).
    String bytes() {
        return half == Half.TX ? "tx_tls_encrypted_bytes" : "rx_tls_decrypted_bytes";
    }

    String packets() {
        return half == Half.TX ? "tx_tls_encrypted_packets" : "rx_tls_decrypted_packets";
    }

    /// Every place that any sample names for this half.
    Set<Place> places() {
        var places = EnumSet.noneOf(Place.class);
        end().pair().samples().forEach(sample -> Heard.known(sample.of(half)).ifPresent(places::add));
        return places;
    }

    boolean inProgram() {
        return places().equals(Set.of(Place.PROGRAM));
    }

    /// The run with the flags off, judged for itself.
    Optional<Matter> flipped() {
        return evidence.off().map(off -> new Matter(new Evidence(evidence.cable(), evidence.load(), evidence.alongside(), off, Optional.empty(), List.of(), Optional.empty()), role, half, bars));
    }
}
