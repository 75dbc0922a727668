package dev.bluerig.trial;

import java.util.List;

/// What one end sent, or what it received.
///
/// - `bytes`: payload; `records`: TLS records; `seconds`: from the first byte to the last.
/// - `perSecond`: bytes of each second.
/// - `checked`: bytes of payload that were compared with what was expected; `intact`: no compared byte differed, and the digest was equal where every byte was.
public record Transfer(long bytes, long records, double seconds, List<Long> perSecond, long checked, boolean intact) {
    public Transfer {
        perSecond = List.copyOf(perSecond);
    }

    public static Transfer none() {
        return new Transfer(0, 0, 0, List.of(), 0, true);
    }

    /// Payload in bits per second, 0 when nothing was measured.
    public double rate() {
        return seconds > 0 ? bytes * 8 / seconds : 0;
    }
}
