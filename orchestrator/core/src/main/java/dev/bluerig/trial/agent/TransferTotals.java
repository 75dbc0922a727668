package dev.bluerig.trial.agent;

import dev.bluerig.protocol.Flow;
import java.util.List;

/// What one end sent, or what it received.
///
/// - `bytes`: payload; `records`: TLS records; `seconds`: from the first byte to the last.
/// - `perSecond`: bytes of each second.
/// - `checked`: bytes of payload that were compared with what was expected; `intact`: no compared byte differed, and the digest was equal
///   where every byte was.
public record TransferTotals(long bytes, long records, double seconds, List<Long> perSecond, long checked, boolean intact) {
    public TransferTotals {
        perSecond = List.copyOf(perSecond);
    }

    /// `equal`: what was received has the digest of what the peer sent.
    static TransferTotals of(Flow flow, boolean equal) {
        return new TransferTotals(flow.bytes(), flow.records(), flow.seconds(), flow.perSecond(), flow.checked(), flow.intact() && equal);
    }

    public static TransferTotals none() {
        return new TransferTotals(0, 0, 0, List.of(), 0, true);
    }

    /// Payload in bits per second, 0 when nothing was measured.
    public double rate() {
        return seconds > 0 ? bytes * 8 / seconds : 0;
    }
}
