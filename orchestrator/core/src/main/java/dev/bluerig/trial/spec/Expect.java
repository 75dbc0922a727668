package dev.bluerig.trial.spec;

import dev.bluerig.source.Described;
import java.util.Optional;

/// What a trial must show to be accepted. What is absent is measured and reported, and nothing is demanded of it.
public record Expect(
    @Described(value = "Where sent records are encrypted.", example = "hardware") Optional<TlsPlacement> tx,
    @Described(value = "Where received records are decrypted.", example = "hardware") Optional<TlsPlacement> rx,
    @Described(value = "Most records that could not be decrypted.", example = "0", absent = "0") long decryptErrors,
    @Described(value = "Flows of the payload on the DPUs: `offloaded` (in the eswitch) or `any`.", example = "offloaded",
    absent = "any") Flows flows,
    @Described(value = "Least share of the port's speed, 0..1, all connections of a port together.",
    example = "0.8") Optional<Double> lineRate,
    @Described(value = "Least throughput of a direction in Gbit/s.", example = "80") Optional<Double> gigabits,
    @Described(value = "Most CPU seconds of a machine per gigabyte of payload.", example = "0.2") Optional<Double> cpuPerGigabyte,
    @Described(value = "Most share of segments sent again, 0..1.", example = "0.001") Optional<Double> retransmits,
    @Described(value = "Most link errors during the trial (CRC, symbol, link downs).", example = "0") Optional<Long> linkErrors,
    @Described(value = "Highest temperature of a card in degrees Celsius.", example = "95") Optional<Integer> temperatureBelow) {

    public enum Flows { OFFLOADED, ANY }

    private static final int HOTTEST = 150;

    /// An expectation that always holds, or never can, is a mistake in the playbook.
    public Expect {
        if (decryptErrors < 0) throw new IllegalArgumentException("`decrypt_errors` is 0 or more, found " + decryptErrors);
        lineRate.filter(share -> !(share > 0 && share <= 1)).ifPresent(share -> refuse("line_rate", "above 0, and at most 1", share));
        gigabits.filter(rate -> !(rate > 0 && Double.isFinite(rate))).ifPresent(rate -> refuse("gigabits", "above 0", rate));
        cpuPerGigabyte.filter(seconds -> !(seconds > 0 && Double.isFinite(seconds)))
            .ifPresent(seconds -> refuse("cpu_per_gigabyte", "above 0", seconds));
        retransmits.filter(share -> !(share >= 0 && share < 1)).ifPresent(share -> refuse("retransmits", "0 or more, and below 1", share));
        linkErrors.filter(count -> count < 0).ifPresent(count -> refuse("link_errors", "0 or more", count));
        temperatureBelow.filter(degrees -> degrees < 1 || degrees > HOTTEST)
            .ifPresent(degrees -> refuse("temperature_below", "1 to " + HOTTEST, degrees));
    }

    private static void refuse(String field, String range, Object found) {
        throw new IllegalArgumentException("`" + field + "` is " + range + ", found " + found);
    }
}
