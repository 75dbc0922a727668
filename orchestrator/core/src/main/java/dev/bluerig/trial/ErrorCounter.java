package dev.bluerig.trial;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The counters that tell of trouble, as data (domain facts 2.4, 2.5).
///
/// An error must not rise at all; disorder is normal in small numbers. What every driver with TLS offload has must be there: absent is not zero.
enum ErrorCounter {
    TX_DROP_NO_SYNC_DATA("tx_tls_drop_no_sync_data", Half.TX, Source.CARD, Kind.ERROR, true),
    TX_DROP_BYPASS("tx_tls_drop_bypass_req", Half.TX, Source.CARD, Kind.ERROR, true),
    TX_OUT_OF_ORDER("tx_tls_ooo", Half.TX, Source.CARD, Kind.DISORDER, true),
    TX_DUMPED("tx_tls_dump_packets", Half.TX, Source.CARD, Kind.DISORDER, true),
    RX_RESYNC_REQUEST_SKIPPED("rx_tls_resync_req_skip", Half.RX, Source.CARD, Kind.ERROR, true),
    RX_RESYNC_RESPONSE_SKIPPED("rx_tls_resync_res_skip", Half.RX, Source.CARD, Kind.ERROR, true),
    RX_ERROR("rx_tls_err", Half.RX, Source.CARD, Kind.ERROR, true),
    RX_RESYNC_PACKETS("rx_tls_resync_req_pkt", Half.RX, Source.CARD, Kind.DISORDER, true),
    RX_RESYNC_RETRIED("rx_tls_resync_res_retry", Half.RX, Source.CARD, Kind.DISORDER, false),
    RX_RESYNC_HINTS("TlsRxDeviceResync", Half.RX, Source.KERNEL, Kind.DISORDER, true),
    DECRYPT_ERROR("TlsDecryptError", Half.RX, Source.KERNEL, Kind.ERROR, true);

    enum Source { CARD, KERNEL }

    enum Kind { ERROR, DISORDER }

    private final String text;
    private final Half half;
    private final Source source;
    private final Kind kind;
    private final boolean everywhere;

    ErrorCounter(String text, Half half, Source source, Kind kind, boolean everywhere) {
        this.text = text;
        this.half = half;
        this.source = source;
        this.kind = kind;
        this.everywhere = everywhere;
    }

    static List<ErrorCounter> of(Half half) {
        return Arrays.stream(values()).filter(counter -> counter.half == half).toList();
    }

    String text() {
        return text;
    }

    Half half() {
        return half;
    }

    boolean error() {
        return kind == Kind.ERROR;
    }

    /// False for a counter that came later than the offload itself.
    boolean everywhere() {
        return everywhere;
    }

    Rise rise(Matter matter) {
        return rise(matter::card, matter::kernel);
    }

    /// `card`, `kernel`: what the counter of that name did.
    Rise rise(Function<String, Rise> card, Function<String, Rise> kernel) {
        return (source == Source.CARD ? card : kernel).apply(text);
    }
}
