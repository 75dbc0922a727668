package dev.bluerig.trial.evidence;

import dev.bluerig.protocol.Role;
import java.util.List;
import java.util.Optional;

/// What a capture on the cable showed of one run.
///
/// - `dpu`, `link`: where it was taken; empty where nobody could.
/// - `silent`: why there is none; else empty.
/// - `packets`: all that were captured. `full`: as many as were wanted, so what came later was not looked at.
/// - `ways`: what each end sent.
public record CaptureResult(String dpu, String link, String silent, long packets, boolean full, List<SenderCapture> ways) {
    public CaptureResult {
        ways = List.copyOf(ways);
    }

    public static CaptureResult silent(String dpu, String link, String why) {
        return new CaptureResult(dpu, link, why, 0, false, List.of());
    }

    /// What one end sent.
    ///
    /// - `segments`, `bytes`: TCP segments with payload, and how much of it was kept. `lost`: how much of them was cut off.
    /// - `records`: TLS records of application data whose header was seen; `handshakes`: those of all other types. `sealed`: bytes kept of
    ///   application data.
    /// - `leaks`: segments that carry the trial's payload in clear. `leak`: the first of them, in words.
    public record SenderCapture(Role sender, int connections, long segments, long bytes, long lost, long records, long handshakes,
        long sealed,
        long leaks, String leak) {}

    public Optional<SenderCapture> of(Role sender) {
        return ways.stream().filter(way -> way.sender() == sender).findFirst();
    }
}
