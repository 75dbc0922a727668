package dev.bluerig.trial.verdict;

import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.spec.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The counters that tell of trouble, as data.
///
/// An error must not rise at all; disorder is normal in small numbers. What every driver with TLS offload has must be there: absent is not
/// zero.
public enum ErrorCounter {
    TX_DROP_NO_SYNC_DATA("tx_tls_drop_no_sync_data", Direction.TX, Source.CARD, Kind.ERROR, true),
    TX_DROP_BYPASS("tx_tls_drop_bypass_req", Direction.TX, Source.CARD, Kind.ERROR, true),
    TX_OUT_OF_ORDER("tx_tls_ooo", Direction.TX, Source.CARD, Kind.DISORDER, true),
    TX_DUMPED("tx_tls_dump_packets", Direction.TX, Source.CARD, Kind.DISORDER, true),
    RX_RESYNC_REQUEST_SKIPPED("rx_tls_resync_req_skip", Direction.RX, Source.CARD, Kind.ERROR, true),
    RX_RESYNC_RESPONSE_SKIPPED("rx_tls_resync_res_skip", Direction.RX, Source.CARD, Kind.ERROR, true),
    RX_ERROR("rx_tls_err", Direction.RX, Source.CARD, Kind.ERROR, true),
    RX_RESYNC_PACKETS("rx_tls_resync_req_pkt", Direction.RX, Source.CARD, Kind.DISORDER, true),
    RX_RESYNC_RETRIED("rx_tls_resync_res_retry", Direction.RX, Source.CARD, Kind.DISORDER, false),
    RX_RESYNC_HINTS("TlsRxDeviceResync", Direction.RX, Source.KERNEL, Kind.DISORDER, true),
    DECRYPT_ERROR("TlsDecryptError", Direction.RX, Source.KERNEL, Kind.ERROR, true);

    enum Source { CARD, KERNEL }

    enum Kind { ERROR, DISORDER }

    private final String text;
    private final Direction direction;
    private final Source source;
    private final Kind kind;
    private final boolean everywhere;

    ErrorCounter(String text, Direction direction, Source source, Kind kind, boolean everywhere) {
        this.text = text;
        this.direction = direction;
        this.source = source;
        this.kind = kind;
        this.everywhere = everywhere;
    }

    public static List<ErrorCounter> of(Direction direction) {
        return Arrays.stream(values()).filter(counter -> counter.direction == direction).toList();
    }

    public String text() {
        return text;
    }

    public Direction direction() {
        return direction;
    }

    public boolean error() {
        return kind == Kind.ERROR;
    }

    /// False for a counter that came later than the offload itself.
    boolean everywhere() {
        return everywhere;
    }

    public CounterDelta rise(DirectionEvidence evidence) {
        return rise(evidence::card, evidence::kernel);
    }

    /// `card`, `kernel`: what the counter of that name did.
    CounterDelta rise(Function<String, CounterDelta> card, Function<String, CounterDelta> kernel) {
        return (source == Source.CARD ? card : kernel).apply(text);
    }
}
